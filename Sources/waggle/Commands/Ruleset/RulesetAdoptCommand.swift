import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle ruleset adopt`.
struct RulesetAdoptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Make another ruleset hold from a week to come on.",
        discussion: """
            A ruleset holds for whole weeks and is adopted before the first of them begins, so that everybody can know what \
            a drive is worth before driving. What was received before is judged by the rules of its week, and what was driven \
            before is worth what it was worth then, also where it is uploaded later. Every manifest lists all rulesets \
            adopted before its seal (docs/manifest.md, 2.1); none can be withdrawn, but another one can follow.

            What compares frames and drives of different weeks must stay the same: the parts 'deduplicate' and \
            'collisions', and the precision of cells.

            EXAMPLES:
              waggle ruleset show --file > next.json                 (then change a number)
              waggle ruleset diff published/rulesets/4f0c...json next.json
              waggle rewards simulate --ruleset next.json
              waggle ruleset adopt next.json --from 2026-W10

            EXIT STATUS: 0 adopted; 1 it cannot be, and why; 64 a usage error.
            """)

    @Argument(help: "The ruleset's file.") var path: String
    @Option(help: ArgumentHelp("The first week it is to hold in, as 2026-W10.", valueName: "epoch")) var from:
        Epoch
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let ruleset = try RulesetFile.read(path)
        let workspace = try workspace.open(for: .changing)
        let before = workspace.rulesets.ruleset(in: from)
        _ = try RulesetAdopting(workspace, asOf: asOf.time).adopt(ruleset, from: from)
        let changed = Ruleset.fields.filter { ruleset.value(of: $0) != before.value(of: $0) }
        let output = options.output
        output.line(
            "From \(from) on (\(from.start)) ruleset \(ruleset.contentHash.hex) holds. It differs in "
                + "\(changed.count) number\(changed.count == 1 ? "" : "s") from the one before:")
        output.table(
            ["number", "before", "from \(from) on"],
            changed.map { [$0.path, before.value(of: $0) ?? "", ruleset.value(of: $0) ?? ""] })
        output.summary([
            "ruleset": .string(ruleset.contentHash.hex), "from": .string(from.id),
            "adopted_at": .integer(asOf.time.milliseconds),
            "changed": .array(changed.map { .string($0.path) }),
        ])
    }
}

/// `waggle ruleset list`.
struct RulesetListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List which ruleset of the workspace holds when.")

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let schedule = try workspace.open(for: .reading).rulesets
        let output = options.output
        output.table(
            ["from", "adopted at", "ruleset"],
            schedule.published.map {
                [
                    $0.from?.id ?? "the beginning", $0.adoptedAt?.description ?? "with the workspace",
                    $0.ruleset.hex,
                ]
            })
        for adoption in schedule.published {
            output.record(
                "ruleset",
                [
                    "from": adoption.from.map { .string($0.id) } ?? .null,
                    "adopted_at": adoption.adoptedAt.map { .integer($0.milliseconds) } ?? .null,
                    "ruleset": .string(adoption.ruleset.hex),
                ])
        }
        output.summary(["rulesets": .integer(schedule.all.count)])
    }
}
