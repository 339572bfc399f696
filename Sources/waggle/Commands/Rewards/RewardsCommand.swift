import ArgumentParser
import Canonical
import Geo
import Rewards
import Stages
import Store
import Workspace

/// `waggle rewards`: who earned what, why, and whether it is right.
struct RewardsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rewards",
        abstract: "Show, explain, verify and correct rewards.",
        discussion: """
            EXAMPLES:
              waggle rewards show 2026-W10
              waggle rewards explain ada --epoch 2026-W10
              waggle rewards verify
              waggle rewards prove ada --epoch 2026-W10 -o ada.tlog-proof
              waggle rewards estimate ada
              waggle rewards simulate --ruleset mine.json

            docs/manifest.md says how every number comes about.
            """,
        subcommands: [
            RewardsShowCommand.self, RewardsExplainCommand.self, RewardsVerifyCommand.self,
            RewardsProveCommand.self,
            RewardsCorrectCommand.self, RewardsCorrectionsCommand.self,
            RewardsEstimateCommand.self, RewardsSimulateCommand.self, RewardsReplayCommand.self,
            RewardsBindCommand.self, RewardsBindingsCommand.self, RewardsOperatorsCommand.self,
            RewardsExportCommand.self,
        ])
}

/// The closed epochs a command looks at.
struct ClosedEpochs {
    /// Their manifests, with the directories they lie in.
    let all: [(manifest: Manifest, path: String)]

    init(_ workspace: Workspace, only epoch: Epoch?) throws {
        let closed = try workspace.catalog.sealedEpochs().filter { $0.body != nil }.map(\.id)
        if let epoch, !closed.contains(epoch.id) { throw WorkspaceError.noSuchEpoch(epoch.id) }
        all = try closed.filter { epoch == nil || $0 == epoch?.id }.map {
            let path = "\(workspace.layout.epochs)/\($0)"
            return (try EpochFiles.manifest(in: path), path)
        }
    }

    /// Gives the awards in `path` to `body`.
    static func forEachAward(in path: String, _ body: (Award) throws -> Void) throws {
        try EpochFiles.forEach(
            .awards, in: path, { line throws(JSONError) in try Award(line: line) }, body)
    }
}

/// `waggle rewards show`.
struct RewardsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what every contributor earned, and where the budget went.",
        discussion: """
            EXAMPLES:
              waggle rewards show
              waggle rewards show 2025-W51 --json
            """)

    @Argument(help: "The epoch, as 2025-W51; without it, all closed ones.") var epoch: Epoch?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let epochs = try ClosedEpochs(try workspace.open(for: .reading), only: epoch).all
        for (manifest, path) in epochs {
            output.line("Epoch \(manifest.epoch), manifest \(manifest.contentHash.hex)")
            output.table(
                ["  pool", "amount", "awarded", "unallocated", "why"],
                manifest.pools.map { pool in
                    [
                        "  " + pool.name, Points.text(pool.amount), Points.text(pool.awarded),
                        Points.text(pool.unallocated), pool.reason?.rawValue ?? "",
                    ]
                })
            for pool in manifest.pools { output.record("pool", members(pool, manifest)) }
            var rows: [[String]] = []
            try ClosedEpochs.forEachAward(in: path) { award in
                rows.append(award.row)
                output.record("award", award.members(of: manifest.epoch))
            }
            output.table(Award.heading, rows)
            let concentration = manifest.concentration
            output.line(
                "  of what is paid, \(Share.text(concentration.top1)) goes to one, \(Share.text(concentration.top10)) to ten; Gini "
                    + "\(Share.text(concentration.gini))")
        }
        if epochs.isEmpty { output.line("No epoch is closed yet; see 'waggle epoch list'.") }
        output.summary([
            "epochs": .array(epochs.map { .string($0.manifest.epoch.id) }),
            "paid": .amount(epochs.reduce(0 as UInt128) { $0 + UInt128($1.manifest.paid) }),
        ])
    }

    private func members(_ pool: Pool, _ manifest: Manifest) -> [String: CanonicalJSON] {
        [
            "epoch": .string(manifest.epoch.id), "pool": .string(pool.name), "amount": .amount(pool.amount),
            "awarded": .amount(pool.awarded), "unallocated": .amount(pool.unallocated),
            "reason": pool.reason.map { .string($0.rawValue) } ?? .null,
        ]
    }
}

/// Shares as people read them.
enum Share {
    /// Millionths as percent with one decimal, rounded down: `12.5 %`.
    static func text(_ millionths: Int64) -> String {
        "\(millionths / 10_000).\(millionths / 1000 % 10) %"
    }
}
