import ArgumentParser
import Geo
import Glibc
import Tiles

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
