import ArgumentParser
import Canonical
import Geo
import Rewards
import Stages
import Store
import Workspace

/// `waggle cell show`.
struct CellShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show who covered a cell, when and in which octants, and what a pass is worth.",
        discussion: """
            Freshness is what a pass at the time of --as-of, or else the clock's, would find. Points are as if all frames of \
            the cell were counted together; what an epoch paid is told by 'waggle rewards explain'.
            """)

    @Argument(help: "The cell's geohash.") var cell: String
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        guard let cell = Geohash(cell), cell.precision == workspace.cellPrecision else {
            throw ValidationError("a cell here is a geohash of \(workspace.cellPrecision) characters")
        }
        let now = asOf.time
        let story = try CellStory(of: cell, in: workspace, at: now)
        let output = options.output
        output.line(
            "Cell \(cell): \(story.passes.count) passes; \(story.area) permille of a cell on the equator")
        if story.framesWithoutHeading > 0 {
            output.line("  \(story.framesWithoutHeading) accepted frames have no heading and make no pass")
        }
        output.table(
            ["  octant", "passes", "last covered", "ago", "freshness", "a pass now earns up to"],
            story.octants.map { octant in
                [
                    "  \(octant.octant.name)", String(octant.passes), octant.lastAt?.description ?? "never",
                    octant.lastAt.map { Age.text($0.milliseconds(until: now)) } ?? "",
                    String(octant.freshness), String(octant.points),
                ]
            })
        output.table(
            [
                "  pass", "octant", "drive", "contributor", "frames", "quality", "freshness", "credit",
                "points",
            ],
            story.passes.map { pass in
                [
                    "  \(pass.pass.coveredAt)", pass.pass.coverage.octant.name, pass.drive, pass.contributor,
                    String(pass.pass.frames), String(pass.pass.quality), String(pass.pass.freshness),
                    String(pass.pass.credit), String(pass.pass.points),
                ]
            })
        record(story, output)
    }

    private func record(_ story: CellStory, _ output: Output) {
        for octant in story.octants {
            output.record(
                "octant",
                [
                    "octant": .string(octant.octant.name), "passes": .integer(octant.passes),
                    "last_at": octant.lastAt.map { .integer($0.milliseconds) } ?? .null,
                    "freshness": .integer(octant.freshness), "points": .string(String(octant.points)),
                ])
        }
        for pass in story.passes {
            output.record(
                "pass",
                [
                    "covered_at": .integer(pass.pass.coveredAt.milliseconds),
                    "octant": .string(pass.pass.coverage.octant.name), "drive": .string(pass.drive),
                    "contributor": .string(pass.contributor), "frames": .integer(pass.pass.frames),
                    "best_frame": .string(pass.bestFrame), "quality": .integer(pass.pass.quality),
                    "freshness": .integer(pass.pass.freshness), "credit": .integer(pass.pass.credit),
                    "points": .string(String(pass.pass.points)),
                    "previous_at": pass.pass.previousAt.map { .integer($0.milliseconds) } ?? .null,
                ])
        }
        output.summary([
            "cell": .string(story.cell.description), "passes": .integer(story.passes.count),
            "area": .integer(story.area), "frames_without_heading": .integer(story.framesWithoutHeading),
        ])
    }
}
