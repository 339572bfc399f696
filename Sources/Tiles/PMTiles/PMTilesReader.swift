import Canonical
import Geo

/// Reads PMTiles v3 archives, ours and foreign ones, without trusting any of their numbers.
///
/// Identifiers ascend through all directories and a leaf stays inside the range its entry gives it, so that
/// every walk ends, whatever directories point at.
public struct PMTilesReader: Sendable {
    /// How much an archive may ask for.
    public struct Limits: Sendable {
        /// Bytes of one directory, uncompressed.
        public var directoryBytes: Int
        /// Bytes of the metadata, uncompressed.
        public var metadataBytes: Int
        /// Values in the metadata, each of which takes some 100 bytes.
        public var metadataValues: Int
        /// Bytes of one tile, as stored and uncompressed.
        public var tileBytes: Int
        /// Leaf directories below one another; writers make one level.
        public var directoryDepth: Int

        /// Limits.
        public init(
            directoryBytes: Int = 2 << 20, metadataBytes: Int = 4 << 20, metadataValues: Int = 200_000,
            tileBytes: Int = 8 << 20, directoryDepth: Int = 3
        ) {
            self.directoryBytes = directoryBytes
            self.metadataBytes = metadataBytes
            self.metadataValues = metadataValues
            self.tileBytes = tileBytes
            self.directoryDepth = directoryDepth
        }
    }

    /// The header.
    public let header: PMTilesHeader
    /// Bytes of the archive.
    public var size: UInt64 { source.size }
    private let source: any ByteReader
    private let limits: Limits
    private let root: [PMTilesEntry]

    /// Opens the archive in `source`: reads its header and root directory.
    ///
    /// - Throws: ``TileError`` with the offset of the fault.
    public init(_ source: any ByteReader, limits: Limits = Limits()) throws(TileError) {
        let head = try source.bytes(at: 0, count: Int(min(source.size, UInt64(PMTilesHeader.size))))
        header = try PMTilesHeader(head, fileSize: source.size)
        self.source = source
        self.limits = limits
        root = try Self.directory("root directory", header.root, source, header, limits)
    }

    /// The tile's content as stored, nil where the archive has none.
    public func storedTile(at tile: TileID) throws(TileError) -> [UInt8]? {
        guard let entry = try entry(of: tile.id) else { return nil }
        return try stored(entry)
    }

    /// The content of one entry, as stored.
    public func stored(_ entry: PMTilesEntry) throws(TileError) -> [UInt8] {
        guard entry.offset <= header.data.length, UInt64(entry.length) <= header.data.length - entry.offset
        else {
            throw TileError(
                .truncated, at: header.data.offset,
                "tile \(entry.id): \(entry.length) bytes from \(entry.offset) on in tile data of \(header.data.length)"
            )
        }
        guard Int(entry.length) <= limits.tileBytes else {
            throw TileError(
                .overLimit, at: header.data.offset + entry.offset,
                "tile \(entry.id) has \(entry.length) bytes, limit \(limits.tileBytes)")
        }
        return try source.bytes(at: header.data.offset + entry.offset, count: Int(entry.length))
    }

    /// A stored content uncompressed, as the header says it is compressed.
    public func uncompressed(_ stored: [UInt8]) throws(TileError) -> [UInt8] {
        try Self.uncompressed(stored, header.tileCompression, limit: limits.tileBytes)
    }

    /// A content that is stored with `compression`.
    static func uncompressed(
        _ stored: [UInt8], _ compression: PMTilesHeader.Compression, limit: Int
    ) throws(TileError) -> [UInt8] {
        switch compression {
        case .none: return stored
        case .gzip: return try Gzip.decompress(stored, limit: limit)
        case .unknown: return Gzip.isGzip(stored) ? try Gzip.decompress(stored, limit: limit) : stored
        case .brotli, .zstd: throw TileError(.unsupported, at: 98, "tile compression \(compression)")
        }
    }

    /// The metadata document.
    ///
    /// - Throws: ``TileError`` for a damaged section or one that is no JSON object.
    public func metadata() throws(TileError) -> JSONValue {
        try Self.metadata(in: source, header, limits)
    }

    /// The metadata document of the archive in `source`.
    static func metadata(
        in source: any ByteReader, _ header: PMTilesHeader, _ limits: Limits
    ) throws(TileError) -> JSONValue {
        let bytes = try section("metadata", header.metadata, source, header, limit: limits.metadataBytes)
        do throws(JSONError) {
            let value = try JSONReader.read(
                bytes, limits: JSONLimits(maxBytes: limits.metadataBytes, maxValues: limits.metadataValues))
            if case .object = value { return value }
            throw JSONError(reason: "\(value.kind) where an object is needed", place: "byte 0")
        } catch {
            throw TileError(.malformed, at: header.metadata.offset, "metadata: \(error)")
        }
    }

