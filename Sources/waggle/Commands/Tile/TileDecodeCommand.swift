import ArgumentParser
import Canonical
import Geo
import Glibc
import Tiles

/// `waggle tile decode`.
struct TileDecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Print one vector tile as GeoJSON, or a tile's bytes.",
        discussion: """
            The GeoJSON has one feature a line; its member 'layer' names the layer. --raw writes the uncompressed \
            tile itself, of any type.

            EXAMPLES:
              waggle tile decode 14/8693/5670 > tile.geojson
              waggle tile decode 14 8693 5670 --layer coverage --archive other.mbtiles
              waggle tile decode 14/8693/5670 --raw > tile.mvt
              waggle tile decode 14/8693/5670 --hash
            """)

    @OptionGroup var argument: TileArgument

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("This layer alone; may be given more than once.", valueName: "name"))
    var layer: [String] = []

    @Flag(help: "Write the tile's uncompressed bytes.") var raw = false

    @Flag(help: "Print the SHA-256 of the tile's uncompressed bytes.") var hash = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard [raw, hash, !layer.isEmpty].count(where: { $0 }) <= 1 else {
            throw ValidationError("--raw, --hash and --layer exclude one another")
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
        if raw {
            Output.write(bytes, to: STDOUT_FILENO)
        } else if hash {
            options.output.line(ContentHash.of(bytes).hex)
            options.output.summary([
                "tile": .string(tile.description), "sha256": .string(ContentHash.of(bytes).hex),
                "raw_bytes": .integer(bytes.count),
            ])
        } else {
            guard source.tileType == .mvt else {
                throw ValidationError(
                    "tile \(tile) is \(source.tileType), not a vector tile: 'waggle tile render \(tile)' draws it, "
                        + "'waggle tile decode \(tile) --raw' writes the file itself")
            }
            let (decoded, fault) = try MVTDecoder.decodeWithFaults(bytes)
            if let fault {
                options.output.warn(
                    "waggle: tile \(tile) breaks the specification (\(fault)); 'waggle tile verify --contents' tells all"
                )
            }
            try printGeoJSON(decoded, tile)
        }
    }

    private func printGeoJSON(_ decoded: VectorTile, _ tile: TileID) throws {
        var decoded = decoded
        if !layer.isEmpty {
            let names = decoded.layers.map(\.name)
            if let missing = layer.first(where: { !names.contains($0) }) {
                options.output.warn(
                    "waggle: tile \(tile) has no layer '\(missing)'; it has \(names.joined(separator: ", "))")
                throw ExitCode.failure
            }
            decoded.layers.removeAll { !layer.contains($0.name) }
        }
        // The document is the data: it is the same with and without --json.
        Output.write(Array(GeoJSON.text(of: decoded, at: tile).utf8), to: STDOUT_FILENO)
    }
}
