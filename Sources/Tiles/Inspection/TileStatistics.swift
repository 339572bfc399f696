import Geo

/// What an archive holds, zoom by zoom and layer by layer.
///
/// Every content is read once; memory grows with zooms and layers, not with tiles.
public struct TileStatistics: Equatable, Sendable {
    /// One zoom.
    public struct Zoom: Equatable, Sendable {
        /// The zoom.
        public let z: UInt8
        /// Tiles.
        public fileprivate(set) var tiles: UInt64 = 0
        /// Features in all layers of all tiles; nil where tiles are no vector tiles.
        public fileprivate(set) var features: UInt64?
        /// Frames: the sum of `n` in the layer `coverage`; nil where no feature has it.
        public fileprivate(set) var n: UInt64?
        /// Bytes of the tiles, as stored.
        public fileprivate(set) var stored = SizeDistribution()
        /// Bytes of the tiles, uncompressed; empty where tiles are no vector tiles.
        public fileprivate(set) var uncompressed = SizeDistribution()
        /// The first of the tiles that take the most bytes, as stored.
        public fileprivate(set) var largest: TileID?
        /// The layers by name, in the order of their UTF-8.
        public fileprivate(set) var layers: [Layer] = []

        init(z: UInt8) {
            self.z = z
        }
    }

    /// One layer of one zoom.
    public struct Layer: Equatable, Sendable {
        /// The layer's name.
        public let name: String
        /// Features in all tiles.
        public fileprivate(set) var features: UInt64 = 0
        /// Frames, as in ``Zoom/n``.
        public fileprivate(set) var n: UInt64?
        /// Bytes of the layer in every tile that has it, uncompressed.
        public fileprivate(set) var bytes = SizeDistribution()

        /// Tiles that have the layer.
        public var tiles: UInt64 { bytes.count }
    }

    /// Zooms that have tiles, lowest first.
    public let zooms: [Zoom]

    /// Reads every content of `source`.
    ///
    /// - Throws: ``TileError`` for the first tile that cannot be read, named in the reason.
    public init(of source: any TileSource, limits: MVTDecoder.Limits = MVTDecoder.Limits()) throws(TileError)
    {
        var count = Count(source, limits)
        try source.forEachRun { (run) throws(TileError) in
            try count.add(run)
        }
        zooms = count.zooms.values.sorted { $0.z < $1.z }.map { zoom in
            var zoom = zoom
            zoom.layers.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            return zoom
        }
    }
}

extension TileStatistics {
    /// The numbers while they are added up.
    private struct Count {
        var zooms: [UInt8: Zoom] = [:]
        private let limits: MVTDecoder.Limits
        private let isVector: Bool
        /// What was found in contents that may come again.
        private var known: [Place: Content] = [:]
        /// Where each layer is in ``Zoom/layers``.
        private var places: [UInt8: [String: Int]] = [:]
        private var reader: ContentReader

        private static let maxKnown = 16_384
        private static let maxLayers = 10_000

        private struct Place: Hashable {
            let place: UInt64?
            let length: UInt64
        }

        private struct Content {
            let anatomy: TileAnatomy
            let bytes: UInt64
        }

        init(_ source: any TileSource, _ limits: MVTDecoder.Limits) {
            self.limits = limits
            isVector = source.tileType == .mvt
            reader = ContentReader(source)
        }

        mutating func add(_ run: TileRun) throws(TileError) {
            let content = isVector ? try content(of: run) : nil
            for (z, tiles) in run.tilesPerZoom {
                var zoom = zooms[z] ?? Zoom(z: z)
                if zoom.largest == nil || run.length > zoom.stored.largest {
                    zoom.largest = TileID(id: max(run.firstID, TileID.firstID(zoom: z)))
                }
                zoom.tiles = SaturatingSum.of(zoom.tiles, tiles)
                zoom.stored.add(run.length, count: tiles)
                if let content {
                    zoom.uncompressed.add(content.bytes, count: tiles)
                    try add(content.anatomy, tiles, to: &zoom)
                }
                zooms[z] = zoom
            }
        }

        private mutating func add(
            _ anatomy: TileAnatomy, _ tiles: UInt64, to zoom: inout Zoom
        ) throws(TileError) {
            zoom.features = zoom.features ?? 0
            for layer in anatomy.layers {
                let place = try place(of: layer.name, in: &zoom)
                let features = SaturatingSum.product(layer.features, tiles)
                zoom.features = zoom.features.map { SaturatingSum.of($0, features) }
                zoom.layers[place].features = SaturatingSum.of(zoom.layers[place].features, features)
                zoom.layers[place].bytes.add(layer.bytes, count: tiles)
                guard let n = layer.frames.map({ SaturatingSum.product($0, tiles) }) else { continue }
                zoom.n = SaturatingSum.of(zoom.n ?? 0, n)
                zoom.layers[place].n = SaturatingSum.of(zoom.layers[place].n ?? 0, n)
            }
        }

        private mutating func place(of name: String, in zoom: inout Zoom) throws(TileError) -> Int {
            if let place = places[zoom.z]?[name] { return place }
            guard zoom.layers.count < Self.maxLayers else {
                throw TileError(.overLimit, at: 0, "more than \(Self.maxLayers) layers at one zoom")
            }
            places[zoom.z, default: [:]][name] = zoom.layers.count
            zoom.layers.append(Layer(name: name))
            return zoom.layers.count - 1
        }

        private func anatomy(of bytes: [UInt8], _ run: TileRun) throws(TileError) -> TileAnatomy {
            do throws(TileError) {
                return try TileAnatomy(of: bytes, limits: limits)
            } catch {
                throw error.about(run.name)
            }
        }

        private mutating func content(of run: TileRun) throws(TileError) -> Content {
            let place = Place(place: run.place, length: run.length)
            if run.place != nil, let content = known[place] { return content }
            let bytes = try reader.content(run)
            let content = Content(anatomy: try anatomy(of: bytes, run), bytes: UInt64(bytes.count))
            if known.count < Self.maxKnown, run.place != nil { known[place] = content }
            return content
        }
    }
}
