import ArgumentParser
import Canonical
import Workspace

/// `waggle build`: rebuilds dirty tiles and publishes a generation.
struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Rebuild the tiles whose frames have changed, and publish them.",
        discussion: """
            Publishes published/generations/<id>/ with coverage.pmtiles (vector tiles: coverage, drives, frames, \
            cells), pictures of coverage, freshness and quality (raster.pmtiles and others), cells/<geohash>.jsonl, \
            tilejson.json and generation.json, and turns the link published/current to it in one step. The id is \
            made from the contents: the same frames give the same id and the same bytes, rebuilt in part or in full.

            Generations that were in use before stay for readers that have them open, one of them unless --retain \
            says otherwise; the one in use is never removed.

            EXAMPLES:
              waggle build
              waggle build --full
              waggle build --retain 4
            """)

    @Flag(help: "Make every tile anew. The result is the same; it only takes longer.")
    var full = false

    @OptionGroup var retention: RetentionOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: .changing)
        BuildReporting.say(
            try MapBuild(workspace).run(full: full, retain: retention.retain), options.output)
    }
}

/// How many old generations stay.
struct RetentionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many generations that were in use before to keep; those older are removed.", valueName: "n"))
    var retain = 1

    func validate() throws {
        if !(0...1000).contains(retain) { throw ValidationError("--retain takes a number from 0 to 1000") }
    }
}

/// What is said about a build, for `build` and `run`.
enum BuildReporting {
    static func say(_ report: MapBuildReport, _ output: Output, totals: String = "summary") {
        if report.isNew {
            output.line(
                "Published generation \(report.generation): \(report.tiles) tiles, \(report.dirty) made anew, "
                    + "\(report.changed) changed.")
        } else {
            output.line("Generation \(report.generation) is up to date: \(report.tiles) tiles, none changed.")
        }
        if report.framesBeyondEdge > 0 {
            output.line(
                "\(report.framesBeyondEdge) accepted frames lie beyond 85.0511 degrees, where no tile is.")
        }
        output.record(
            totals,
            [
                "generation": .string(report.generation), "tiles": .integer(report.tiles),
                "dirty": .integer(report.dirty), "changed": .integer(report.changed),
                "path": .string("published/generations/\(report.generation)"),
                "frames_beyond_edge": .integer(report.framesBeyondEdge),
            ])
    }
}
