/// A binary frame of u-blox receivers, as logs hold them between sentences (u-blox M8 receiver description, 32).
enum UBXFrame {
    /// Bytes of the longest frame that is looked for; the longest that receivers send are below 3,000.
    static let maxLength = 8192

    /// The bytes of the frame that may begin at `start`; nil where none can.
    static func length(_ bytes: Span<UInt8>, at start: Int) -> Int? {
        guard start + 8 <= bytes.count, bytes[start] == 0xB5, bytes[start + 1] == 0x62 else { return nil }
        let length = 8 + Int(bytes[start + 4]) + Int(bytes[start + 5]) << 8
        return length <= maxLength && start + length <= bytes.count ? length : nil
    }

    /// Whether the checksum (RFC 1145) of the frame of `length` bytes at `start` is right.
    static func isIntact(_ bytes: Span<UInt8>, at start: Int, length: Int) -> Bool {
        let end = start + length - 2
        var first: UInt8 = 0
        var second: UInt8 = 0
        for index in start + 2..<end {
            first &+= bytes[index]
            second &+= first
        }
        return bytes[end] == first && bytes[end + 1] == second
    }
}
