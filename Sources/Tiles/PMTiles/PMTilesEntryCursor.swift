/// Steps through the tile entries of an archive by ascending identifier, directory by directory.
struct PMTilesEntryCursor {
    /// A directory on the way down, and how far it was read.
    private struct Level {
        let entries: [PMTilesEntry]
        /// The identifier that all its tiles stay below.
        let end: UInt64
        var next = 0
    }

    private let reader: PMTilesReader
    private var levels: [Level]

    /// - Parameters:
    ///   - root: the root directory.
    ///   - end: the identifier behind the last tile there can be.
    init(_ reader: PMTilesReader, root: [PMTilesEntry], end: UInt64) {
        self.reader = reader
        levels = [Level(entries: root, end: end)]
    }

    /// The next entry of tiles, nil behind the last one.
    mutating func next() throws(TileError) -> PMTilesEntry? {
        while let level = levels.last {
            let depth = levels.count - 1
            guard level.next < level.entries.count else {
                levels.removeLast()
                continue
            }
            levels[depth].next += 1
            let entry = level.entries[level.next]
            if entry.run > 0 { return entry }
            let end = PMTilesReader.end(of: level.next, in: level.entries, before: level.end)
            levels.append(Level(entries: try reader.leaf(entry, end: end, depth: depth), end: end))
        }
        return nil
    }
}