    /// A cursor before the first tile entry.
    func entryCursor() -> PMTilesEntryCursor { PMTilesEntryCursor(self, root: root, end: Self.end) }

    /// Calls `body` with every tile entry in the order of identifiers.
    public func forEachEntry(_ body: (PMTilesEntry) throws(TileError) -> Void) throws(TileError) {
        var cursor = entryCursor()
        while let entry = try cursor.next() { try body(entry) }
    }

    /// All tile entries in the order of identifiers.
    public func entries() throws(TileError) -> [PMTilesEntry] {
        var result: [PMTilesEntry] = []
        try forEachEntry { (entry) throws(TileError) in result.append(entry) }
        return result
    }

    /// The entry whose run holds the tile `id`.
    private func entry(of id: UInt64) throws(TileError) -> PMTilesEntry? {
        var entries = root
        var end = Self.end
        var depth = 0
        while true {
            // The last entry that does not come after the tile.
            var (low, high) = (0, entries.count)
            while low < high {
                let middle = (low + high) / 2
                if entries[middle].id <= id { low = middle + 1 } else { high = middle }
            }
            guard low > 0 else { return nil }
            let entry = entries[low - 1]
            if entry.run > 0 { return id - entry.id < UInt64(entry.run) ? entry : nil }
            end = Self.end(of: low - 1, in: entries, before: end)
            entries = try leaf(entry, end: end, depth: depth)
            depth += 1
        }
    }

    /// The identifier behind the last tile we know.
    private static var end: UInt64 { TileID.firstID(zoom: TileID.maxZoom + 1) }

    /// The identifier that entry `index` must stay below: that of the next entry, or the directory's own end.
    static func end(of index: Int, in entries: [PMTilesEntry], before end: UInt64) -> UInt64 {
        index + 1 < entries.count ? entries[index + 1].id : end
    }

    /// The leaf directory that `entry` points at, whose tiles all lie from the entry's identifier up to `end`.
    func leaf(_ entry: PMTilesEntry, end: UInt64, depth: Int) throws(TileError) -> [PMTilesEntry] {
        let start = header.leaves.offset
        guard depth < limits.directoryDepth else {
            throw TileError(.overLimit, at: start, "directories deeper than \(limits.directoryDepth) leaves")
        }
        guard entry.offset <= header.leaves.length,
            UInt64(entry.length) <= header.leaves.length - entry.offset
        else {
            throw TileError(
                .truncated, at: start,
                "a leaf directory: \(entry.length) bytes from \(entry.offset) on among \(header.leaves.length)"
            )
        }
        let section = PMTilesHeader.Section(offset: start + entry.offset, length: UInt64(entry.length))
        let leaf = try Self.directory("leaf directory", section, source, header, limits)
        guard let first = leaf.first, let last = leaf.last, first.id >= entry.id, last.id < end,
            last.id + UInt64(last.run) <= end
        else {
            throw TileError(.malformed, at: section.offset, "a leaf directory reaches out of its range")
        }
        return leaf
    }

    private static func directory(
        _ name: String, _ section: PMTilesHeader.Section, _ source: any ByteReader, _ header: PMTilesHeader,
        _ limits: Limits
    ) throws(TileError) -> [PMTilesEntry] {
        let bytes = try self.section(name, section, source, header, limit: limits.directoryBytes)
        do throws(TileError) {
            return try PMTilesDirectory.entries(bytes)
        } catch {
            throw TileError(
                error.code, at: error.offset, "\(name) at \(section.offset), uncompressed: \(error.reason)")
        }
    }

    /// A section as the header says it is compressed.
    static func section(
        _ name: String, _ section: PMTilesHeader.Section, _ source: any ByteReader, _ header: PMTilesHeader,
        limit: Int
    ) throws(TileError) -> [UInt8] {
        guard let count = Int(exactly: section.length), count <= limit else {
            throw TileError(
                .overLimit, at: section.offset, "\(name) of \(section.length) bytes, limit \(limit)")
        }
        let stored = try source.bytes(at: section.offset, count: count)
        switch header.internalCompression {
        case .none: return stored
        case .gzip:
            do throws(TileError) {
                return try Gzip.decompress(stored, limit: limit)
            } catch {
                throw TileError(error.code, at: section.offset + error.offset, "\(name): \(error.reason)")
            }
        default:
            throw TileError(.unsupported, at: 97, "internal compression \(header.internalCompression)")
        }
    }
}
