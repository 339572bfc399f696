import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle log verify`.
struct LogVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify the log, or a proof that was made of one.",
        discussion: """
            Reads every entry, computes all hashes anew, and holds tiles, checkpoint and all that is published beside the \
            log against them: manifests and their inputs, rulesets, corrections, and records that epochs are final. With --policy the signatures are verified, too: the policy is a file of lines 'log KEY', \
            'witness NAME KEY', 'group NAME all|any|NUMBER NAME...' and 'quorum NAME|none' (c2sp.org/tlog-policy); get \
            the keys by another way than the log. With --from the log must begin with what a checkpoint says that you \
            kept: that is how it is seen that something was taken back.

            With --proof a proof or a receipt is verified instead. That takes the policy and nothing else: no \
            workspace, no log, no network.

            EXAMPLES:
              waggle log verify
              waggle log verify --policy policy.txt --from checkpoint-of-last-week
              waggle log verify --policy policy.txt --published /mnt/mirror/published
              waggle log verify --policy policy.txt --proof award.tlog-proof

            EXIT STATUS: 0 everything is as it must be; 3 a file is missing; 4 something is not as it must be; 12 a signature \
            is missing or wrong; 64 the policy or the checkpoint that was kept is none.
            """)

    @Option(help: ArgumentHelp("Whose signatures count.", valueName: "file")) var policy: String?
    @Option(help: ArgumentHelp("A checkpoint that was kept.", valueName: "file")) var from: String?
    @Option(help: ArgumentHelp("A .tlog-proof file to verify instead of a log.", valueName: "file"))
    var proof: String?
    @OptionGroup var log: LogOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if proof != nil, policy == nil {
            throw ValidationError("--proof needs --policy: whose signatures count?")
        }
        if proof != nil, from != nil || log.published != nil {
            throw ValidationError("--proof is verified by itself, without a log")
        }
    }

    func run() throws {
        let policy = try policy.map(LogFiles.policy)
        if let proof, let policy { return try verify(proof, policy) }
        let output = options.output
        let seen = try from.map(LogFiles.kept)
        let report = try log.with(.reading) {
            try LogVerification.run(published: $0, policy: policy, seen: seen)
        }
        FindingReporting.say(report.findings, output)
        let entries = report.contents?.size ?? 0
        output.line(
            "\(entries) entries, \(report.manifests) manifests and \(report.notes) notes verified: "
                + (report.findings.isEmpty ? "all as it must be." : "\(report.findings.count) findings."))
        if let verified = report.verified {
            let seen = LogReporting.witnesses(verified.cosignatures)
            output.line(
                "The checkpoint is signed by \(verified.logs.map(\.name).joined(separator: ", "))"
                    + (seen.isEmpty ? "." : ", and cosigned by \(seen)."))
        } else if policy == nil {
            output.line("Signatures were not verified: that takes --policy.")
        }
        output.summary([
            "entries": .integer(entries), "manifests": .integer(report.manifests),
            "notes": .integer(report.notes),
            "findings": .integer(report.findings.count), "signatures_verified": .bool(report.verified != nil),
            "checkpoint": report.checkpoint.map { .object(LogReporting.members($0)) } ?? .null,
        ])
        if report.isIncomplete { throw Failure.incomplete }
        if report.hasBadSignature { throw Failure.badSignature }
        if !report.findings.isEmpty { throw Failure.damage }
    }

    /// Verifies a proof of an entry, or the receipt of an award.
    private func verify(_ path: String, _ policy: LogPolicy) throws {
        let proof = try LogProof(parsing: try StoredFile.read(path, maxBytes: LogProof.maxBytes))
        guard let extra = proof.extra else {
            throw LogError(
                .receiptForm, "the proof does not say of what it is: it has no extra data", at: path)
        }
        let verified: VerifiedCheckpoint
        let members: [String: CanonicalJSON]
        if extra.first == UInt8(ascii: "{") {
            let award = try AwardReceipt(proof).verify(policy: policy)
            verified = award.checkpoint
            let text = String(decoding: award.award, as: UTF8.self)
            options.output.line("The log has the manifest of \(award.epoch), and that has the award")
            options.output.line("  \(text)")
            members = ["epoch": .string(award.epoch.id), "award": .string(text), "entry": .null]
        } else {
            verified = try proof.verify(extra, policy: policy)
            let entry = try LogEntry(parsing: extra)
            options.output.line("The log has the entry \(proof.index):")
            options.output.line("  \(entry.kind.rawValue) \(entry.body.text)")
            members = [
                "entry": .object(LogReporting.members(entry, index: proof.index)), "award": .null,
                "epoch": entry.epoch.map { .string($0.id) } ?? .null,
            ]
        }
        let seen = LogReporting.witnesses(verified.cosignatures)
        options.output.line(
            "Log \(verified.checkpoint.origin), \(verified.checkpoint.size) entries"
                + (seen.isEmpty ? ", no witness asked for." : ", cosigned by \(seen)."))
        options.output.summary(
            members.merging([
                "index": .integer(proof.index),
                "checkpoint": .object(LogReporting.members(verified.checkpoint)),
                "witnesses": .array(verified.cosignatures.map { .string($0.key.name) }),
            ]) { $1 })
    }
}
