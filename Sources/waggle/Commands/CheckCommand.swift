import ArgumentParser
import Canonical
import Workspace

/// `waggle check`: every invariant of the store.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check every invariant of the workspace; fails on any finding.",
        discussion: """
            Checks the catalog, that every frame has its verdict, that exactly the frames are withdrawn that takedowns \
            name and no copy of them is left, that the tiles count exactly the accepted frames that are not withdrawn at \
            every zoom, that every tile is the one recorded, that every epoch can be recomputed, and that the log says \
            exactly what is published. With --read-data the kept frames are read and hashed as well: all of them, or \
            with --percent a share. Changes nothing, and can go on beside a run.

            EXAMPLES:
              waggle check
              waggle check --read-data --percent 5

            EXIT STATUS: 0 sound; 4 damage found.
            """)

    @Flag(name: .customLong("read-data"), help: "Read and hash the kept frames as well.")
    var readsData = false

    @Option(
        help: ArgumentHelp(
            "With --read-data: which share of the kept frames; without it, all.", valueName: "percent"))
    var percent: Int?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard let percent else { return }
        if !(1...100).contains(percent) { throw ValidationError("--percent takes a number from 1 to 100") }
        if !readsData { throw ValidationError("--percent needs --read-data") }
    }

    func run() throws {
        let output = options.output
        let report = try WorkspaceCheck.run(
            try workspace.open(for: .reading), dataPercent: readsData ? percent ?? 100 : 0)
        FindingReporting.say(report.findings, output)
        let looked = report.checked.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
        output.line(
            "Checked \(looked): "
                + (report.findings.isEmpty ? "sound." : "\(report.findings.count) findings."))
        var members: [String: CanonicalJSON] = ["findings": .integer(report.findings.count)]
        for (name, count) in report.checked { members[name.replacing(" ", with: "_")] = .integer(count) }
        output.summary(members)
        if !report.findings.isEmpty { throw Failure.damage }
    }
}

/// What is said about findings.
enum FindingReporting {
    static func say(_ findings: [CheckFinding], _ output: Output) {
        for finding in findings {
            output.note("\(finding.code): \(finding.place): \(finding.detail)")
            output.record(
                "finding",
                [
                    "code": .string(finding.code), "place": .string(finding.place),
                    "detail": .string(finding.detail),
                ])
        }
    }
}
