import Canonical
import Geo

/// What an archive holds, zoom by zoom.
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
        /// Bytes of the largest tile, as stored.
        public fileprivate(set) var largestBytes: UInt64 = 0

        init(z: UInt8) {
            self.z = z
        }
    }

    /// Zooms that have tiles, lowest first.
    public let zooms: [Zoom]

    /// Reads and decodes every content of `archive`, each once.
    ///
    /// - Throws: ``TileError`` for the first tile that cannot be read, named in the reason.
    public init(of archive: PMTilesReader, limits: MVTDecoder.Limits = MVTDecoder.Limits()) throws(TileError)
    {
        var zooms: [UInt8: Zoom] = [:]
        var known: [PMTilesHeader.Section: Content] = [:]
        var read: UInt64 = 0
        let isVector = archive.header.tileType == .mvt
        try archive.forEachEntry { (entry) throws(TileError) in
            let place = PMTilesHeader.Section(offset: entry.offset, length: UInt64(entry.length))
            var content = known[place] ?? Content()
            if isVector, known[place] == nil {
                read = Self.sum(read, place.length)
                // Different contents do not overlap; without this, few bytes could be read without end.
                guard read <= archive.header.data.length else {
                    throw TileError(.malformed, at: archive.header.data.offset, "tile contents overlap")
                }
                content = try Content(of: entry, in: archive, limits)
                known[place] = content
            }
            // Counted by arithmetic: a run may claim four billion tiles.
            for (z, tiles) in Self.tilesPerZoom(entry) {
                var zoom = zooms[z] ?? Zoom(z: z)
                zoom.tiles = Self.sum(zoom.tiles, tiles)
                zoom.largestBytes = max(zoom.largestBytes, UInt64(entry.length))
                if isVector {
                    zoom.features = Self.sum(zoom.features ?? 0, Self.product(content.features, tiles))
                }
                if let n = content.n { zoom.n = Self.sum(zoom.n ?? 0, Self.product(n, tiles)) }
                zooms[z] = zoom
            }
        }
        self.zooms = zooms.values.sorted { $0.z < $1.z }
    }

    /// The statistics as a JSON array; members that are not known are null.
    public var json: CanonicalJSON {
        .array(
            zooms.map { zoom in
                .object([
                    "z": .integer(zoom.z), "tiles": .integer(zoom.tiles),
                    "features": zoom.features.map { .integer($0) } ?? .null,
                    "n": zoom.n.map { .integer($0) } ?? .null,
                    "largest_bytes": .integer(zoom.largestBytes),
                ])
            })
    }

    /// What one content adds for every tile that has it.
    private struct Content {
        var features: UInt64 = 0
        var n: UInt64?

        init() {}

        init(of entry: PMTilesEntry, in archive: PMTilesReader, _ limits: MVTDecoder.Limits) throws(TileError)
        {
            do throws(TileError) {
                let bytes = try archive.uncompressed(try archive.stored(entry))
                for layer in try MVTDecoder.decode(bytes, limits: limits).layers {
                    features += UInt64(layer.features.count)
                    guard layer.name == CoverageLayer.name else { continue }
                    for feature in layer.features {
                        guard case .uint(let frames)? = feature[CoverageLayer.framesKey] else { continue }
                        n = TileStatistics.sum(n ?? 0, frames)
                    }
                }
            } catch {
                let name = TileID(id: entry.id).map(\.description) ?? String(entry.id)
                throw TileError(error.code, at: error.offset, "tile \(name): \(error.reason)")
            }
        }
    }

    private static func tilesPerZoom(_ entry: PMTilesEntry) -> [(z: UInt8, tiles: UInt64)] {
        var result: [(z: UInt8, tiles: UInt64)] = []
        var (id, left) = (entry.id, UInt64(entry.run))
        while left > 0, let zoom = TileID(id: id)?.zoom {
            let tiles = min(left, TileID.firstID(zoom: zoom + 1) - id)
            result.append((zoom, tiles))
            (id, left) = (id + tiles, left - tiles)
        }
        return result
    }

    /// Foreign archives may claim any number: sums stop at the top.
    private static func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? UInt64.max : sum
    }

    private static func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? UInt64.max : product
    }
}
