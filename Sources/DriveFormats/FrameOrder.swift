import Canonical

/// The order in which readers hand out frames that the upload itself leaves unordered.
enum FrameOrder {
    /// `frames` by capture time, those without any at the end; frames of one time by the bytes of their paths.
    static func byTime(_ frames: [RawFrame]) -> [RawFrame] {
        frames.sorted { left, right in
            let leftTime = left.capturedAt?.milliseconds ?? .max
            let rightTime = right.capturedAt?.milliseconds ?? .max
            return leftTime == rightTime
                ? precedes(left.source.path, right.source.path) : leftTime < rightTime
        }
    }

    /// Whether `left` comes before `right` in the order of their UTF-8 bytes, the same on every platform.
    static func precedes(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
