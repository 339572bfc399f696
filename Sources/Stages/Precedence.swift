import Canonical

/// The one order that decides which of two equal pictures is the original: what a sealed epoch has paid comes
/// first, then what was received first, then what was captured first, then the lesser hash, then the lesser id.
public struct Precedence: Comparable, Sendable, Hashable {
    let isOpen: Bool
    let receivedAt: UTCTime
    let capturedAt: UTCTime
    let content: ContentHash
    let frame: String

    /// The place of a frame in the order.
    public init(isSealed: Bool, receivedAt: UTCTime, capturedAt: UTCTime, content: ContentHash, frame: String)
    {
        isOpen = !isSealed
        self.receivedAt = receivedAt
        self.capturedAt = capturedAt
        self.content = content
        self.frame = frame
    }

    /// Whether `left` is the earlier one.
    public static func < (left: Precedence, right: Precedence) -> Bool {
        if left.isOpen != right.isOpen { return right.isOpen }
        return (left.receivedAt, left.capturedAt, left.content, left.frame)
            < (right.receivedAt, right.capturedAt, right.content, right.frame)
    }
}
