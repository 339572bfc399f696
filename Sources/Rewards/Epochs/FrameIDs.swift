/// Millions of ids in one piece of memory, by number.
struct FrameIDs: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// How many there are.
    var count: Int { ends.count }

    /// Appends `id`, which gets the next number.
    mutating func append(_ id: String) {
        bytes.append(contentsOf: id.utf8)
        ends.append(bytes.count)
    }

    /// The id of this number; empty for one that was never given.
    subscript(number: UInt32) -> String {
        let index = Int(number)
        guard index < ends.count else { return "" }
        return String(decoding: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]], as: UTF8.self)
    }
}
