import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle ruleset`: every number that decides about frames and rewards.
struct RulesetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ruleset",
        abstract: "Show, check, compare and adopt rulesets.",
        discussion: """
            A ruleset is one JSON file with every threshold, weight and cap from the first check of a time to the last \
            share of a reward. It is named by the SHA-256 of its canonical form, so whoever changes a number has another \
            ruleset. A workspace begins with one, chosen by 'waggle init --ruleset'; 'waggle ruleset adopt' makes another one \
            hold from a week to come on.

            EXAMPLES:
              waggle ruleset show
              waggle ruleset show --standard --json > numbers.jsonl
              waggle ruleset show --standard --file > mine.json
              waggle ruleset check mine.json
              waggle ruleset diff published/rulesets/4f0c...json mine.json
              waggle ruleset adopt mine.json --from 2026-W10
              waggle ruleset list
              waggle ruleset schema > ruleset.schema.json
            """,
        subcommands: [
            RulesetShowCommand.self, RulesetCheckCommand.self, RulesetDiffCommand.self,
            RulesetAdoptCommand.self, RulesetListCommand.self, RulesetSchemaCommand.self,
        ])
}

/// `waggle ruleset show`.
struct RulesetShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show every number of a ruleset with its range and what it means.",
        discussion:
            "Without a file, the workspace's that holds now, or in the week --epoch; with --standard, what a new workspace gets."
    )

    @Argument(help: "A ruleset's file.") var path: String?
    @Flag(help: "The standard ruleset.") var standard = false
    @Option(help: ArgumentHelp("The week whose ruleset to show, as 2026-W10.", valueName: "epoch")) var epoch:
        Epoch?
    @Flag(help: "Print the ruleset itself as canonical JSON, and nothing else.") var file = false

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if [standard, path != nil, epoch != nil].count(where: { $0 }) > 1 {
            throw ValidationError("give a file, --standard or --epoch, and only one of them")
        }
    }

    func run() throws {
        let ruleset = try ruleset()
        let output = options.output
        if file { return Output.write(ruleset.canonicalJSON.line, to: 1) }
        output.line("Ruleset \(ruleset.contentHash.hex)")
        output.table(
            ["number", "value", "range", "meaning"],
            Ruleset.fields.map {
                [$0.path, ruleset.value(of: $0) ?? "", $0.range, $0.meaning]
            })
        for field in Ruleset.fields { output.record("number", field.members(ruleset.value(of: field))) }
        output.summary([
            "ruleset": .string(ruleset.contentHash.hex), "numbers": .integer(Ruleset.fields.count),
        ])
    }

    private func ruleset() throws -> Ruleset {
        if standard { return .standard }
        if let path { return try RulesetFile.read(path) }
        let rulesets = try workspace.open(for: .reading).rulesets
        return rulesets.ruleset(in: epoch ?? Epoch(containing: asOf.time))
    }
}

/// `waggle ruleset check`.
struct RulesetCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say whether a file is a ruleset, and what is wrong with it.",
        discussion: "EXIT STATUS: 0 it is one; 1 it is not, and the path of the number says why.")

    @Argument(help: "A ruleset's file.") var path: String

    @OptionGroup var options: OutputOptions

    func run() throws {
        let ruleset = try RulesetFile.read(path)
        let changed = Ruleset.fields.filter { ruleset.value(of: $0) != Ruleset.standard.value(of: $0) }
        options.output.line("\(path) is ruleset \(ruleset.contentHash.hex).")
        options.output.line(
            changed.isEmpty
                ? "It is the standard one."
                : "\(changed.count) of its \(Ruleset.fields.count) numbers differ from the standard: "
                    + changed.map(\.path).joined(separator: ", "))
        options.output.summary([
            "ruleset": .string(ruleset.contentHash.hex), "changed": .array(changed.map { .string($0.path) }),
        ])
    }
}

/// `waggle ruleset diff`.
struct RulesetDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show the numbers in which two rulesets differ.",
        discussion: "EXIT STATUS: 0 they are the same; 1 they differ, or one cannot be read.")

    @Argument(help: "A ruleset's file.") var old: String
    @Argument(help: "Another one.") var new: String

    @OptionGroup var options: OutputOptions

    func run() throws {
        let (before, after) = (try RulesetFile.read(old), try RulesetFile.read(new))
        let changed = Ruleset.fields.filter { before.value(of: $0) != after.value(of: $0) }
        let output = options.output
        if changed.isEmpty {
            output.line("Both are ruleset \(before.contentHash.hex).")
        } else {
            output.line("- \(before.contentHash.hex)  \(old)")
            output.line("+ \(after.contentHash.hex)  \(new)")
            output.table(
                ["number", "old", "new", "meaning"],
                changed.map {
                    [$0.path, before.value(of: $0) ?? "", after.value(of: $0) ?? "", $0.meaning]
                })
        }
        for field in changed {
            output.record(
                "difference",
                [
                    "number": .string(field.path),
                    "old": before.value(of: field).map { .string($0) } ?? .null,
                    "new": after.value(of: field).map { .string($0) } ?? .null,
                    "meaning": .string(field.meaning),
                ])
        }
        output.summary([
            "old": .string(before.contentHash.hex), "new": .string(after.contentHash.hex),
            "differences": .integer(changed.count),
        ])
        if !changed.isEmpty { throw ExitCode.failure }
    }
}

/// `waggle ruleset schema`.
struct RulesetSchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON schema of rulesets (docs/ruleset.schema.json).")

    func run() throws { Output.write(Ruleset.schema.line, to: 1) }
}

/// Files with rulesets.
enum RulesetFile {
    /// The ruleset in the file `path`.
    static func read(_ path: String) throws -> Ruleset {
        let bytes = try StoredFile.read(path, maxBytes: 1 << 20)
        do { return try Ruleset(json: bytes) } catch {
            throw RulesetFault(
                description:
                    "\(path), \(error.place): \(error.reason); 'waggle ruleset show --standard' lists what "
                    + "every number may be")
        }
    }
}

/// Why a file is no ruleset.
struct RulesetFault: Error, CustomStringConvertible {
    let description: String
}

extension RulesetField {
    /// What it may be, in words.
    fileprivate var range: String {
        switch kind {
        case .integer(let range): "\(range.lowerBound)...\(range.upperBound)"
        case .ramp(let range): "zero and full in \(range.lowerBound)...\(range.upperBound)"
        case .pairs(let x, let y, let counts):
            "\(counts.lowerBound)...\(counts.upperBound) pairs of \(x.lowerBound)...\(x.upperBound) and "
                + "\(y.lowerBound)...\(y.upperBound)"
        case .amount: "0...\(UInt64.max)"
        case .text: "1...100 characters"
        }
    }

    fileprivate func members(_ value: String?) -> [String: CanonicalJSON] {
        [
            "number": .string(path), "value": value.map { .string($0) } ?? .null, "range": .string(range),
            "meaning": .string(meaning),
        ]
    }
}
