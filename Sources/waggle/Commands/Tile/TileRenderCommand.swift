import ArgumentParser
import Canonical
import Geo
import Glibc
import Store
import Tiles

/// `waggle tile render`.
struct TileRenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Draw a tile, into a PNG file or in the terminal.",
        discussion: """
            Draws vector tiles of any archive: polygons, lines and points, each layer in a colour of its own, and our \
            layer of coverage in the colours of its frames. PNG and JPEG tiles are drawn over a dark ground.

            With -o the picture is a file; without it, or with --terminal, it is written to stdout: two pixels to a \
            character in 24-bit colours where the terminal has them, in plain characters elsewhere.

            EXAMPLES:
              waggle tile render 14/8693/5670
              waggle tile render 14/8693/5670 -o tile.png --width 1024 --layer coverage
              waggle tile render 0/0/0 --archive other.mbtiles --color never | less
            """)

    @OptionGroup var argument: TileArgument

    @Option(name: .shortAndLong, help: ArgumentHelp("Write a PNG file.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Pixels along the side of the file, 16 to 4096 (default: 512); without -o characters across stdout "
                + "(default: 64, 128 where they fit, or the terminal's width).",
            valueName: "n"))
    var width: Int?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Draw this layer alone; may be given more than once.", valueName: "name"))
    var layer: [String] = []

    @Flag(help: "Draw on stdout, too, when there is a file.") var terminal = false

    @Option(help: "Draw on stdout in colours.") var color: TerminalColour = .auto

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if let width, !TilePicture.sides.contains(width) {
            throw ValidationError(
                "--width \(width): from \(TilePicture.sides.lowerBound) to \(TilePicture.sides.upperBound)")
        }
    }

    func run() throws {
        let tile = try argument.tile()
        let source = try archive.open()
        guard let bytes = try source.tile(at: tile) else {
            options.output.warn(
                "waggle: the archive has no tile \(tile); 'waggle tile at' names those of a place")
            throw ExitCode.failure
        }
        let type = source.tileType
        let across = (output == nil ? width : nil) ?? Self.defaultColumns
        let shown = layer.isEmpty ? nil : Set(layer)
        let picture = try TilePicture(
            bytes, type: type, side: output == nil ? across : width ?? 512, layers: shown)
        let layers = picture.layers
        if let missing = layer.first(where: { name in !layers.contains { $0.name == name } }) {
            options.output.warn(
                "waggle: tile \(tile) has no layer '\(missing)'; it has \(layers.map(\.name).joined(separator: ", "))"
            )
            throw ExitCode.failure
        }
        var size: Int?
        if let output {
            let file = try picture.png()
            try DurableWrite.file(file, at: output)
            size = file.count
            options.output.line("Drew tile \(tile) into \(output).")
        }
        if output == nil || terminal, !options.json, !options.quiet {
            let small =
                output == nil ? picture : try TilePicture(bytes, type: type, side: across, layers: shown)
            let text = TerminalPicture.lines(of: small, color.colours).joined(separator: "\n") + "\n"
            Output.write(Array(text.utf8), to: STDOUT_FILENO)
        }
        if !layers.isEmpty {
            options.output.line(layers.map { "\($0.name): \($0.features) features" }.joined(separator: ", "))
        }
        options.output.summary([
            "tile": .string(tile.description), "tile_type": .string("\(type)"),
            "path": output.map { .string($0) } ?? .null, "bytes": size.map { .integer($0) } ?? .null,
            "features": .integer(layers.reduce(0) { $0 + $1.features }),
            "layers": .array(
                layers.map {
                    .object(["name": .string($0.name), "features": .integer($0.features)])
                }),
        ])
    }

    /// A multiple of the 64 squares of our tiles, where the terminal is wide enough.
    private static var defaultColumns: Int {
        let columns = TerminalColour.columns
        return columns < 64 ? max(TilePicture.sides.lowerBound, columns) : columns < 128 ? 64 : 128
    }
}
