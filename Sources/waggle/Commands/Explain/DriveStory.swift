import Canonical
import Rewards
import Stages
import Store
import Workspace

/// What was read of a drive, and what was repaired of its trace.
struct DriveStory {
    private let workspace: Workspace
    private let output: Output

    init(_ workspace: Workspace, _ output: Output) {
        self.workspace = workspace
        self.output = output
    }

    func tell(_ drive: DriveView) throws {
        output.line(
            "Drive \(drive.name) of \(drive.contributor), from \(drive.source), read as \(drive.format); camera "
                + (drive.device ?? "unknown"))
        output.record("drive", DriveReporting.members(drive))
        let ruleset = workspace.rulesets.ruleset(at: drive.receivedAt)
        let parts = try workspace.catalog.trace(ofDrive: drive.name)
        output.line(
            "  trace: \(drive.fixes) fixes kept, \(drive.refused) were no time or place, \(drive.outliers) were removed "
                + "as no car can have been there; \(drive.parts) parts")
        for (number, part) in parts.enumerated() {
            guard let first = part.first, let last = part.last else { continue }
            if number > 0, let end = parts[number - 1].last {
                tellCut(from: end, to: first, ruleset.verify.maxSpeed)
            }
            output.line("    part \(number + 1): \(part.count) fixes, \(first.time) to \(last.time)")
            output.record(
                "part",
                [
                    "drive": .string(drive.name), "part": .integer(number + 1), "fixes": .integer(part.count),
                    "first_at": .integer(first.time.milliseconds),
                    "last_at": .integer(last.time.milliseconds),
                ])
        }
        for flag in drive.flags {
            let consequence =
                ruleset.plausibility.action(of: flag.rule) == .reject
                ? "so that all its frames are refused" : "which refuses no frame by itself"
            output.line("  flag: \(FlagText.of(flag)), \(consequence)")
        }
        for remark in drive.remarks { output.line("  said when it was read: \(remark)") }
    }

    private func tellCut(from end: TracePoint, to start: TracePoint, _ maxSpeed: Int64) {
        let jump = TraceSurroundings(of: end.time, on: [[end, start]])
        let limit = Quantity.text(maxSpeed, "mm/s")
        output.line(
            "    cut: the next fix is \(Quantity.text(jump.distance, "mm")) away, \(Quantity.text(jump.elapsed, "ms")) "
                + "later; no car is believed to go faster than \(limit), or what lay between was removed")
    }
}
