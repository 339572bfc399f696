import ArgumentParser
import Canonical
import Geo
import Tiles
import Workspace

/// `waggle tile explain`.
struct TileExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what stands behind a tile: drives, contributors, quality, awards.",
        discussion: """
            Contributors appear under the pseudonyms the tiles use. A pass that a closed epoch paid belongs to the tile \
            that holds its best frame.

            EXAMPLES:
              waggle tile explain 14/8693/5670
              waggle tile explain 10/543/354 --json
            """)

    @Argument(help: "The tile, as ZOOM/COLUMN/ROW; zooms 0 to 14.") var tile: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        guard let id = TileID(text: tile), id.zoom <= SquareAddress.leafZoom else {
            throw ValidationError("'\(tile)' is no tile of the map: write ZOOM/COLUMN/ROW, as 14/8693/5670")
        }
        let explanation = try TileExplanation(of: id, in: try workspace.open(for: .reading))
        let drives = explanation.drives
        let output = options.output
        let frames = drives.reduce(0) { $0 + $1.frames }
        let contributors = Set(drives.map(\.contributor)).count
        let points = drives.reduce(0 as UInt64) { $0 + $1.points }
        output.line(
            "Tile \(id): \(frames) frames of \(drives.count) drives by \(contributors) contributors; "
                + "their passes earned \(points) micro-points in closed epochs.")
        if explanation.isDirty { output.line("It is dirty: the next 'waggle build' makes it anew.") }
        if !drives.isEmpty {
            output.table(
                ["drive", "contributor", "frames", "quality", "first day", "last day", "passes", "points"],
                drives.map { drive in
                    [
                        drive.name, drive.contributor, String(drive.frames),
                        drive.quality.map { String($0) } ?? "?", drive.firstDay?.description ?? "-",
                        drive.lastDay?.description ?? "-", String(drive.passes), String(drive.points),
                    ]
                })
        }
        for drive in drives {
            output.record(
                "drive",
                [
                    "drive": .string(drive.name), "contributor": .string(drive.contributor),
                    "frames": .integer(drive.frames), "quality": drive.quality.map { .integer($0) } ?? .null,
                    "first_day": drive.firstDay.map { .string($0.description) } ?? .null,
                    "last_day": drive.lastDay.map { .string($0.description) } ?? .null,
                    "passes": .integer(drive.passes), "points": .integer(drive.points),
                ])
        }
        output.summary([
            "tile": .string(id.description), "frames": .integer(frames), "drives": .integer(drives.count),
            "contributors": .integer(contributors), "points": .integer(points),
            "dirty": .bool(explanation.isDirty),
        ])
    }
}
