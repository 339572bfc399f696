import ArgumentParser
import Canonical
import Geo
import Tiles

/// `waggle tile at`.
struct TileAtCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "at",
        abstract: "Name the tiles that hold a place, and the features there.",
        discussion: """
            First the tile of every zoom, from the first to the last that the archive has there. Then, of the deepest \
            one, the features that hold the place, and of every layer those nearest to it.

            EXAMPLES:
              waggle tile at 37.7969,-122.3954
              waggle tile at -33.8568,151.2153 -n 1
              waggle tile at 9q8znb12 --archive other.mbtiles
            """)

    // Southern latitudes begin like options.
    @Argument(
        parsing: .allUnrecognized,
        help: ArgumentHelp("LATITUDE,LONGITUDE in degrees, or a geohash (its middle).", valueName: "place"))
    var words: [String]

    @Option(name: .shortAndLong, help: "How many of the nearest features of every layer.") var number = 3

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let place = words.joined(separator: ",")
        guard let position = Place.position(place) else {
            throw ValidationError("'\(place)' is neither LATITUDE,LONGITUDE nor a geohash")
        }
        guard (0...1000).contains(number) else {
            throw ValidationError("--number takes a number from 0 to 1000")
        }
        let output = options.output
        let source = try archive.open()
        let cell = Geohash(of: position, precision: 8)
        output.line("position \(position), geohash \(cell?.description ?? "")")
        if Mercator.row(of: position) == nil {
            output.note("waggle: no tile reaches beyond 85.0511 degrees")
        }
        let tiles = try Self.tiles(at: position, in: source)
        for (tile, content) in tiles {
            output.line("  \(tile)  \(content.map { "\($0.count) bytes" } ?? "no tile")")
            output.record(
                "tile",
                [
                    "tile": .string(tile.description),
                    "bytes": content.map { .integer($0.count) } ?? .null,
                ])
        }
        if tiles.isEmpty { output.line("  no tile at any zoom") }
        var found = 0
        if source.tileType == .mvt, let (tile, stored) = tiles.last, let stored {
            found = try showFeatures(
                at: position, in: try MVTDecoder.decodeWithFaults(try source.uncompressed(stored)).tile, tile)
        }
        output.summary([
            "geohash": cell.map { .string($0.description) } ?? .null,
            "tiles": .integer(tiles.count { $0.content != nil }), "features": .integer(found),
        ])
    }

    /// The tiles of all zooms from the first to the last of which there is one.
    private static func tiles(
        at position: Coordinate, in source: any TileSource
    ) throws -> [(tile: TileID, content: [UInt8]?)] {
        var tiles: [(tile: TileID, content: [UInt8]?)] = []
        for zoom in 0...TileID.maxZoom {
            guard let tile = TileID(of: position, zoom: zoom) else { continue }
            tiles.append((tile, try source.storedTile(at: tile)))
        }
        let last = tiles.lastIndex { $0.content != nil } ?? -1
        return Array(tiles[...last].drop { $0.content == nil })
    }

    private func showFeatures(at position: Coordinate, in decoded: VectorTile, _ tile: TileID) throws -> Int {
        let hits = FeatureSearch(position, in: decoded, at: tile, count: number).hits
        options.output.line("in \(tile)")
        for hit in hits {
            let metres = hit.distanceMillimetres / 1000
            let place = hit.holdsPlace ? "holds it" : "\(metres).\(hit.distanceMillimetres / 100 % 10) m"
            let attributes = hit.feature.attributes.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            let id = hit.feature.id.map { "id \($0) " } ?? ""
            options.output.line("  \(hit.layer)  \(place)  \(id)\(attributes)")
            options.output.record(
                "feature",
                [
                    "tile": .string(tile.description), "layer": .string(hit.layer),
                    "id": hit.feature.id.map { .amount($0) } ?? .null,
                    "distance_mm": .integer(hit.distanceMillimetres), "holds_place": .bool(hit.holdsPlace),
                    "properties": .object(
                        Dictionary(
                            hit.feature.attributes.map { ($0.key, $0.value.json) },
                            uniquingKeysWith: { first, _ in first })),
                ])
        }
        return hits.count
    }
}
