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
    public init(head: [UInt8], contents hashes: [ContentHash], bytes: UInt64) {
        var all: [UInt8] = []
        all.reserveCapacity(32 * hashes.count)
        for hash in hashes { hash.append(to: &all) }
        self.init(head: .of(head), blobs: .of(all), bytes: bytes)
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

    private static func hash(_ key: String, _ reader: inout JSONObjectReader) throws(JSONError) -> ContentHash
    {
        let hex = try reader.string(key)
        guard let hash = ContentHash(hex: hex) else {
            throw JSONError(reason: "no hash: \(hex)", place: "\(reader.path).\(key)")
        }
        return hash
    }
}

extension PackedDigest {
    /// Bytes read at a time.
    private static let pieceSize = 1 << 18

    /// The digest of a whole archive.
    ///
    /// - Throws: ``TileError`` where its directories cannot be read, or where its contents overlap.
    public static func of(archive source: any ByteReader) throws(TileError) -> PackedDigest {
        let reader = try PMTilesReader(source)
        var places = ContentPlaces(fileSize: source.size)
        try reader.forEachEntry { (entry) throws(TileError) in try places.insert(entry) }
        places.sort()
        return PackedDigest(
            head: try head(of: source, until: reader.header.data.offset),
            blobs: try blobs(of: source, from: reader.header.data, places.places), bytes: source.size)
    }

    /// SHA-256 of the first `end` bytes.
    static func head(of source: any ByteReader, until end: UInt64) throws(TileError) -> ContentHash {
        try hash(of: source, PMTilesHeader.Section(offset: 0, length: end))
    }

    /// SHA-256 of the hashes of the contents at `places`, which are in order, in `data`.
    static func blobs(
        of source: any ByteReader, from data: PMTilesHeader.Section, _ places: [ContentPlaces.Place]
    ) throws(TileError) -> ContentHash {
        var hasher = ContentHasher()
        var end: UInt64 = 0
        for place in places {
            // Without this, few bytes could be read without end.
            guard place.offset >= end, place.end <= data.length else {
                throw TileError(
                    .malformed, at: data.offset &+ place.offset, "a content overlaps another or the end")
            }
            end = place.end
            let section = PMTilesHeader.Section(
                offset: data.offset + place.offset, length: UInt64(place.length))
            hasher.update(try hash(of: source, section).bytes)
        }
        return hasher.finish()
    }

    private static func hash(
        of source: any ByteReader, _ section: PMTilesHeader.Section
    ) throws(TileError) -> ContentHash {
        guard section.isInside(source.size) else {
            throw TileError(.truncated, at: section.offset, "\(section.length) bytes reach beyond the end")
        }
        var hasher = ContentHasher()
        var (offset, left) = (section.offset, section.length)
        while left > 0 {
            let count = Int(min(left, UInt64(pieceSize)))
            hasher.update(try source.bytes(at: offset, count: count))
            offset += UInt64(count)
            left -= UInt64(count)
        }
        return hasher.finish()
    }
}
