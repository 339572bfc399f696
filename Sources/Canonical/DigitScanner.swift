/// Reads fixed-width decimal fields, as dates and times have them.
struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    /// The value of exactly `count` digits.
    mutating func digits(_ count: Int) -> Int64? {
        guard bytes.count - position >= count else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<position + count] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        position += count
        return value
    }

    /// Steps over one character of `characters`; false, and no step, where another one stands.
    mutating func take(anyOf characters: String) -> Bool {
        guard position < bytes.count, characters.utf8.contains(bytes[position]) else { return false }
        position += 1
        return true
    }

    /// Thousandths of the decimal fraction whose digits (at least one) come next; further digits are cut off.
    mutating func fractionOfThousand() -> Int64? {
        var value: Int64 = 0
        var count = 0
        while let digit = digits(1) {
            if count < 3 { value = value * 10 + digit }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in count..<max(3, count) { value *= 10 }
        return value
    }

    /// Seconds east of UTC: `Z`, `z`, or `+hh:mm`.
    mutating func zone() -> Int64? {
        if take(anyOf: "Zz") { return 0 }
        let sign: Int64
        if take(anyOf: "+") { sign = 1 } else if take(anyOf: "-") { sign = -1 } else { return nil }
        guard let hours = digits(2), take(anyOf: ":"), let minutes = digits(2), hours < 24, minutes < 60
        else {
            return nil
        }
        return sign * (hours * 3600 + minutes * 60)
    }
}
