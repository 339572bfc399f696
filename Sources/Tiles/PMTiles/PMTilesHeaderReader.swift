import Geo

extension PMTilesHeader {
    /// The header in the first 127 of `bytes`.
    ///
    /// - Parameter fileSize: bytes of the whole archive; every section must lie inside.
    /// - Throws: `truncated`, `malformed`, or `unsupported` for another version or a zoom beyond ours.
    public init(_ bytes: [UInt8], fileSize: UInt64) throws(TileError) {
        try self.init(bytes, fileSize: fileSize) { (fault) throws(TileError) in throw fault }
    }

    /// The header in the first 127 of `bytes`, for readers that want to know every fault: what is wrong but
    /// leaves the rest legible goes to `report`, which may throw it. A value that nobody knows then reads as
    /// not known.
    init(
        _ bytes: [UInt8], fileSize: UInt64, report: (TileError) throws(TileError) -> Void
    ) throws(TileError) {
        self.init()
        guard bytes.count >= Self.size else {
            throw TileError(.truncated, at: UInt64(bytes.count), "a header has \(Self.size) bytes")
        }
        var cursor = ByteCursor(Array(bytes.prefix(Self.size)))
        for expected in Self.magic where try cursor.byte() != expected {
            throw TileError(.malformed, at: UInt64(cursor.position) - 1, "not a PMTiles archive")
        }
        let version = try cursor.byte()
        guard version == 3 else { throw TileError(.unsupported, at: 7, "PMTiles version \(version)") }
        root = try Self.section("root directory", &cursor, fileSize, report)
        metadata = try Self.section("metadata", &cursor, fileSize, report)
        leaves = try Self.section("leaf directories", &cursor, fileSize, report)
        data = try Self.section("tile data", &cursor, fileSize, report)
        addressedTiles = try cursor.littleEndian(8)
        tileEntries = try cursor.littleEndian(8)
        tileContents = try cursor.littleEndian(8)
        let clustered = try cursor.byte()
        if clustered > 1 { try report(TileError(.malformed, at: 96, "clustered is \(clustered)")) }
        isClustered = clustered == 1
        internalCompression = try Self.choice("internal compression", &cursor, report) ?? .unknown
        tileCompression = try Self.choice("tile compression", &cursor, report) ?? .unknown
        tileType = try Self.choice("tile type", &cursor, report) ?? .other
        minZoom = try cursor.byte()
        maxZoom = try cursor.byte()
        if minZoom > maxZoom {
            try report(TileError(.malformed, at: 100, "zooms \(minZoom)...\(maxZoom)"))
        }
        if maxZoom > TileID.maxZoom { try report(TileError(.unsupported, at: 101, "zoom \(maxZoom)")) }
        let edges = (
            try Self.degrees(&cursor), try Self.degrees(&cursor), try Self.degrees(&cursor),
            try Self.degrees(&cursor)
        )
        bounds = edges
        centerZoom = try cursor.byte()
        centerLongitudeE7 = try Self.degrees(&cursor)
        centerLatitudeE7 = try Self.degrees(&cursor)
    }

    private static func section(
        _ name: String, _ cursor: inout ByteCursor, _ fileSize: UInt64,
        _ report: (TileError) throws(TileError) -> Void
    ) throws(TileError) -> Section {
        let start = UInt64(cursor.position)
        let section = Section(offset: try cursor.littleEndian(8), length: try cursor.littleEndian(8))
        if !section.isInside(fileSize) {
            try report(
                TileError(
                    .truncated, at: start,
                    "\(name): \(section.length) bytes from \(section.offset) on, the archive has \(fileSize)")
            )
        }
        return section
    }

    private static func choice<Choice: RawRepresentable<UInt8>>(
        _ name: String, _ cursor: inout ByteCursor, _ report: (TileError) throws(TileError) -> Void
    ) throws(TileError) -> Choice? {
        let start = UInt64(cursor.position)
        let value = try cursor.byte()
        let choice = Choice(rawValue: value)
        if choice == nil { try report(TileError(.unsupported, at: start, "\(name) \(value)")) }
        return choice
    }

    private static func degrees(_ cursor: inout ByteCursor) throws(TileError) -> Int32 {
        Int32(truncatingIfNeeded: try cursor.littleEndian(4))
    }
}

extension PMTilesHeader.Section {
    /// Whether the section lies in the first `size` bytes.
    func isInside(_ size: UInt64) -> Bool { offset <= size && length <= size - offset }
}
