import ArgumentParser
import Canonical
import Geo
import Tiles

/// `waggle tile top`.
struct TileTopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top",
        abstract: "List the largest tiles, and what their bytes are spent on.",
        discussion: """
            Tiles are ordered by their bytes as stored. Below each, layer by layer and uncompressed: geometries, tags \
            (what ties features to keys and values), keys and values, and the largest feature by its place in the \
            layer and its id.

            EXAMPLES:
              waggle tile top
              waggle tile top -n 3 --zoom 14 --archive other.pmtiles
            """)

    @Option(name: .shortAndLong, help: "How many tiles.") var number = 10

    @Option(help: "Tiles of this zoom alone.") var zoom: UInt8?

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(number) else {
            throw ValidationError("--number takes a number from 1 to 10000")
        }
        guard zoom ?? 0 <= TileID.maxZoom else {
            throw ValidationError("--zoom takes a number from 0 to \(TileID.maxZoom)")
        }
    }

    func run() throws {
        let output = options.output
        let largest = try LargestTiles(of: try archive.open(), count: number, zoom: zoom).tiles
        for tile in largest {
            let run = tile.run > 1 ? ", \(tile.run) tiles in a row" : ""
            output.line("\(tile.tile)  \(tile.storedBytes) bytes stored, \(tile.bytes) raw\(run)")
            if let anatomy = tile.anatomy { show(anatomy) }
            output.record(
                "tile",
                [
                    "tile": .string(tile.tile.description), "run": .integer(tile.run),
                    "bytes": .integer(tile.storedBytes), "raw_bytes": .integer(tile.bytes),
                    "layers": tile.anatomy.map { .array($0.layers.map(Self.json)) } ?? .null,
                ])
        }
        output.summary(["tiles": .integer(largest.count)])
    }

    private func show(_ anatomy: TileAnatomy) {
        options.output.table(
            [
                "    layer", "raw", "features", "geometry", "tags", "keys", "key bytes", "values",
                "value bytes",
                "largest feature",
            ],
            anatomy.layers.map { layer in
                let id = layer.largestFeatureID.map { ", id \($0)" } ?? ""
                let largest = layer.largestFeature.map {
                    "\(layer.largestFeatureBytes) bytes, place \($0)\(id)"
                }
                return [
                    "    " + layer.name, String(layer.bytes), String(layer.features),
                    String(layer.geometryBytes),
                    String(layer.tagBytes), String(layer.keys), String(layer.keyBytes), String(layer.values),
                    String(layer.valueBytes), largest ?? "",
                ]
            })
    }

    private static func json(_ layer: LayerAnatomy) -> CanonicalJSON {
        .object([
            "layer": .string(layer.name), "raw_bytes": .integer(layer.bytes),
            "extent": .integer(layer.extent),
            "features": .integer(layer.features), "points": .integer(layer.points),
            "lines": .integer(layer.lines), "polygons": .integer(layer.polygons),
            "geometry_bytes": .integer(layer.geometryBytes), "tag_bytes": .integer(layer.tagBytes),
            "keys": .integer(layer.keys), "key_bytes": .integer(layer.keyBytes),
            "values": .integer(layer.values), "value_bytes": .integer(layer.valueBytes),
            "largest_feature_bytes": .integer(layer.largestFeatureBytes),
            "largest_feature": layer.largestFeature.map { .integer($0) } ?? .null,
            // Identifiers have 64 bits.
            "largest_feature_id": layer.largestFeatureID.map { .amount($0) } ?? .null,
        ])
    }
}
