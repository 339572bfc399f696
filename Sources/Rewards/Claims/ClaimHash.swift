import Canonical

/// A hash of 32 bytes in a claim tree: SHA-256 or Keccak-256, as its scheme says. Ordered by its bytes.
public struct ClaimHash: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The bytes as big-endian words, so that words compare as bytes do.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// The SHA-256 that `hash` is.
    init(_ hash: ContentHash) {
        words = hash.words
    }

    /// The hash whose bytes are those of four words, least significant first.
    init(littleEndianLanes lanes: (UInt64, UInt64, UInt64, UInt64)) {
        words = (lanes.0.byteSwapped, lanes.1.byteSwapped, lanes.2.byteSwapped, lanes.3.byteSwapped)
    }

    /// The bytes as four words, least significant first.
    var littleEndianLanes: (UInt64, UInt64, UInt64, UInt64) {
        (words.0.byteSwapped, words.1.byteSwapped, words.2.byteSwapped, words.3.byteSwapped)
    }

    /// The hash written as `0x` and 64 lower-case hexadecimal digits; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.starts(with: "0x".utf8), let hash = ContentHash(hex: String(text.dropFirst(2))) else {
            return nil
        }
        self.init(hash)
    }

    /// Appends the 32 bytes of the hash.
    func append(to bytes: inout [UInt8]) {
        bytes.append(addingCapacity: 32) { (output: inout OutputSpan<UInt8>) in
            for word in [words.0, words.1, words.2, words.3] {
                for shift in stride(from: UInt64(56), through: 0, by: -8) {
                    output.append(UInt8(truncatingIfNeeded: word >> shift))
                }
            }
        }
    }

    /// The 32 bytes of the hash.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        append(to: &result)
        return result
    }

    /// Appends the hash as a JSON string: quotes, `0x` and the 64 digits.
    func appendQuoted(to bytes: inout [UInt8]) {
        bytes.append(addingCapacity: 68) { (output: inout OutputSpan<UInt8>) in
            output.append(UInt8(ascii: "\""))
            output.append(UInt8(ascii: "0"))
            output.append(UInt8(ascii: "x"))
            Hexadecimal.append(words.0, to: &output)
            Hexadecimal.append(words.1, to: &output)
            Hexadecimal.append(words.2, to: &output)
            Hexadecimal.append(words.3, to: &output)
            output.append(UInt8(ascii: "\""))
        }
    }

    /// `0x` and 64 lower-case hexadecimal digits.
    public var description: String { "0x" + Hexadecimal.text(bytes) }

    /// Whether both hashes have the same bytes.
    public static func == (left: ClaimHash, right: ClaimHash) -> Bool { left.words == right.words }

    /// Whether `left` comes before `right` in the order of their bytes.
    public static func < (left: ClaimHash, right: ClaimHash) -> Bool { left.words < right.words }

    /// Feeds the hash's bytes to `hasher`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }
}
