import ArgumentParser
import Canonical
import Geo
import Tiles

/// `waggle tile stats`.
struct TileStatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Count tiles, features, frames and bytes, for every zoom and every layer.",
        discussion: """
            The frames (n) of every zoom of a Waggle map add up to the accepted frames. 'stored' are bytes as they \
            lie in the file, 'raw' bytes uncompressed; p50 and p95 are the sizes that half and 95 per cent of the \
            tiles do not exceed. A '?' is something that cannot be known.

            EXAMPLES:
              waggle tile stats
              waggle tile stats --archive other.mbtiles
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let statistics = try TileStatistics(of: try archive.open())
        output.table(
            [
                "z", "tiles", "features", "n", "stored", "mean", "p50", "p95", "largest", "raw",
                "largest tile",
            ],
            statistics.zooms.map { zoom in
                let stored = zoom.stored
                return [
                    String(zoom.z), String(zoom.tiles), Self.cell(zoom.features), Self.cell(zoom.n),
                    String(stored.total), Self.cell(stored.mean), Self.cell(stored.percentile(50)),
                    Self.cell(stored.percentile(95)), String(stored.largest),
                    zoom.features == nil ? "?" : String(zoom.uncompressed.total),
                    zoom.largest?.description ?? "",
                ]
            })
        if statistics.zooms.contains(where: { !$0.layers.isEmpty }) {
            output.line()
            output.table(
                ["z", "layer", "tiles", "features", "n", "raw", "mean", "largest"],
                statistics.zooms.flatMap { zoom in
                    zoom.layers.map { layer in
                        [
                            String(zoom.z), layer.name, String(layer.tiles), String(layer.features),
                            Self.cell(layer.n), String(layer.bytes.total), Self.cell(layer.bytes.mean),
                            String(layer.bytes.largest),
                        ]
                    }
                })
        }
        record(statistics)
    }

    private func record(_ statistics: TileStatistics) {
        for zoom in statistics.zooms {
            var members: [String: CanonicalJSON] = [
                "z": .integer(zoom.z), "tiles": .integer(zoom.tiles), "features": Self.json(zoom.features),
                "n": Self.json(zoom.n), "largest_bytes": .integer(zoom.stored.largest),
                "largest_tile": zoom.largest.map { .string($0.description) } ?? .null,
            ]
            members.merge(Self.sizes(zoom.stored, "bytes")) { $1 }
            if zoom.features != nil { members.merge(Self.sizes(zoom.uncompressed, "raw_bytes")) { $1 } }
            options.output.record("zoom", members)
            for layer in zoom.layers {
                var members: [String: CanonicalJSON] = [
                    "z": .integer(zoom.z), "layer": .string(layer.name), "tiles": .integer(layer.tiles),
                    "features": .integer(layer.features), "n": Self.json(layer.n),
                    "largest_raw_bytes": .integer(layer.bytes.largest),
                ]
                members.merge(Self.sizes(layer.bytes, "raw_bytes")) { $1 }
                options.output.record("layer", members)
            }
        }
        options.output.summary([
            "zooms": .integer(statistics.zooms.count),
            "tiles": .integer(statistics.zooms.reduce(0 as UInt64) { $0 &+ $1.tiles }),
            "bytes": .integer(statistics.zooms.reduce(0 as UInt64) { $0 &+ $1.stored.total }),
        ])
    }

    private static func sizes(_ sizes: SizeDistribution, _ name: String) -> [String: CanonicalJSON] {
        [
            name: .integer(sizes.total), "mean_\(name)": json(sizes.mean),
            "p50_\(name)": json(sizes.percentile(50)),
            "p95_\(name)": json(sizes.percentile(95)), "max_\(name)": .integer(sizes.largest),
        ]
    }

    private static func cell(_ value: UInt64?) -> String { value.map { String($0) } ?? "?" }

    private static func json(_ value: UInt64?) -> CanonicalJSON { value.map { .integer($0) } ?? .null }
}
