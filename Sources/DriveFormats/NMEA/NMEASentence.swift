/// Where one sentence of NMEA 0183 stands: `$GPGGA,...*5E`, from its `$` (version 4.10, 5.3).
struct NMEASentence {
    /// Bytes of a sentence that are looked at. The standard has 82; receivers write up to a few hundred.
    static let maxLength = 1024

    /// What stands behind the fields.
    enum Checksum { case right, wrong, missing }

    /// What the address, the text before the first comma, says.
    enum Address: Equatable {
        /// `P` and what a manufacturer likes.
        case proprietary
        /// A kind that is read, whoever talks.
        case kind(NMEAKind)
        /// Any other kind.
        case other
    }

    let address: Address
    /// The fields behind the address and its comma.
    let fields: NMEAFields
    let checksum: Checksum
    /// The first byte behind it.
    let end: Int
    /// Whether it goes on for more than ``maxLength`` bytes, of which then nothing is read.
    let isTooLong: Bool

    /// The sentence that begins at the `$` at `start`; nil where no address stands behind it.
    @inline(__always)
    init?(_ bytes: Span<UInt8>, at start: Int) {
        let limit = min(bytes.count, start + Self.maxLength)
        guard let comma = Self.endOfAddress(bytes, start + 1, limit) else { return nil }
        address = Self.address(bytes, start + 1, comma)
        var sum: UInt8 = 0
        var index = start + 1
        while index < limit {
            let byte = bytes[index]
            // Printable characters, but neither what ends the fields nor what begins a sentence.
            guard byte &- 0x20 < 0x5F, byte != UInt8(ascii: "*"), byte != UInt8(ascii: "$") else { break }
            sum ^= byte
            index += 1
        }
        fields = NMEAFields(comma + 1..<max(index, comma + 1))
        isTooLong = index == start + Self.maxLength
        guard index + 2 < bytes.count, bytes[index] == UInt8(ascii: "*"),
            let high = Self.nibble(bytes[index + 1]), let low = Self.nibble(bytes[index + 2])
        else {
            checksum = .missing
            end = index
            return
        }
        checksum = high << 4 | low == sum ? .right : .wrong
        end = index + 3
    }

    /// The index of the comma behind an address: 3 to 15 capitals and digits.
    @inline(__always)
    private static func endOfAddress(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        let end = min(limit, start + 16)
        var index = start
        while index < end, isAddressByte(bytes[index]) { index += 1 }
        guard index < end, index - start >= 3, bytes[index] == UInt8(ascii: ",") else { return nil }
        return index
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "A") < 26 || byte &- UInt8(ascii: "0") < 10
    }

    private static func address(_ bytes: Span<UInt8>, _ start: Int, _ comma: Int) -> Address {
        if bytes[start] == UInt8(ascii: "P") { return .proprietary }
        guard comma - start == 5 else { return .other }
        return NMEAKind(bytes[start + 2], bytes[start + 3], bytes[start + 4]).map { .kind($0) } ?? .other
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// The kinds of sentences that are read.
enum NMEAKind: UInt8 {
    /// Position, speed, course and date.
    case rmc
    /// Position, quality and dilution.
    case gga
    /// Position.
    case gll
    /// Course and speed.
    case vtg
    /// Satellites in use and dilution.
    case gsa
    /// Time and date.
    case zda

    /// The kind with these three letters.
    init?(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
        switch (first, second, third) {
        case (UInt8(ascii: "R"), UInt8(ascii: "M"), UInt8(ascii: "C")): self = .rmc
        case (UInt8(ascii: "G"), UInt8(ascii: "G"), UInt8(ascii: "A")): self = .gga
        case (UInt8(ascii: "G"), UInt8(ascii: "L"), UInt8(ascii: "L")): self = .gll
        case (UInt8(ascii: "V"), UInt8(ascii: "T"), UInt8(ascii: "G")): self = .vtg
        case (UInt8(ascii: "G"), UInt8(ascii: "S"), UInt8(ascii: "A")): self = .gsa
        case (UInt8(ascii: "Z"), UInt8(ascii: "D"), UInt8(ascii: "A")): self = .zda
        default: return nil
        }
    }

    /// Whether sentences of this kind tell their time, and with it the epoch they belong to.
    var hasTime: Bool { self != .vtg && self != .gsa }
}
