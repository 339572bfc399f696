import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle rewards replay`.
struct RewardsReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Pay every past epoch once more, and show that nothing differs.",
        discussion: """
            Settles every published epoch again by its own ruleset, from its verdicts and inputs, and counts the places in \
            which its files say something else. 'waggle rewards verify' checks more (every line's form and order, frames \
            paid twice); this shows epoch by epoch what the rules give.

            EXAMPLES:
              waggle rewards replay
              waggle rewards replay --published /mnt/mirror/published --json

            EXIT STATUS: 0 nothing differs; 1 something does; 3 something that is needed is missing.
            """)

    @OptionGroup var published: PublishedOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let files = try EpochFiles.publishedChain(try published.root())
        var replay = ChainReplay(rulesets: files.rulesets)
        var rows: [[String]] = []
        var differences = 0
        var isIncomplete = false
        for epoch in files.chain {
            let replayed = try replay.compareNext(epoch)
            let manifest = replayed.manifest
            differences += replayed.count
            if replayed.differences.contains(where: { $0.code == .fileMissing }) { isIncomplete = true }
            rows.append([
                manifest.epoch.id, String(manifest.count(of: .verdicts)), String(manifest.count(of: .scores)),
                String(manifest.count(of: .awards)), Points.text(manifest.paid), String(replayed.count),
            ])
            for difference in replayed.differences { output.note("\(difference)") }
            var members = EpochReporting.members(manifest)
            members["differences"] = .integer(replayed.count)
            members["same_bytes"] = .bool(replayed.isOfSameBytes)
            output.record("epoch", members)
        }
        if rows.isEmpty {
            output.line("No epoch is published yet; see 'waggle epoch list'.")
        } else {
            output.table(["epoch", "frames", "passes", "awards", "paid", "differences"], rows)
        }
        output.summary(["epochs": .integer(rows.count), "differences": .integer(differences)])
        if isIncomplete { throw Failure.incomplete }
        if differences > 0 { throw Failure.mismatch }
    }
}
