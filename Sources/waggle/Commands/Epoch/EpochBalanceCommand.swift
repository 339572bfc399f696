import ArgumentParser
import Canonical
import Rewards
import Stages
import Workspace

/// `waggle epoch balance`.
struct EpochBalanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance",
        abstract: "Show that no frame is lost: frames in = accepted + duplicate + rejected by reason.",
        discussion: """
            Sums up every frame that came in, in every drive, for every contributor and epoch and for what no epoch counts \
            yet, once from the catalog and once from what is published, and holds both against each other, and against the sums \
            in inputs.jsonl, explain.jsonl, awards.jsonl and the manifest. With an epoch, that one alone.

            EXAMPLES:
              waggle epoch balance
              waggle epoch balance 2026-W10 --drives
              waggle epoch balance --json

            EXIT STATUS: 0 everything adds up; 4 something does not.
            """)

    @Argument(
        help: ArgumentHelp(
            "The epoch, as 2025-W51; without it, all, and the frames of none.", valueName: "epoch"))
    var epoch: Epoch?

    @Flag(help: "Show every drive as well.") var drives = false

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let balance = try EpochBalance(try workspace.open(for: .reading), only: epoch)
        var total = FrameBalance()
        for entry in balance.entries {
            total += entry.sheet.total
            let name = entry.epoch ?? "no epoch yet"
            output.line("\(name): \(entry.sheet.total)")
            output.record("balance", members(entry.sheet.total, entry.epoch))
            say(entry.sheet.contributors, "contributor", entry.epoch, output)
            if drives || output.isJSON { say(entry.sheet.drives, "drive", entry.epoch, output) }
        }
        for finding in balance.findings {
            output.note(
                "\(finding.code) in \(finding.epoch ?? "all"): \(finding.account ?? "all"): \(finding.detail)"
            )
            output.record(
                "finding",
                [
                    "code": .string(finding.code), "epoch": finding.epoch.map { .string($0) } ?? .null,
                    "account": finding.account.map { .string($0) } ?? .null,
                    "detail": .string(finding.detail),
                ])
        }
        output.line(
            balance.findings.isEmpty
                ? "\(total.frames) frames in, all accounted for." : "\(balance.findings.count) findings.")
        var summary = members(total, nil)
        summary["epoch"] = nil
        summary["findings"] = .integer(balance.findings.count)
        output.summary(summary)
        if !balance.findings.isEmpty { throw Failure.damage }
    }

    private func say(_ lines: [BalanceSheet.Line], _ kind: String, _ epoch: String?, _ output: Output) {
        if lines.isEmpty { return }
        output.table(
            ["  \(kind)", "frames", "accepted", "duplicate", "rejected", "reasons"],
            lines.map { line in
                let verdicts = line.balance.verdicts
                return [
                    "  " + line.account, String(line.balance.frames), String(verdicts.accepted),
                    String(verdicts.duplicate), String(verdicts.rejected),
                    reasons(line.balance).map { "\($0.count) \($0.rule)" }.joined(separator: ", "),
                ]
            })
        for line in lines {
            var record = members(line.balance, epoch)
            record[kind] = .string(line.account)
            output.record("balance", record)
        }
    }

    private func members(_ balance: FrameBalance, _ epoch: String?) -> [String: CanonicalJSON] {
        [
            "epoch": epoch.map { .string($0) } ?? .null, "frames": .integer(balance.frames),
            "accepted": .integer(balance.verdicts.accepted),
            "duplicate": .integer(balance.verdicts.duplicate),
            "rejected": .integer(balance.verdicts.rejected),
            "reasons": .object(
                Dictionary(uniqueKeysWithValues: reasons(balance).map { ($0.rule, .integer($0.count)) })),
        ]
    }

    private func reasons(_ balance: FrameBalance) -> [(rule: String, count: Int64)] {
        balance.reasons.map { ($0.key.rawValue, $0.value) }.sorted { $0.rule < $1.rule }
    }
}
