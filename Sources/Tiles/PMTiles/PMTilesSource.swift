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

    /// Calls `body` with every entry of every directory by ascending identifier.
    public func forEachRun(_ body: (TileRun) throws(TileError) -> Void) throws(TileError) {
        try forEachEntry { (entry) throws(TileError) in
            try body(
                TileRun(
                    firstID: entry.id, count: UInt64(entry.run), place: entry.offset,
                    length: UInt64(entry.length)))
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
