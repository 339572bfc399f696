import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle rewards simulate`.
struct RewardsSimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Show who would gain and who would lose by another ruleset.",
        discussion: """
            Pays published epochs once more, by the parts 'score', 'trust' and 'reward' of another ruleset and by what its \
            'plausibility' says flags cost in trust. The verdicts stay as they are published: accepted frames, their \
            qualities and cells, and which epoch counts them. Needs nothing but the directory 'published', and \
            writes nothing.

            Before the first epoch of --epochs everything is as it was; from there on the new ruleset decides what is \
            fresh, trusted, owed and paid.

            EXAMPLES:
              waggle ruleset show --file > mine.json       (then change a number)
              waggle rewards simulate --ruleset mine.json
              waggle rewards simulate --ruleset mine.json --epochs 2026-W10..2026-W12 --json
            """)

    @Option(help: ArgumentHelp("The other ruleset's file.", valueName: "file")) var ruleset: String
    @Option(
        help: ArgumentHelp(
            "The epochs it is in force, as 2026-W10..2026-W12 or 2026-W10; without it, all.",
            valueName: "range"))
    var epochs: EpochRange?

    @OptionGroup var published: PublishedOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let other = try RulesetFile.read(ruleset)
        let files = try EpochFiles.publishedChain(try published.root())
        var simulation = Simulation(other, in: epochs?.range, rulesets: files.rulesets)
        for epoch in files.chain { try simulation.append(epoch) }
        if simulation.epochs.isEmpty {
            output.line("No published epoch is in the range; see 'waggle epoch list'.")
        }
        sayEpochs(simulation, output)
        let outcomes = simulation.outcomes
        sayOutcomes(outcomes, output)
        let unused = Set(
            simulation.epochs.compactMap { files.rulesets[$0.published.ruleset] }.flatMap { bytes in
                (try? Ruleset(json: bytes)).map { other.numbersWithoutEffect(against: $0) } ?? []
            }
        ).sorted()
        if !unused.isEmpty {
            output.line(
                "Without effect here, because verdicts and epochs stay: \(unused.joined(separator: ", ")).")
        }
        output.summary([
            "ruleset": .string(other.contentHash.hex),
            "epochs": .array(simulation.epochs.map { .string($0.published.epoch.id) }),
            "gaining": .integer(outcomes.count { $0.difference > 0 }),
            "losing": .integer(outcomes.count { $0.difference < 0 }),
            "unchanged": .integer(outcomes.count { $0.difference == 0 }),
            "published": .amount(outcomes.reduce(0 as UInt128) { $0 + $1.published }),
            "simulated": .amount(outcomes.reduce(0 as UInt128) { $0 + $1.simulated }),
            "without_effect": .array(unused.map { .string($0) }),
        ])
    }

    private func sayEpochs(_ simulation: Simulation, _ output: Output) {
        var rows: [[String]] = []
        for epoch in simulation.epochs {
            for (label, manifest) in [("published", epoch.published), ("simulated", epoch.simulated)] {
                rows.append([
                    manifest.epoch.id, label, Points.text(manifest.budget), Points.text(manifest.paid),
                    Points.text(manifest.unallocated), Share.text(manifest.concentration.top1),
                    Share.text(manifest.concentration.top10), Share.text(manifest.concentration.gini),
                ])
            }
            output.record(
                "epoch",
                [
                    "epoch": .string(epoch.published.epoch.id), "published": members(epoch.published),
                    "simulated": members(epoch.simulated),
                ])
        }
        if rows.isEmpty { return }
        output.table(["epoch", "", "budget", "paid", "unallocated", "to one", "to ten", "Gini"], rows)
    }

    private func members(_ manifest: Manifest) -> CanonicalJSON {
        .object([
            "budget": .amount(manifest.budget), "paid": .amount(manifest.paid),
            "unallocated": .amount(manifest.unallocated), "recovered": .amount(manifest.recovered),
            "top1_ppm": .integer(manifest.concentration.top1),
            "top10_ppm": .integer(manifest.concentration.top10),
            "gini_ppm": .integer(manifest.concentration.gini),
        ])
    }

    private func sayOutcomes(_ outcomes: [Simulation.Outcome], _ output: Output) {
        if outcomes.isEmpty { return }
        output.table(
            ["contributor", "published", "simulated", "difference"],
            outcomes.map {
                [
                    $0.contributor, Points.text($0.published), Points.text($0.simulated),
                    Points.signed($0.difference),
                ]
            })
        for outcome in outcomes {
            output.record(
                "contributor",
                [
                    "contributor": .string(outcome.contributor), "published": .amount(outcome.published),
                    "simulated": .amount(outcome.simulated), "difference": .amount(outcome.difference),
                ])
        }
    }
}

/// The epochs from one to another, both included.
struct EpochRange: ExpressibleByArgument {
    let range: ClosedRange<Epoch>

    /// The range written as `2026-W10..2026-W12`, or the epoch `2026-W10` alone.
    init?(argument: String) {
        let ids = argument.split(separator: "..", omittingEmptySubsequences: false).map {
            Epoch(id: String($0))
        }
        guard (1...2).contains(ids.count), let first = ids[0], let last = ids[ids.count - 1], first <= last
        else {
            return nil
        }
        range = first...last
    }
}
