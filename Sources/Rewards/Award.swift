import Canonical
import Stages

/// A contributor's share of an epoch, and why it is what it is. Whoever delivered a frame has one, be it of
/// nothing.
public struct Award: Sendable, Equatable {
    /// The contributor.
    public let contributor: String
    /// Micro-points paid.
    public let amount: UInt64
    /// Micro-points earned: the sum of the lines', and the weight of the allocation.
    public let points: UInt64
    /// The verdicts on the contributor's frames.
    public let frames: VerdictCounts
    /// Why nothing is paid; nil where something is.
    public let reason: ZeroReason?
    /// The passes, by time, drive and coverage.
    public let lines: [Pass]
}

/// Why a contributor gets nothing. The raw values are published and stable.
public enum ZeroReason: String, Sendable, Hashable, CaseIterable {
    /// No frame was accepted.
    case noAcceptedFrames = "no_accepted_frames"
    /// No accepted frame has a heading, so there is no pass.
    case noHeading = "no_heading"
    /// Everything covered had just been covered.
    case notFresh = "not_fresh"
    /// What was fresh has quality 0.
    case noQuality = "no_quality"
    /// No pass makes a whole micro-point.
    case tooLittle = "too_little"
    /// The epoch has no budget.
    case noBudget = "no_budget"
    /// The share is less than a micro-point.
    case shareTooSmall = "share_too_small"

    /// Why `amount` is 0; nil where it is not.
    init?(amount: UInt64, points: UInt64, accepted: Int64, lines: [Pass], budget: UInt64) {
        guard amount == 0 else { return nil }
        if points > 0 {
            self = budget == 0 ? .noBudget : .shareTooSmall
        } else if accepted == 0 {
            self = .noAcceptedFrames
        } else if lines.isEmpty {
            self = .noHeading
        } else if lines.allSatisfy({ $0.freshness == 0 }) {
            self = .notFresh
        } else if lines.allSatisfy({ $0.freshness == 0 || $0.quality == 0 }) {
            self = .noQuality
        } else {
            self = .tooLittle
        }
    }
}
