import ArgumentParser
import Canonical
import Tiles
import Workspace

/// `waggle tile export`.
struct TileExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Copy tiles into an MBTiles file, a PMTiles archive or a directory.",
        discussion: """
            The name says which: *.mbtiles, *.pmtiles, or anything else without a dot for a directory of files \
            z/x/y.mvt (uncompressed) with a tilejson.json. A file of that name is replaced; a directory must be new \
            or empty. What is written depends on the tiles and their description alone: the same tiles give the same \
            bytes.

            EXAMPLES:
              waggle tile export map.mbtiles
              waggle tile export map.pmtiles --archive other.mbtiles
              waggle tile export /srv/www/tiles
            """)

    @Argument(help: ArgumentHelp("What to write.", valueName: "file")) var file: String

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        var path = file
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let format = try format(of: path)
        let report = try ArchiveExport(try archive.open()).write(format, to: path)
        options.output.line("\(path): \(report.tiles) tiles, \(report.bytes) bytes")
        options.output.summary([
            "path": .string(path), "format": .string("\(format)"), "tiles": .integer(report.tiles),
            "bytes": .integer(report.bytes),
        ])
    }

    private func format(of path: String) throws -> ArchiveExport.Format {
        let name = path.split(separator: "/").last ?? ""
        if name.hasSuffix(".pmtiles") { return .pmtiles }
        if name.hasSuffix(".mbtiles") { return .mbtiles }
        guard file.hasSuffix("/") || !name.contains(".") else {
            throw ValidationError(
                "'\(file)' does not say what to write: end it in .mbtiles or .pmtiles, or in '/' for a directory"
            )
        }
        return .directory
    }
}
