import Canonical

/// Why no manifest can be made of some records.
public enum ManifestError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Two records have this frame id.
    case frameTwice(String)
    /// The frame belongs to a later epoch, or arrived after the seal.
    case frameOutsideEpoch(String)
    /// The accepted frame has no capture time.
    case frameWithoutTime(String)
    /// The accepted frame's cell has not the ruleset's precision.
    case wrongPrecision(String)
    /// The epoch cannot be sealed before this time: its end and the ruleset's grace.
    case sealedTooEarly(UTCTime)
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
        case .frameOutsideEpoch(let frame): "frame \(frame) is of a later epoch or arrived after the seal"
        case .frameWithoutTime(let frame): "frame \(frame) is accepted but has no capture time"
        case .wrongPrecision(let frame): "frame \(frame) has a cell of another precision than the ruleset's"
        case .sealedTooEarly(let time): "the epoch cannot be sealed before \(time)"
        case .takedownTwice(let id): "takedown \(id) is published already"
        case .takedownTooLate(let id): "takedown \(id) was made after the seal"
        case .takedownUnknown(let frame): "frame \(frame) is rejected by a takedown that is not published"
        case .takedownUnfounded(let frame):
            "frame \(frame) is rejected by another takedown than it falls under"
        case .takedownIgnored(let frame): "frame \(frame) is accepted, though a published takedown matches it"
        }
    }
}
