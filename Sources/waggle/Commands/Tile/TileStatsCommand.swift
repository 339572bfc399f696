import ArgumentParser
import Canonical
import Tiles

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
