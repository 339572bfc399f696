import Canonical

/// The hashes of an archive as it is packed, compressed bytes and padding bits included.
///
/// Hashes of uncompressed tiles name a map whoever packs it; these two find every bit of one file that has
/// changed. They come from a hash for each stored content, so that whoever copies contents need not read them
/// again.
public struct PackedDigest: Equatable, Sendable {
    /// SHA-256 of all bytes before the tile data: header, directories and metadata.
    public var head: ContentHash
    /// SHA-256 of the SHA-256 of every stored content, 32 bytes each, in the order of the file.
    public var blobs: ContentHash
    /// Bytes of the file.
    public var bytes: UInt64

    /// A digest.
    public init(head: ContentHash, blobs: ContentHash, bytes: UInt64) {
        self.head = head
        self.blobs = blobs
        self.bytes = bytes
    }

    /// The digest of an archive that is `head` followed by contents with these hashes, `bytes` long in all.
    public init(head: [UInt8], contents hashes: some Sequence<ContentHash>, bytes: UInt64) {
        var hasher = ContentHasher()
        for hash in hashes { hasher.update(hash.bytes) }
        self.init(head: .of(head), blobs: hasher.finish(), bytes: bytes)
    }

    /// The digest as a JSON object.
    public var json: CanonicalJSON {
        .object([
            "head": .string(head.hex), "blobs": .string(blobs.hex), "bytes": .integer(bytes),
        ])
    }

    /// The digest in `value`, which stands at `path` of its document.
    ///
    /// - Throws: ``JSONError`` for a member that is missing, unknown or of another kind.
    public init(_ value: JSONValue, path: String = "$") throws(JSONError) {
        var reader = try JSONObjectReader(value, path: path)
        head = try Self.hash("head", &reader)
        blobs = try Self.hash("blobs", &reader)
        bytes = UInt64(try reader.integer("bytes", in: 0...(1 << 53 - 1)))
        try reader.finish()
    }

    private static func hash(_ key: String, _ reader: inout JSONObjectReader) throws(JSONError) -> ContentHash {
        let hex = try reader.string(key)
        guard let hash = ContentHash(hex: hex) else {
            throw JSONError(reason: "no hash: \(hex)", place: "\(reader.path).\(key)")
        }
        return hash
    }
}

extension PackedDigest { public static func of(archive source: any ByteReader) throws(TileError) -> PackedDigest { PackedDigest(head: .of("x"), blobs: .of("x"), bytes: 0) } }
