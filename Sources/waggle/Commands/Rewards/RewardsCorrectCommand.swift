import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle rewards correct`.
struct RewardsCorrectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "Record that an award of a closed epoch was wrong.",
        discussion: """
            The epoch stays as it is. What is missing is paid from the reserve of the epochs that are closed next; what was \
            too much is kept back from what the contributor earns then, at most the ruleset's share of it at a time. The \
            record is signed, published with the epoch that is closed next, and can never be deleted.

            EXAMPLES:
              waggle rewards correct ada --epoch 2026-W10 --add 12.5 --reason missing_input --evidence case-7.pdf \\
                --by ops --key operator.pem
              waggle rewards correct bob --epoch 2026-W10 --take 3 --reason double_pay --evidence case-8.pdf \\
                --by ops --key operator.pem
            """)

    @Argument(help: "The contributor.") var contributor: String
    @Option(help: "The epoch whose award was wrong, as 2025-W51.") var epoch: Epoch
    @Option(help: ArgumentHelp("Points that are missing, with up to six decimals.", valueName: "points"))
    var add: String?
    @Option(help: ArgumentHelp("Points that were too much.", valueName: "points")) var take: String?
    @Option(help: "Why.") var reason: Correction.Reason
    @Option(
        help: ArgumentHelp("The document that shows it. Its SHA-256 is published.", valueName: "file"))
    var evidence: String
    @Option(help: ArgumentHelp("Who decided, up to 100 bytes. Is published.", valueName: "who")) var by:
        String
    @Option(help: ArgumentHelp("More in words, up to 1000 bytes. Is published.", valueName: "text"))
    var note: String?
    @Option(
        help: ArgumentHelp(
            "The operator's private key, a PEM file as 'waggle bundle key' makes it.", valueName: "file"))
    var key: String

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if (add == nil) == (take == nil) { throw ValidationError("say either --add or --take") }
    }

    func run() throws {
        guard let text = add ?? take, let micro = Points.micro(text), micro > 0,
            micro <= UInt64(Correction.Statement.maxDelta)
        else {
            throw ValidationError(
                "'\(add ?? take ?? "")' is no amount: give points with up to six decimals, above 0 and below 2^53 millionths"
            )
        }
        let delta = Int64(clamping: micro)
        let statement = try Correction.Statement(
            contributor: contributor, epoch: epoch, delta: add == nil ? -delta : delta, reason: reason,
            evidence: .of(try StoredFile.read(evidence, maxBytes: 1 << 28)), note: note, by: by, at: asOf.time
        )
        let correction = try Correction(statement, signedWith: try KeyFiles.signingKey(key))
        let workspace = try workspace.open(for: .changing)
        guard try workspace.catalog.hasAward(of: contributor, in: epoch) else {
            throw ValidationError(
                "no award of '\(contributor)' in \(epoch): 'waggle rewards show \(epoch)' lists those there are"
            )
        }
        let isNew = try workspace.catalog.record(correction)
        let output = options.output
        output.line(
            isNew
                ? "Correction \(correction.id): \(CorrectionReporting.points(delta: statement.delta)) points for \(contributor), published with the epoch that is closed next."
                : "Correction \(correction.id) was recorded before; nothing has changed.")
        output.summary(
            CorrectionReporting.members(correction).merging(["new": .bool(isNew)]) { $1 })
    }
}

/// `waggle rewards corrections`.
struct RewardsCorrectionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corrections", abstract: "List all corrections, the earliest first.")

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let all = try workspace.open(for: .reading).catalog.corrections()
        if all.isEmpty {
            output.line("Nothing was corrected.")
        } else {
            output.table(
                [
                    "correction", "at", "contributor", "epoch", "points", "reason", "by", "published by",
                    "note",
                ],
                all.map { entry in
                    let statement = entry.correction.statement
                    return [
                        entry.correction.id, statement.at.description, statement.contributor,
                        statement.epoch.id, CorrectionReporting.points(delta: statement.delta),
                        statement.reason.rawValue, statement.by, entry.epoch ?? "the next epoch",
                        statement.note ?? "",
                    ]
                })
        }
        for entry in all {
            output.record(
                "correction",
                CorrectionReporting.members(entry.correction).merging([
                    "published_by": entry.epoch.map { .string($0) } ?? .null
                ]) { $1 })
        }
        output.summary(["corrections": .integer(all.count)])
    }
}

/// What is said about a correction.
enum CorrectionReporting {
    static func points(delta: Int64) -> String { (delta < 0 ? "-" : "+") + Points.text(delta.magnitude) }

    static func members(_ correction: Correction) -> [String: CanonicalJSON] {
        let statement = correction.statement
        return [
            "correction": .string(correction.id), "contributor": .string(statement.contributor),
            "epoch": .string(statement.epoch.id), "delta": .amount(statement.delta),
            "reason": .string(statement.reason.rawValue), "evidence": .string(statement.evidence.hex),
            "by": .string(statement.by), "at": .integer(statement.at.milliseconds),
            "key": .string(correction.key.hex), "note": statement.note.map { .string($0) } ?? .null,
        ]
    }
}

extension Correction.Reason: ExpressibleByArgument {}
