/// Something about published files that is not as it must be.
public struct ManifestFinding: Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public let code: Code
    /// The epoch's id as the manifest gives it; `manifest N` (from 1) where it gives none.
    public let epoch: String
    /// Where and what, in words.
    public let detail: String
    /// What should be there, where that can be said.
    public let expected: String?
    /// What is there.
    public let found: String?

    /// Code, epoch, detail, and what was expected and found, in one line.
    public var description: String {
        var text = "\(code.rawValue) in \(epoch): \(detail)"
        if let expected { text += "; expected \(expected)" }
        if let found { text += "; found \(found)" }
        return text
    }

    /// What can be wrong. The raw values are published and stable.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The manifest is no JSON, or lacks what is needed to recompute it.
        case manifestUnreadable = "manifest_unreadable"
        /// The manifest's bytes are not the canonical form of what they say.
        case manifestNotCanonical = "manifest_not_canonical"
        /// The manifest is of another format.
        case formatUnknown = "format_unknown"
        /// The manifest does not name the one before it.
        case previousWrong = "previous_wrong"
        /// The epoch is not later than the one before it.
        case epochOrder = "epoch_order"
        /// The epoch was sealed within its grace, or before the one before it.
        case sealedTooEarly = "sealed_too_early"
        /// The ruleset named by the manifest was not given.
        case rulesetMissing = "ruleset_missing"
        /// The ruleset's bytes have another hash than their name says.
        case rulesetHashWrong = "ruleset_hash_wrong"
        /// The ruleset is no ruleset, or not in canonical form.
        case rulesetUnreadable = "ruleset_unreadable"
        /// The schedule of rulesets is not one, does not go on from the one before, or names another one for the epoch.
        case rulesetsWrong = "rulesets_wrong"
        /// A file is not there.
        case fileMissing = "file_missing"
        /// The inputs are not canonical lines in order.
        case inputsUnreadable = "inputs_unreadable"
        /// The verdicts are not canonical lines in order.
        case verdictsUnreadable = "verdicts_unreadable"
        /// The corrections are not canonical lines.
        case correctionsUnreadable = "corrections_unreadable"
        /// A frame occurs twice in an epoch or in two epochs.
        case frameTwice = "frame_twice"
        /// A frame belongs to a later epoch, or arrived after the seal.
        case frameOutsideEpoch = "frame_outside_epoch"
        /// A frame's drive is not among the inputs, or is another there; or a drive has no frames.
        case driveWrong = "drive_wrong"
        /// A cell has another precision than the ruleset's.
        case cellPrecision = "cell_precision"
        /// The window is not that of the epoch.
        case windowWrong = "window_wrong"
        /// The seed is not that of the epoch.
        case seedWrong = "seed_wrong"
        /// Inputs, or their count or root, are not what follows from the verdicts and what was before.
        case inputsWrong = "inputs_wrong"
        /// The verdicts are counted wrongly, or their root is another.
        case verdictsWrong = "verdicts_wrong"
        /// A score, or their count or root.
        case scoresWrong = "scores_wrong"
        /// A line of what devices delivered, or their count or root.
        case explainWrong = "explain_wrong"
        /// An award, or their count or root.
        case awardsWrong = "awards_wrong"
        /// A total, or their count or root.
        case cumulativeWrong = "cumulative_wrong"
        /// The corrections are out of order, or their count or root is another.
        case correctionsWrong = "corrections_wrong"
        /// A correction is published twice, after the seal, or for an award there is not.
        case correctionUnfounded = "correction_unfounded"
        /// A correction is not signed by its key.
        case signatureWrong = "signature_wrong"
        /// The budget or a pool.
        case poolsWrong = "pools_wrong"
        /// Another sum.
        case totalsWrong = "totals_wrong"
        /// Amounts do not fit 64 bits.
        case totalTooLarge = "total_too_large"
        /// The figures of concentration.
        case concentrationWrong = "concentration_wrong"
        /// The bounties are out of order, or one is published twice or after the seal.
        case bountiesWrong = "bounties_wrong"
        /// The takedowns are out of order, or their frames counted wrongly.
        case takedownsWrong = "takedowns_wrong"
        /// A takedown is published twice.
        case takedownTwice = "takedown_twice"
        /// A takedown was made after the seal.
        case takedownTooLate = "takedown_too_late"
        /// A frame is rejected by a takedown that is not published.
        case takedownUnknown = "takedown_unknown"
        /// A frame is rejected by another takedown than the first one that matches it.
        case takedownUnfounded = "takedown_unfounded"
        /// A frame is accepted, though a published takedown matches it.
        case takedownIgnored = "takedown_ignored"
        /// The manifest has a member that the format does not have.
        case memberUnknown = "member_unknown"
        /// The epoch could not be recomputed, because an earlier one could not.
        case notRecomputed = "not_recomputed"
        /// There are more findings in this epoch than are listed.
        case moreFindings = "more_findings"
    }
}

/// What the verification of a chain of manifests found.
public struct VerificationReport: Sendable, Equatable {
    /// Manifests looked at.
    public internal(set) var manifests = 0
    /// Verdict lines looked at.
    public internal(set) var frames = 0
    /// What is wrong, in the order of the chain.
    public internal(set) var findings: [ManifestFinding] = []

    /// Whether everything is as it must be.
    public var isSound: Bool { findings.isEmpty }
    /// Whether something that is needed is not there.
    public var isIncomplete: Bool {
        findings.contains { $0.code == .fileMissing || $0.code == .rulesetMissing }
    }
    /// Whether a signature is not its key's.
    public var hasBadSignature: Bool { findings.contains { $0.code == .signatureWrong } }
}
