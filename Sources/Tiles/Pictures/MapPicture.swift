import Canonical
import Geo
import Imaging

/// One picture of a map: its squares in colour, with title, dates, legend, scale and graticule; north is up.
public struct MapPicture: Sendable {
    /// What the picture is to look like.
    public struct Style: Sendable {
        /// The title: ASCII, the middle dot and the degree sign; other characters become question marks.
        public var title: String
        /// What colours say.
        public var colouring: RasterStyle
        /// A dark ground instead of a light one.
        public var isDark: Bool

        /// A style.
        public init(title: String, colouring: RasterStyle = .coverage, isDark: Bool = true) {
            self.title = title
            self.colouring = colouring
            self.isDark = isDark
        }
    }

    /// A map of more pixels than are drawn.
    public struct TooLarge: Error, Equatable {
        /// The size that was asked for, in pixels.
        public let width: Int, height: Int
        /// The most pixels a map may have.
        public let limit: Int
        /// The deepest zoom at which the same part would do.
        public let zoom: Int
    }

    /// Gives every tile of a map to its argument, in any order; called twice.
    public typealias Tiles = (_ body: (TileID, TileSummary) throws -> Void) throws -> Void

    /// The file, a PNG.
    public let png: [UInt8]
    /// Pixels from west to east and from north to south, frame, legend and all.
    public let width: Int, height: Int
    /// Frames in the squares drawn.
    public let frames: UInt64
    /// Squares drawn, those of the tiles of ``zoom``.
    public let squares: Int
    /// The zoom whose squares are drawn, 0...14.
    public let zoom: UInt8

    /// The most pixels of a map; their samples take three times as many bytes.
    static let mostPixels = 16_000_000
    /// The zooms whose pixels a map can be drawn in.
    public static let zooms = MapView.zooms

    /// Draws a map.
    ///
    /// - Parameters:
    ///   - part: the part to show, and nothing around it; nil shows everything that is there, with some room.
    ///   - zoom: draws in pixels of this zoom, at which the world is 256 x 2^zoom of them wide; nil makes the map
    ///     fill about 900 pixels.
    ///   - style: how it looks.
    ///   - tiles: the tiles of zooms 0 to 14, as ``TilePyramid`` makes them.
    /// - Throws: ``TooLarge``; ``TileError`` where the encoder has no memory; what `tiles` throws.
    public init(part: MapPart? = nil, zoom: Int? = nil, style: Style, tiles: Tiles) throws {
        let shown: MapPart
        if let part {
            shown = part
        } else {
            var extent = MapExtent()
            try tiles { extent.add($0, $1) }
            shown = extent.part ?? .everything
        }
        let view = try Self.view(of: shown, zoom: zoom, hasMargin: part == nil)
        var tally = SquareTally()
        try tiles { tile, summary in
            guard tile.zoom == view.zoom else { return }
            for square in summary.squares {
                guard let place = view.place(of: Int(square.index), in: tile) else { continue }
                tally.add(
                    place,
                    style.colouring.band(
                        frames: square.summary.n, meanQuality: square.summary.meanQuality,
                        lastDay: square.summary.lastDay),
                    frames: square.summary.n, days: square.summary.firstDay...square.summary.lastDay)
            }
        }
        let sheet = MapSheet(view: view, tally: tally, style: style)
        let canvas = sheet.draw()
        png = try canvas.png()
        (width, height) = (canvas.width, canvas.height)
        (frames, squares) = (tally.frames, tally.squares.count)
        self.zoom = view.zoom
    }

    private static func view(of part: MapPart, zoom: Int?, hasMargin: Bool) throws(TooLarge) -> MapView {
        guard let zoom else { return MapView(filling: part, hasMargin: hasMargin) }
        let view = MapView(part, pixelZoom: zoom, hasMargin: hasMargin)
        if view.width <= mostPixels / view.height { return view }
        var fitting = zoom
        while fitting > 0 {
            fitting -= 1
            let smaller = MapView(part, pixelZoom: fitting, hasMargin: hasMargin)
            if smaller.width <= mostPixels / smaller.height { break }
        }
        throw TooLarge(width: view.width, height: view.height, limit: mostPixels, zoom: fitting)
    }
}

/// The squares a picture shows, and what they add up to.
struct SquareTally {
    /// Places in pixels of the map, with the band there.
    private(set) var squares: [(x: Int, y: Int, band: UInt8)] = []
    private(set) var frames: UInt64 = 0
    /// The first and the last day; nil where there is no square.
    private(set) var days: ClosedRange<Int32>?
    /// How many squares have each band.
    private(set) var bands = [Int](repeating: 0, count: 256)

    mutating func add(_ place: (x: Int, y: Int), _ band: UInt8, frames: UInt64, days: ClosedRange<Int32>) {
        squares.append((place.x, place.y, band))
        bands[Int(band)] += 1
        self.frames = min(self.frames + frames, SquareSummary.maxFrames)
        let known = self.days ?? days
        self.days = min(known.lowerBound, days.lowerBound)...max(known.upperBound, days.upperBound)
    }
}
