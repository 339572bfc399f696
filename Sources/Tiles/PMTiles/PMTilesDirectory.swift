import Geo

/// One line of a directory: a run of tiles with one content, or a leaf directory.
public struct PMTilesEntry: Hashable, Sendable {
    /// Identifier of the first tile.
    public var id: UInt64
    /// Offset in the tile data, or among the leaf directories.
    public var offset: UInt64
    /// Bytes of the content as stored, at least 1.
    public var length: UInt32
    /// Tiles in the run; 0 says that the entry points at a leaf directory.
    public var run: UInt32

    /// An entry.
    public init(id: UInt64, offset: UInt64, length: UInt32, run: UInt32) {
        self.id = id
        self.offset = offset
        self.length = length
        self.run = run
    }
}

/// Directories as bytes, uncompressed (PMTiles v3, section 4): a count, then four columns of varints.
enum PMTilesDirectory {
    static func bytes(_ entries: some Collection<PMTilesEntry>) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.varint(UInt64(entries.count))
        var previous: UInt64 = 0
        for entry in entries {
            writer.varint(entry.id - previous)
            previous = entry.id
        }
        for entry in entries { writer.varint(UInt64(entry.run)) }
        for entry in entries { writer.varint(UInt64(entry.length)) }
        var next: UInt64?
        for entry in entries {
            writer.varint(entry.offset == next ? 0 : entry.offset + 1)
            next = entry.offset + UInt64(entry.length)
        }
        return writer.bytes
    }

    /// The entries of a directory, by ascending identifier, without overlapping runs, the last inside our
    /// pyramid.
    static func entries(_ bytes: [UInt8]) throws(TileError) -> [PMTilesEntry] {
        var cursor = ByteCursor(bytes)
        let count = try cursor.varint()
        guard count > 0 else { throw TileError(.malformed, at: 0, "a directory without entries") }
        // Every entry has at least one byte in each column: no count makes us reserve more than that.
        guard count <= UInt64(cursor.remaining) / 4 else {
            throw TileError(.truncated, at: 0, "\(count) entries announced, \(cursor.remaining) bytes left")
        }
        var entries: [PMTilesEntry] = []
        entries.reserveCapacity(Int(count))
        var id: UInt64 = 0
        for index in 0..<count {
            let start = UInt64(cursor.position)
            let gap = try cursor.varint()
            let (sum, overflow) = id.addingReportingOverflow(gap)
            guard !overflow, index == 0 || gap > 0 else {
                throw TileError(.malformed, at: start, "tile identifiers do not ascend")
            }
            id = sum
            entries.append(PMTilesEntry(id: id, offset: 0, length: 0, run: 0))
        }
        try runs(&entries, &cursor)
        for index in entries.indices {
            let start = UInt64(cursor.position)
            guard let length = UInt32(exactly: try cursor.varint()), length > 0 else {
                throw TileError(.malformed, at: start, "the length of a content is 0 or beyond 32 bits")
            }
            entries[index].length = length
        }
        try offsets(&entries, &cursor)
        guard cursor.isAtEnd else { throw cursor.error(.malformed, "bytes behind the directory") }
        return entries
    }

    private static func runs(_ entries: inout [PMTilesEntry], _ cursor: inout ByteCursor) throws(TileError) {
        let end = TileID.firstID(zoom: TileID.maxZoom + 1)
        for index in entries.indices {
            let start = UInt64(cursor.position)
            guard let run = UInt32(exactly: try cursor.varint()) else {
                throw TileError(.malformed, at: start, "a run beyond 32 bits")
            }
            let id = entries[index].id
            guard id < end, UInt64(run) <= end - id else {
                throw TileError(.unsupported, at: start, "a tile deeper than zoom \(TileID.maxZoom)")
            }
            if index + 1 < entries.count, UInt64(run) > entries[index + 1].id - id {
                throw TileError(.malformed, at: start, "a run reaches over the next entry")
            }
            entries[index].run = run
        }
    }

    private static func offsets(_ entries: inout [PMTilesEntry], _ cursor: inout ByteCursor) throws(TileError)
    {
        var next: UInt64?
        for index in entries.indices {
            let start = UInt64(cursor.position)
            let value = try cursor.varint()
            let offset = value == 0 ? next : value - 1
            guard let offset else { throw TileError(.malformed, at: start, "the first entry has no offset") }
            let (end, overflow) = offset.addingReportingOverflow(UInt64(entries[index].length))
            guard !overflow else { throw TileError(.malformed, at: start, "an offset beyond 64 bits") }
            entries[index].offset = offset
            next = end
        }
    }
}
