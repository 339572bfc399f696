import Imaging

/// One tile as a picture to look at: the layers of a vector tile in colours of their own, or a raster tile over a
/// dark ground.
public struct TilePicture: Sendable {
    /// A layer of the tile.
    public struct Layer: Equatable, Sendable {
        /// The name.
        public let name: String
        /// How many features it has.
        public let features: Int
        /// The colour it is drawn in; features of a coverage layer that tell their frames have those of
        /// ``RasterStyle/coverage``.
        public let colour: PNGEncoder.Colour
    }

    /// The layers in the order of the tile; none of a raster tile.
    public let layers: [Layer]
    let canvas: PictureCanvas

    /// Pixels along the side of a picture that can be asked for.
    public static let sides = 16...4096

    /// Colours of layers, apart from each other for most eyes (after Okabe and Ito, https://jfly.uni-koeln.de/color).
    private static let colours = [PNGEncoder.Colour](rgb: [
        0x56B4E9, 0xE69F00, 0x2FC896, 0xF0E442, 0xCC79A7, 0xD55E00, 0x7C9CF0, 0xC9CED6,
    ])

    /// Draws the uncompressed bytes of a tile.
    ///
    /// - Parameters:
    ///   - type: what the archive says its tiles are; where it does not, the bytes decide.
    ///   - side: pixels along the side, one of ``sides``.
    ///   - shown: the layers to draw; nil draws all.
    /// - Throws: `unsupported` for tiles that are neither MVT nor PNG nor JPEG; what ``MVTDecoder`` throws;
    ///   `malformed` for a damaged image; `overLimit` for one that is too large, and for geometry that would take
    ///   too long.
    public init(
        _ bytes: [UInt8], type: PMTilesHeader.TileType, side: Int, layers shown: Set<String>? = nil
    ) throws(TileError) {
        guard Self.sides.contains(side) else {
            throw TileError(.unsupported, at: 0, "a picture of \(side) pixels, \(Self.sides) are possible")
        }
        switch type {
        case .mvt: try self.init(try MVTDecoder.decode(bytes), side: side, layers: shown)
        case .png, .jpeg: try self.init(image: bytes, side: side)
        case .other where ImageKind.recognise(bytes) != nil: try self.init(image: bytes, side: side)
        case .other: try self.init(try MVTDecoder.decode(bytes), side: side, layers: shown)
        case .webp, .avif, .mlt:
            throw TileError(
                .unsupported, at: 0, "a tile of type \(type) cannot be drawn: MVT, PNG and JPEG tiles can")
        }
    }

    /// Draws a vector tile: polygons below, then lines, then points, each in the order of the tile.
    init(_ tile: VectorTile, side: Int, layers shown: Set<String>? = nil) throws(TileError) {
        layers = tile.layers.enumerated().map { index, layer in
            Layer(
                name: layer.name, features: layer.features.count,
                colour: Self.colours[index % Self.colours.count])
        }
        let ground = PictureCanvas(width: side, height: side, background: PictureTheme.dark.ground)
        // Layers that cover all of it two dozen times, and at least what a tile of a million points takes.
        var rasteriser = Rasteriser(on: ground, budget: 24 * side * side + 32_000_000)
        let drawn = zip(tile.layers, layers).filter { shown?.contains($0.0.name) ?? true }
        for (layer, description) in drawn {
            for feature in layer.features {
                try Self.drawPolygons(of: feature, in: layer, description.colour, side, on: &rasteriser)
            }
        }
        for (layer, description) in drawn {
            for case .lines(let lines) in layer.features.lazy.map(\.geometry) {
                for line in lines {
                    try rasteriser.stroke(
                        line, extent: layer.extent, width: max(1, side / 256), description.colour)
                }
            }
        }
        for (layer, description) in drawn {
            for case .points(let points) in layer.features.lazy.map(\.geometry) {
                for point in points {
                    try rasteriser.dot(point, extent: layer.extent, radius: side / 400, description.colour)
                }
            }
        }
        canvas = rasteriser.canvas
    }

    private static func drawPolygons(
        of feature: VectorFeature, in layer: VectorLayer, _ colour: PNGEncoder.Colour, _ side: Int,
        on rasteriser: inout Rasteriser
    ) throws(TileError) {
        guard case .polygons(let polygons) = feature.geometry else { return }
        let band = band(of: feature, in: layer)
        let paint = band.map { RasterStyle.coverage.colour(ofBand: $0) } ?? colour
        for rings in polygons {
            let isSeen = try rasteriser.fill(
                rings, extent: layer.extent, paint, opacity: band == nil ? 4 : 16)
            // What is too thin to hold a pixel's middle is seen by its outline, and so is where one of many ends.
            guard !isSeen || band == nil && side >= 256 else { continue }
            for ring in rings {
                try rasteriser.stroke(ring, extent: layer.extent, isClosed: true, paint)
            }
        }
    }

    /// The band of a square of our own layer of coverage.
    private static func band(of feature: VectorFeature, in layer: VectorLayer) -> UInt8? {
        guard layer.name == CoverageLayer.name, case .uint(let frames) = feature[CoverageLayer.framesKey],
            frames > 0
        else { return nil }
        return CoverageColours.band(frames: frames)
    }

    /// Draws an image over the dark ground, every pixel of the picture the mean of those it shows, or the nearest.
    private init(image bytes: [UInt8], side: Int) throws(TileError) {
        let image: PixelImage
        do throws(ImageError) {
            image = try PixelImage(bytes)
        } catch {
            switch error.code {
            case .tooManyBytes, .tooManyPixels, .tooManyScans, .tooMuchMemory:
                throw TileError(.overLimit, at: 0, "image: \(error)")
            case .unsupported: throw TileError(.unsupported, at: 0, "image: \(error)")
            default: throw TileError(.malformed, at: 0, "image: \(error)")
            }
        }
        layers = []
        canvas = PictureCanvas(image, side: side, ground: PictureTheme.dark.ground)
    }

    /// The picture as a PNG.
    ///
    /// - Throws: `overLimit` where the encoder has no memory.
    public func png() throws(TileError) -> [UInt8] { try canvas.png() }
}

extension PictureCanvas {
    /// `image` at `side` x `side` pixels over `ground`.
    init(_ image: PixelImage, side: Int, ground: Colour) {
        self.init(width: side, height: side, background: ground)
        for y in 0..<side {
            let rows = Self.source(y, side, image.height)
            for x in 0..<side {
                let columns = Self.source(x, side, image.width)
                // Weighted by alpha, so that what cannot be seen has no say.
                var (red, green, blue, alpha) = (0, 0, 0, 0)
                for row in rows {
                    for column in columns {
                        let start = (row * image.width + column) * 4
                        let weight = Int(image.samples[start + 3])
                        red += Int(image.samples[start]) * weight
                        green += Int(image.samples[start + 1]) * weight
                        blue += Int(image.samples[start + 2]) * weight
                        alpha += weight
                    }
                }
                guard alpha > 0 else { continue }
                func mean(_ sum: Int) -> UInt8 { UInt8(clamping: (sum + alpha / 2) / alpha) }
                let opacity = (alpha * 16 + 127) / (255 * rows.count * columns.count)
                blend(
                    x: x, y: y, Colour(red: mean(red), green: mean(green), blue: mean(blue)),
                    sixteenths: min(16, opacity))
            }
        }
    }

    /// The pixels of `count` that pixel `index` of `side` shows: at least one.
    private static func source(_ index: Int, _ side: Int, _ count: Int) -> Range<Int> {
        let first = index * count / side
        return first..<max(first + 1, (index + 1) * count / side)
    }
}
