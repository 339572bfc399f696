import Rewards
import Store
import Workspace

/// Whom somebody who verifies trusts. Read before anything is verified: a file that is none is no finding.
struct VerificationTrust {
    let policy: LogPolicy?
    let kept: SignedNote?
    let payouts: PayoutTrust

    /// What the files of these names say.
    init(policy: String?, kept: String?, payoutOperator: String?) throws {
        self.policy = try policy.map(LogFiles.policy)
        self.kept = try kept.map(LogFiles.kept)
        payouts = try payoutOperator.map { .root(try KeyFiles.verifyingKey($0)) } ?? .anybody
    }

    /// Whether the log is asked for, and must be there.
    var asksForLog: Bool { policy != nil || kept != nil }
}

/// The log and the claims below a directory `published`, verified as far as they are there.
struct LogAndClaims {
    /// How many entries the log has.
    private(set) var entries: UInt64 = 0
    /// How many files of claims there are.
    let claims: Int
    /// How many findings were told.
    private(set) var findings = 0
    /// Whether a signature is missing or wrong.
    private(set) var hasBadSignature = false
    /// Whether a file is missing.
    private(set) var isIncomplete = false

    /// Verifies what is below `root`, and tells what it finds.
    init(_ root: String, _ trust: VerificationTrust, _ output: Output) throws {
        if trust.asksForLog || LogVerification.isLog(in: root) {
            let log = try LogVerification.run(published: root, policy: trust.policy, seen: trust.kept)
            FindingReporting.say(log.findings, output)
            (entries, findings) = (log.contents?.size ?? 0, log.findings.count)
            (hasBadSignature, isIncomplete) = (log.hasBadSignature, log.isIncomplete)
            output.line(
                "\(entries) entries of the log, \(log.notes) signed manifests: \(Self.text(log.findings.count))"
            )
        }
        let payouts = try ClaimVerification.verifyAll(PublishedPayouts(root, trusting: trust.payouts))
        FindingReporting.say(payouts.findings, output)
        claims = payouts.files
        if payouts.files > 0 || !payouts.findings.isEmpty {
            output.line("\(payouts.files) claim files made anew: \(Self.text(payouts.findings.count))")
        }
        findings += payouts.findings.count
        if payouts.hasBadSignature { hasBadSignature = true }
    }

    private static func text(_ findings: Int) -> String {
        findings == 0 ? "all as it must be." : "\(findings) findings."
    }
}
