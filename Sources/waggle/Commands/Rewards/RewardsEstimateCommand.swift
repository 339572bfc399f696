import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle rewards estimate`.
struct RewardsEstimateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "estimate",
        abstract: "Show what the open epoch would pay if nothing more came.",
        discussion: """
            Scores the frames that no epoch counts yet as if the earliest open epoch were sealed with what was received \
            before --as-of. Nothing is written. It is an estimate and no promise; the epoch itself pays less or more,

              because others drive too: the budget is shared, and a cell is paid about in full only a few times
              because uploads may arrive until the week and the ruleset's grace are over, with earlier copies of a picture
              because of takedowns, bounties and corrections made by then

            If nothing more comes, the epoch pays exactly this.

            EXAMPLES:
              waggle rewards estimate
              waggle rewards estimate ada
              waggle rewards estimate ada --as-of 2026-03-10T12:00:00Z --json
            """)

    @Argument(help: "The contributor; without it, all.") var contributor: String?

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        guard let estimate = try EpochEstimate.make(try workspace.open(for: .reading), asOf: asOf.time) else {
            output.line("No frame waits to be counted; nothing to estimate.")
            return output.summary(["epoch": .null])
        }
        let manifest = estimate.manifest
        let awards = estimate.awards.filter { isWanted($0.contributor) }
        output.line(
            "Estimate of \(manifest.epoch) from \(manifest.count(of: .verdicts)) frames; "
                + (estimate.deadline <= asOf.time
                    ? "it is due." : "uploads may arrive until \(estimate.deadline), and it is \(asOf.time).")
        )
        output.table(Award.heading, awards.map(\.row))
        for award in awards { output.record("award", award.members(of: manifest.epoch)) }
        if let contributor {
            if awards.isEmpty { output.line("No frame of '\(contributor)' would be counted.") }
            for device in estimate.devices where isWanted(device.contributor) {
                output.line("  \(device.text)")
                if let reasons = device.reasonsText { output.line("    not accepted: \(reasons)") }
            }
        }
        output.line(
            "All together: \(Points.text(manifest.paid)) paid, \(Points.text(manifest.unallocated)) unallocated. An estimate, no "
                + "promise: late uploads, others' work and takedowns change it.")
        sayUnknown(estimate, output)
        output.summary([
            "epoch": .string(manifest.epoch.id), "deadline": .integer(estimate.deadline.milliseconds),
            "frames": .integer(manifest.count(of: .verdicts)),
            "contributors": .integer(estimate.awards.count),
            "budget": .amount(manifest.budget), "paid": .amount(manifest.paid),
            "unallocated": .amount(manifest.unallocated), "recovered": .amount(manifest.recovered),
            "pending_uploads": .integer(estimate.pendingUploads),
            "pending_frames": .integer(estimate.pendingFrames),
            "later_frames": .integer(estimate.laterFrames),
        ])
    }

    private func isWanted(_ other: String) -> Bool { contributor?.utf8.elementsEqual(other.utf8) ?? true }

    private func sayUnknown(_ estimate: EpochEstimate, _ output: Output) {
        if estimate.pendingUploads > 0 {
            output.line("Not in it: \(estimate.pendingUploads) uploads that wait unread in the inbox.")
        }
        if estimate.pendingFrames > 0 {
            output.line(
                "Some of it may be duplicates: \(estimate.pendingFrames) frames were not compared yet.")
        }
        if estimate.laterFrames > 0 {
            output.line("Not in it: \(estimate.laterFrames) frames that a later epoch will count.")
        }
    }
}
