import Stages

/// Why a contributor gets nothing. The raw values are published and stable; the first that holds speaks.
public enum ZeroReason: String, Sendable, Hashable, CaseIterable {
    /// All of it went into a debt.
    case debt
    /// The coverage pool is empty.
    case noBudget = "no_budget"
    /// The share is less than a micro-point, or what was above the cap.
    case shareTooSmall = "share_too_small"
    /// Each device earned less than the floor.
    case belowFloor = "below_floor"
    /// No frame in this epoch.
    case noWork = "no_work"
    /// No frame was accepted.
    case noAcceptedFrames = "no_accepted_frames"
    /// No accepted frame has a heading, so there is no pass.
    case noHeading = "no_heading"
    /// Everything covered had just been covered.
    case notFresh = "not_fresh"
    /// What was fresh had too many drive through it.
    case saturated
    /// What is left has quality 0.
    case noQuality = "no_quality"
    /// What is left came too late.
    case tooLate = "too_late"
    /// What is left is of devices that are not trusted.
    case noTrust = "no_trust"
    /// No pass makes a whole micro-point.
    case tooLittle = "too_little"

    /// Why the award of a contributor is nothing.
    init(
        recovered: UInt64, pool: UInt64, weight: UInt64, points: UInt64, frames: VerdictCounts, passes: Int64,
        worthless: [Pass.Worthlessness: Int64]
    ) {
        if recovered > 0 {
            self = .debt
        } else if weight > 0 {
            self = pool == 0 ? .noBudget : .shareTooSmall
        } else if points > 0 {
            self = .belowFloor
        } else if frames.total == 0 {
            self = .noWork
        } else if frames.accepted == 0 {
            self = .noAcceptedFrames
        } else if passes == 0 {
            self = .noHeading
        } else {
            // The causes come in the order in which they are asked for.
            let last = Pass.Worthlessness.allCases.last { worthless[$0, default: 0] > 0 }
            switch last {
            case .notFresh: self = .notFresh
            case .saturated: self = .saturated
            case .noQuality: self = .noQuality
            case .tooLate: self = .tooLate
            case .noTrust: self = .noTrust
            case .tooLittle, nil: self = .tooLittle
            }
        }
    }
}
