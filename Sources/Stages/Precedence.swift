import Canonical

/// The one order that decides which of equal pictures is the original: what was received first, then what was captured
/// first, then the lesser hash, then the lesser id. Only what a sealed epoch has paid stays an original whatever
/// its place.
public struct Precedence: Comparable, Sendable, Hashable {
    let receivedAt: UTCTime
    let capturedAt: UTCTime
    let content: ContentHash
    let frame: String

    /// The place of a frame in the order.
    public init(receivedAt: UTCTime, capturedAt: UTCTime, content: ContentHash, frame: String) {
        self.receivedAt = receivedAt
        self.capturedAt = capturedAt
        self.content = content
        self.frame = frame
    }

    /// Whether `left` is the earlier one.
    public static func < (left: Precedence, right: Precedence) -> Bool {
        return (left.receivedAt, left.capturedAt, left.content, left.frame)
            < (right.receivedAt, right.capturedAt, right.content, right.frame)
    }
}
