import ArgumentParser
import Canonical
import Geo
import Tiles

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
