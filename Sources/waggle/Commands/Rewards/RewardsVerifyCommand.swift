import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle rewards verify`.
struct RewardsVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute every closed epoch from its published files alone.",
        discussion: """
            Needs nothing but the directory 'published': no catalog, no images, no workspace. Checks the canonical \
            form, the chain of manifests, the rulesets, the roots of all files and the signatures, and computes every pass, \
            point and award anew. Where a log is published it is read from its first entry to its last, what it says must be \
            published, and what is published must be in it; where claims are, each is made anew. With --policy the log's signatures must be those of keys you \
            trust, with --from it must go on from a checkpoint you kept.

            With --sample, which needs the workspace as well, a share of the accepted frames is read from the kept copies and \
            measured again: hashes, qualities, pictures, cells, and the commitments to places where the workspace has a \
            secret. Which frames follows from the last manifest's hash, so that nobody can choose; with --seed from a text \
            that, for example, an auditor gives.

            EXAMPLES:
              waggle rewards verify
              waggle rewards verify --published /mnt/mirror/published
              waggle rewards verify --policy policy.txt --from checkpoint-of-last-month
              waggle rewards verify --sample 5
              waggle rewards verify --sample 20 --seed "dice of 2026-03-21: 4 1 6 6 2"

            EXIT STATUS: 0 everything is as it must be; 1 something is not; 3 something is missing, or no frame of the \
            sample could be compared; 12 a signature is wrong; 64 the policy or the checkpoint that was kept is none.
            """)

    @Option(
        help: ArgumentHelp(
            "Measure so many percent of the accepted frames again, from the kept copies.",
            valueName: "percent"))
    var sample: Int?

    @Option(
        help: ArgumentHelp(
            "With --sample: what the choice of frames follows from; without it, the last manifest's hash.",
            valueName: "text"))
    var seed: String?

    @Option(
        help: ArgumentHelp(
            "Whose signatures of the log count; see 'waggle log verify --help'.", valueName: "file"))
    var policy: String?

    @Option(help: ArgumentHelp("A checkpoint of the log that was kept.", valueName: "file")) var from: String?

    @Option(
        name: .customLong("operator"),
        help: ArgumentHelp(
            "The operator's first public key for payout addresses, a PEM file: claims must rest on it.",
            valueName: "file"))
    var payoutOperator: String?

    @OptionGroup var published: PublishedOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if let sample, !(1...100).contains(sample) {
            throw ValidationError("--sample takes a number from 1 to 100")
        }
        if seed != nil, sample == nil { throw ValidationError("--seed needs --sample") }
    }

    func run() throws {
        let output = options.output
        let trust = try VerificationTrust(policy: policy, kept: from, payoutOperator: payoutOperator)
        let root = try published.root()
        let files = try EpochFiles.publishedChain(root)
        let report = try ManifestVerifier.verify(chain: files.chain, rulesets: files.rulesets)
        for finding in report.findings {
            output.note("\(finding)")
            output.record(
                "finding",
                [
                    "code": .string(finding.code.rawValue), "epoch": .string(finding.epoch),
                    "detail": .string(finding.detail),
                    "expected": finding.expected.map { .string($0) } ?? .null,
                    "found": finding.found.map { .string($0) } ?? .null,
                ])
        }
        output.line(
            report.isSound
                ? "\(report.manifests) manifests and \(report.frames) frames recomputed: all as published."
                : "\(report.findings.count) findings in \(report.manifests) manifests.")
        let rest = try LogAndClaims(root, trust, output)
        var members: [String: CanonicalJSON] = [
            "manifests": .integer(report.manifests), "frames": .integer(report.frames),
            "findings": .integer(report.findings.count + rest.findings),
            "log_entries": .integer(rest.entries),
            "claim_files": .integer(rest.claims),
        ]
        let sampled = try measureSample(of: root, output)
        if let sampled { members["sample"] = SampleReporting.members(sampled.report, sampled.sample) }
        output.summary(members)
        if report.isIncomplete || rest.isIncomplete { throw Failure.incomplete }
        if report.hasBadSignature || rest.hasBadSignature { throw Failure.badSignature }
        if !report.isSound || rest.findings > 0 { throw Failure.mismatch }
        guard let found = sampled?.report else { return }
        if found.differing > 0 { throw Failure.mismatch }
        if found.isIncomplete { throw Failure.incomplete }
    }

    /// What `--sample` asks for; nil without it, and where nothing is published.
    private func measureSample(
        of root: String, _ output: Output
    ) throws -> (sample: FrameSample, report: SampleReport)? {
        guard let percent = sample, let seed = try seed ?? SampleAudit.seed(ofPublished: root),
            let sample = FrameSample(percent: percent, seed: seed)
        else { return nil }
        let workspace = try published.workspace.open(for: .reading)
        let report = try SampleAudit.run(sample, of: workspace, published: root)
        SampleReporting.say(report, sample, output)
        return (sample, report)
    }
}
