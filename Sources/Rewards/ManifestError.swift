import Canonical

/// Why no manifest can be made of some records.
public enum ManifestError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Two records have this frame id.
    case frameTwice(String)
    /// The frame's id is not behind the one before.
    case frameOrder(String)
    /// The frame's drive is not among the epoch's inputs.
    case driveUnknown(String)
    /// The frame has another contributor, upload or receipt than its drive.
    case driveDiffers(String)
    /// Two drives have this id.
    case driveTwice(String)
    /// The drive has another contributor, device, upload or receipt than in an earlier epoch.
    case driveChanged(String)
    /// The drive has no frame in the epoch.
    case driveWithoutFrames(String)
    /// The bounty of this id is published already.
    case bountyTwice(String)
    /// The bounty of this id was not made before the seal.
    case bountyTooLate(String)
    /// The correction of this id is published already.
    case correctionTwice(String)
    /// The correction of this id was not made before the seal.
    case correctionTooLate(String)
    /// The correction of this id is of no award of an earlier epoch.
    case correctionUnfounded(String)
    /// The correction of this id has a signature that is not its key's.
    case correctionUnsigned(String)
    /// The amounts of the epoch, or of somebody over all epochs, are not below 2^64.
    case totalTooLarge(String)
    /// The frame belongs to a later epoch, or arrived after the seal.
    case frameOutsideEpoch(String)
    /// The accepted frame has no capture time.
    case frameWithoutTime(String)
    /// The accepted frame's cell has not the ruleset's precision.
    case wrongPrecision(String)
    /// The epoch cannot be sealed before this time: its end and the ruleset's grace, or the seal of the epoch before.
    case sealedTooEarly(UTCTime)
    /// The schedule of rulesets does not go on from that of the manifest before, and why.
    case rulesetsChanged(String)
    /// The takedown of this id is published already.
    case takedownTwice(String)
    /// The takedown of this id was not made before the seal.
    case takedownTooLate(String)
    /// The frame is rejected by a takedown that is not published.
    case takedownUnknown(String)
    /// The frame is rejected by a takedown that does not match it, or is not the first to.
    case takedownUnfounded(String)
    /// The frame is accepted, though a takedown matches it.
    case takedownIgnored(String)

    /// The error in a sentence.
    public var description: String {
        switch self {
        case .frameTwice(let frame): "frame \(frame) occurs twice"
        case .frameOrder(let frame): "frame \(frame) is out of order"
        case .driveUnknown(let frame): "frame \(frame) is of a drive that is not among the inputs"
        case .driveDiffers(let frame):
            "frame \(frame) has another contributor, upload or receipt than its drive"
        case .driveTwice(let drive): "drive \(drive) occurs twice"
        case .driveChanged(let drive):
            "drive \(drive) has another contributor, device, upload or receipt than in an earlier epoch"
        case .driveWithoutFrames(let drive): "drive \(drive) has no frame in the epoch"
        case .bountyTwice(let id): "bounty \(id) is published already"
        case .bountyTooLate(let id): "bounty \(id) was made after the seal"
        case .correctionTwice(let id): "correction \(id) is published already"
        case .correctionTooLate(let id): "correction \(id) was made after the seal"
        case .correctionUnfounded(let id): "correction \(id) is of no award of an earlier epoch"
        case .correctionUnsigned(let id): "correction \(id) is not signed by its key"
        case .totalTooLarge(let what): "\(what): 2^64 micro-points or more"
        case .frameOutsideEpoch(let frame): "frame \(frame) is of a later epoch or arrived after the seal"
        case .frameWithoutTime(let frame): "frame \(frame) is accepted but has no capture time"
        case .wrongPrecision(let frame): "frame \(frame) has a cell of another precision than the ruleset's"
        case .sealedTooEarly(let time): "the epoch cannot be sealed before \(time)"
        case .rulesetsChanged(let why): "the schedule of rulesets: \(why)"
        case .takedownTwice(let id): "takedown \(id) is published already"
        case .takedownTooLate(let id): "takedown \(id) was made after the seal"
        case .takedownUnknown(let frame): "frame \(frame) is rejected by a takedown that is not published"
        case .takedownUnfounded(let frame):
            "frame \(frame) is rejected by another takedown than it falls under"
        case .takedownIgnored(let frame): "frame \(frame) is accepted, though a published takedown matches it"
        }
    }
}
