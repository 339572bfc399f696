import ArgumentParser
import Canonical
import Geo
import Glibc
import Store
import Tiles
import Workspace

/// `waggle tile`: looks into tiles.
struct TileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tile",
        abstract: "Look into the published tiles, or into any PMTiles archive.",
        discussion: """
            EXAMPLES:
              waggle tile show
              waggle tile stats
              waggle tile at 48.2,11.0
              waggle tile decode 14/8693/5670 > tile.geojson
              waggle tile stats --archive other.pmtiles
            """,
        subcommands: [
            TileShowCommand.self, TileStatsCommand.self, TileAtCommand.self, TileDecodeCommand.self,
            TileExplainCommand.self, TileDirtyCommand.self,
        ])
}

/// Which archive a command looks into.
struct ArchiveOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A PMTiles archive; without it, the published vector tiles.", valueName: "file"))
    var archive: String?

    @OptionGroup var workspace: WorkspaceOptions

    func open() throws -> PMTilesReader {
        if let archive { return try PMTilesReader(try ArchiveFile(archive)) }
        let workspace = try workspace.open(for: .reading)
        guard let reader = try PublishedGeneration(current: workspace.layout)?.reader(of: .vector) else {
            throw ValidationError(
                "nothing is published yet: run 'waggle build' first, or name a file with --archive")
        }
        return reader
    }
}

/// `waggle tile show`.
struct TileShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show an archive's header and metadata.")

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let reader = try archive.open()
        let header = reader.header
        let bounds = header.bounds
        let edges = [bounds.westE7, bounds.southE7, bounds.eastE7, bounds.northE7].map(Coordinate.degrees)
        let rows: [(String, String)] = [
            ("tile type", "\(header.tileType)"), ("tile compression", "\(header.tileCompression)"),
            ("zooms", "\(header.minZoom) to \(header.maxZoom)"), ("bounds", edges.joined(separator: ",")),
            ("addressed tiles", String(header.addressedTiles)), ("entries", String(header.tileEntries)),
            ("contents", String(header.tileContents)), ("clustered", header.isClustered ? "yes" : "no"),
            ("root directory", "\(header.root.length) bytes"),
            ("leaf directories", "\(header.leaves.length) bytes"),
            ("tile data", "\(header.data.length) bytes"),
        ]
        for (name, value) in rows {
            options.output.line(name + String(repeating: " ", count: 18 - name.count) + value)
        }
        let metadata = try reader.metadata()
        if let canonical = try? CanonicalJSON(metadata) {
            options.output.line("metadata          \(canonical.text)")
        }
        options.output.summary([
            "tile_type": .string("\(header.tileType)"), "min_zoom": .integer(header.minZoom),
            "max_zoom": .integer(header.maxZoom), "addressed_tiles": .integer(header.addressedTiles),
            "entries": .integer(header.tileEntries), "contents": .integer(header.tileContents),
            "clustered": .bool(header.isClustered),
            "bounds_e7": .array(
                [bounds.westE7, bounds.southE7, bounds.eastE7, bounds.northE7].map { .integer(Int64($0)) }),
            "metadata": (try? CanonicalJSON(metadata)) ?? .null,
        ])
    }
}

/// `waggle tile stats`.
struct TileStatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Count tiles, features, frames and bytes, zoom by zoom.",
        discussion: "The frames (n) of every zoom of a Waggle map add up to the accepted frames.")

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let statistics = try TileStatistics(of: try archive.open())
        output.table(
            ["z", "tiles", "features", "n", "largest bytes"],
            statistics.zooms.map { zoom in
                [
                    String(zoom.z), String(zoom.tiles), zoom.features.map { String($0) } ?? "?",
                    zoom.n.map { String($0) } ?? "?", String(zoom.largestBytes),
                ]
            })
        for zoom in statistics.zooms {
            output.record(
                "zoom",
                [
                    "z": .integer(zoom.z), "tiles": .integer(zoom.tiles),
                    "features": zoom.features.map { .integer(Int64(clamping: $0)) } ?? .null,
                    "n": zoom.n.map { .integer(Int64(clamping: $0)) } ?? .null,
                    "largest_bytes": .integer(zoom.largestBytes),
                ])
        }
        output.summary([
            "zooms": .integer(statistics.zooms.count),
            "tiles": .integer(statistics.zooms.reduce(0 as UInt64) { $0 &+ $1.tiles }),
        ])
    }
}

/// `waggle tile at`.
struct TileAtCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "at",
        abstract: "Name the tiles and the cell that hold a place.",
        discussion: """
            EXAMPLES:
              waggle tile at 37.7969,-122.3954
              waggle tile at 9q8znb12
            """)

    @Argument(help: "LATITUDE,LONGITUDE in degrees, or a geohash.") var place: String

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        guard let position = Place.position(place) else {
            throw ValidationError("'\(place)' is neither LATITUDE,LONGITUDE nor a geohash")
        }
        let output = options.output
        let reader = try archive.open()
        let cell = Geohash(of: position, precision: 8)
        output.line("position \(position), geohash \(cell?.description ?? "")")
        var found = 0
        for zoom in reader.header.minZoom...max(reader.header.minZoom, reader.header.maxZoom) {
            guard let tile = TileID(of: position, zoom: zoom) else { continue }
            let bytes = try reader.storedTile(at: tile)?.count
            if bytes != nil { found += 1 }
            output.line("  \(tile)  \(bytes.map { "\($0) bytes" } ?? "no tile")")
            output.record(
                "tile",
                ["tile": .string(tile.description), "bytes": bytes.map { .integer(Int64($0)) } ?? .null])
        }
        output.summary(["geohash": cell.map { .string($0.description) } ?? .null, "tiles": .integer(found)])
    }
}

/// A place as somebody types it.
enum Place {
    /// The position of `LATITUDE,LONGITUDE`, or the middle of a geohash.
    static func position(_ text: String) -> Coordinate? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        if parts.count == 2, let latitude = Double(parts[0]), let longitude = Double(parts[1]) {
            return Coordinate(latitude: latitude, longitude: longitude)
        }
        guard let bounds = Geohash(text)?.boundsE7 else { return nil }
        return Coordinate(
            latitudeE7: (bounds.south + bounds.north) / 2, longitudeE7: (bounds.west + bounds.east) / 2)
    }
}

/// `waggle tile decode`.
struct TileDecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Print one vector tile as GeoJSON.",
        discussion: """
            EXAMPLES:
              waggle tile decode 14/8693/5670 > tile.geojson
            """)

    @Argument(help: "The tile, as ZOOM/COLUMN/ROW.") var tile: String

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let numbers = tile.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 3, let zoom = numbers[0], let column = numbers[1], let row = numbers[2],
            let id = TileID(zoom: zoom, column: column, row: row)
        else { throw ValidationError("'\(tile)' is no tile: write ZOOM/COLUMN/ROW, as 14/8693/5670") }
        guard let bytes = try archive.open().tile(at: id) else {
            options.output.note(
                "waggle: the archive has no tile \(id); 'waggle tile at' names those of a place")
            throw ExitCode.failure
        }
        let text = GeoJSON.text(of: try MVTDecoder.decode(bytes), at: id)
        // The document is the data: it is the same with and without --json.
        Output.write(Array(text.utf8) + [0x0A], to: 1)
    }
}
