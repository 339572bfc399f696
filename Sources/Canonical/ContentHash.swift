import Crypto

/// The SHA-256 (FIPS 180-4) of some bytes: the name under which Waggle stores, compares and publishes them.
///
/// Hashes are ordered by their bytes, as their lower-case hexadecimal text is.
public struct ContentHash: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The 32 bytes of the hash, as four big-endian words.
    public let words: (UInt64, UInt64, UInt64, UInt64)

    /// The hash whose bytes begin `digest`, which has 32.
    init(digest: UnsafeRawBufferPointer) {
        func word(_ place: Int) -> UInt64 {
            UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self))
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// The hash whose 32 bytes are `bytes`; nil for any other count.
    public init?(bytes: some Collection<UInt8>) {
        // Catalogs hold millions: what lies in one piece is read a word at a time.
        if let hash = bytes.withContiguousStorageIfAvailable({
            $0.count == 32 ? Self(digest: .init($0)) : nil
        }) {
            guard let hash else { return nil }
            self = hash
            return
        }
        guard bytes.count == 32 else { return nil }
        let copy = Array(bytes)
        self = copy.withUnsafeBytes { Self(digest: $0) }
    }

    /// The hash written as 64 lower-case hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        guard let bytes = Hexadecimal.bytes(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// The hash of `bytes`.
    public static func of(_ bytes: [UInt8]) -> ContentHash {
        var hasher = ContentHasher()
        hasher.update(bytes)
        return hasher.finish()
    }

    /// The hash of the UTF-8 form of `text`.
    public static func of(_ text: String) -> ContentHash {
        var hasher = ContentHasher()
        hasher.update(text)
        return hasher.finish()
    }

    /// The hash whose bytes are those of four words, most significant first; nil for any other count.
    public init?(bigEndianWords words: [UInt64]) {
        guard words.count == 4 else { return nil }
        self.words = (words[0], words[1], words[2], words[3])
    }

    /// The hash whose bytes are those of these words, most significant first.
    public init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    /// The bytes of the hash as four words, most significant first.
    public var bigEndianWords: [UInt64] { [words.0, words.1, words.2, words.3] }

    /// The 32 bytes of the hash.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(32)
        for word in [words.0, words.1, words.2, words.3] {
            for shift in stride(from: 56, through: 0, by: -8) {
                result.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return result
    }

    /// The hash as 64 lower-case hexadecimal digits.
    public var hex: String { Hexadecimal.text(bytes) }

    /// Appends the 64 digits of ``hex``.
    public func appendHex(to output: inout OutputSpan<UInt8>) {
        for word in [words.0, words.1, words.2, words.3] { Hexadecimal.append(word, to: &output) }
    }

    /// Appends the 32 bytes of the hash.
    public func append(to bytes: inout [UInt8]) {
        bytes.append(addingCapacity: 32) { (output: inout OutputSpan<UInt8>) in
            for word in [words.0, words.1, words.2, words.3] {
                for shift in stride(from: UInt64(56), through: 0, by: -8) {
                    output.append(UInt8(truncatingIfNeeded: word >> shift))
                }
            }
        }
    }

    /// The same as ``hex``.
    public var description: String { hex }

    /// Whether both hashes have the same bytes.
    public static func == (left: ContentHash, right: ContentHash) -> Bool { left.words == right.words }

    /// Whether `left` comes before `right` in the order of their bytes.
    public static func < (left: ContentHash, right: ContentHash) -> Bool { left.words < right.words }

    /// Feeds the hash's bytes to `hasher`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }
}

/// A SHA-256 computed piece by piece.
public struct ContentHasher: Sendable {
    private var state = SHA256()

    /// A hasher that has seen nothing.
    public init() {}

    /// Appends `byte`.
    public mutating func update(_ byte: UInt8) {
        withUnsafeBytes(of: byte) { state.update(bufferPointer: $0) }
    }

    /// Appends `bytes`.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { state.update(bufferPointer: $0) }
    }

    /// Appends the 32 bytes of `hash`.
    public mutating func update(_ hash: ContentHash) {
        let words = hash.words
        withUnsafeBytes(of: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)) {
            state.update(bufferPointer: $0)
        }
    }

    /// Appends the UTF-8 form of `text`.
    public mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { state.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }

    /// The hash of everything appended so far.
    public func finish() -> ContentHash {
        state.finalize().withUnsafeBytes { ContentHash(digest: $0) }
    }
}
