import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle rewards verify`.
struct RewardsVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute every closed epoch from its published files alone.",
        discussion: """
            Needs nothing but the directory 'published': no catalog, no images, no workspace. Checks the canonical \
            form, the chain of manifests, the rulesets, the roots of all files and the signatures, and computes every pass, \
            point and award anew.

            EXAMPLES:
              waggle rewards verify
              waggle rewards verify --published /mnt/mirror/published

            EXIT STATUS: 0 everything is as it must be; 1 something is not; 3 something is missing; 12 a signature is wrong.
            """)

    @Option(
        help: ArgumentHelp(
            "The directory 'published' to verify; without it, the workspace's.", valueName: "dir"))
    var published: String?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let root = try published ?? workspace.open(for: .reading).layout.published
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
        output.summary([
            "manifests": .integer(report.manifests), "frames": .integer(report.frames),
            "findings": .integer(report.findings.count),
        ])
        if report.isIncomplete { throw Failure.incomplete }
        if report.hasBadSignature { throw Failure.badSignature }
        if !report.isSound { throw Failure.mismatch }
    }
}
