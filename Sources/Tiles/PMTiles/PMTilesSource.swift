extension PMTilesReader: TileSource {
    /// Whether `file` is a PMTiles archive by its first bytes.
    public static func isArchive(_ file: any ByteReader) throws(TileError) -> Bool {
        let magic = PMTilesHeader.magic
        guard file.size >= magic.count else { return false }
        return try file.bytes(at: 0, count: magic.count) == magic
    }

    /// What the header says the tiles are.
    public var tileType: PMTilesHeader.TileType { header.tileType }

    /// The header's bounds.
    public var claimedBounds: MapBounds? {
        let edges = header.bounds
        return MapBounds(
            westE7: Int64(edges.westE7), southE7: Int64(edges.southE7), eastE7: Int64(edges.eastE7),
            northE7: Int64(edges.northE7))
    }

    /// The entries of all directories by ascending identifier.
    public func runs() -> TileRuns {
        var cursor = entryCursor()
        return TileRuns { () throws(TileError) in
            try cursor.next().map { TileRun($0) }
        }
    }

    /// The content of `run`, as stored.
    public func stored(_ run: TileRun) throws(TileError) -> [UInt8] {
        try stored(
            PMTilesEntry(
                id: run.firstID, offset: run.place ?? 0, length: UInt32(clamping: run.length),
                run: UInt32(clamping: run.count)))
    }
}

extension TileRun {
    /// The tiles of `entry`.
    init(_ entry: PMTilesEntry) {
        self.init(
            firstID: entry.id, count: UInt64(entry.run), place: entry.offset, length: UInt64(entry.length))
    }
}
