import ArgumentParser
import Canonical
import Geo
import Store
import Workspace

/// `waggle cell list`.
struct CellListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the cells that accepted frames lie in.",
        discussion: """
            --stale 30d lists those that were not covered for 30 days (h, d and w are hours, days and weeks) before the \
            time of --as-of, or else the clock's: where to drive next. --bbox takes SOUTH,WEST,NORTH,EAST in degrees or a \
            geohash, and lists the cells of the frames inside. Cells come in the order of their geohashes.
            """)

    @Option(help: ArgumentHelp("Only cells not covered for this long.", valueName: "time")) var stale: Age?
    @Option(
        help: ArgumentHelp("Only cells of this part: SOUTH,WEST,NORTH,EAST or a geohash.", valueName: "part"))
    var bbox: DegreeBounds?
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        let now = asOf.time
        let before = stale.map { UTCTime(milliseconds: now.milliseconds - $0.milliseconds + 1) }
        let output = options.output
        var cells = 0
        var frames = 0
        var rows: [[String]] = []
        try workspace.catalog.forEachCoveredCell(
            in: bbox, lastBefore: before, precision: workspace.cellPrecision
        ) { cell in
            cells += 1
            frames += cell.frames
            output.record(
                "cell",
                [
                    "cell": .string(cell.cell.description), "frames": .integer(cell.frames),
                    "drives": .integer(cell.drives), "contributors": .integer(cell.contributors),
                    "octants": .integer(cell.octants), "first_at": .integer(cell.firstAt.milliseconds),
                    "last_at": .integer(cell.lastAt.milliseconds),
                ])
            // For people a page of columns; for more there is --json, which keeps none in memory.
            if rows.count < Self.maxRows {
                rows.append([
                    cell.cell.description, String(cell.frames), String(cell.drives),
                    String(cell.contributors),
                    String(cell.octants), cell.lastAt.description,
                    Age.text(cell.lastAt.milliseconds(until: now)),
                ])
            }
        }
        output.table(["cell", "frames", "drives", "contributors", "octants", "last covered", "ago"], rows)
        if cells > rows.count { output.line("... and \(cells - rows.count) more; --json lists them all") }
        output.summary(["cells": .integer(cells), "frames": .integer(frames)])
    }

    private static let maxRows = 100_000
}

/// A time span as somebody types it: `36h`, `30d`, `2w`.
struct Age: ExpressibleByArgument {
    let milliseconds: Int64

    private static let units: [(letter: Character, milliseconds: Int64)] = [
        ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000),
    ]

    init?(argument: String) {
        guard let unit = Self.units.first(where: { $0.letter == argument.last }),
            let number = Int64(argument.dropLast()), (0...100_000).contains(number)
        else { return nil }
        milliseconds = number * unit.milliseconds
    }

    /// `milliseconds` in days and hours.
    static func text(_ milliseconds: Int64) -> String {
        let hours = milliseconds / 3_600_000
        return hours < 48 ? "\(hours)h" : "\(hours / 24)d"
    }
}

extension DegreeBounds: ExpressibleByArgument {
    /// `SOUTH,WEST,NORTH,EAST` in degrees, or a geohash.
    public init?(argument: String) {
        if let bounds = Geohash(argument)?.boundsE7 {
            // A cell is half open: its northern and eastern edges belong to the next ones.
            self.init(
                southE7: bounds.south, westE7: bounds.west, northE7: bounds.north - 1, eastE7: bounds.east - 1
            )
            return
        }
        let degrees = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        let edges = degrees.compactMap { $0 }.filter { $0.magnitude <= 180 }.map { Int(($0 * 1e7).rounded()) }
        guard degrees.count == 4, edges.count == 4 else { return nil }
        self.init(southE7: edges[0], westE7: edges[1], northE7: edges[2], eastE7: edges[3])
    }
}
