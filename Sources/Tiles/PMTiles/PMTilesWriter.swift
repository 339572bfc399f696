import Geo

/// Writes clustered PMTiles v3 archives into memory.
public enum PMTilesWriter {
    /// The archive of `tiles`; the same arguments give the same bytes with the same libdeflate.
    ///
    /// A directory without entries breaks the specification, so an archive of no tiles holds the one tile
    /// 0/0/0 with nothing in it: a vector tile without layers, or a transparent image.
    ///
    /// - Parameters:
    ///   - tiles: by strictly ascending identifier, each with its content as it is stored: a gzip member
    ///     for vector tiles, the file itself for PNG. Equal contents are stored once.
    /// - Throws: `malformed` for tiles out of order or without bytes.
    public static func archive(
        tiles: [(tile: TileID, content: [UInt8])], description: ArchiveDescription
    ) throws(TileError) -> [UInt8] {
        guard !tiles.isEmpty else {
            guard let world = TileID(zoom: 0, column: 0, row: 0) else { return [] }
            return try archive(
                tiles: [(world, try emptyContent(description.tileType))], description: description)
        }
        var contents = ContentIndex()
        let placements = tiles.map { (id: $0.tile.id, content: contents.index(of: $0.content)) }
        let layout = try PMTilesLayout(
            tiles: placements, lengths: contents.contents.map(\.count), description: description)
        var archive = layout.head
        archive.reserveCapacity(layout.head.count + Int(clamping: layout.header.data.length))
        for content in layout.contents { archive += contents.contents[content] }
        return archive
    }

    /// What the one tile of an archive without frames holds, as stored.
    public static func emptyContent(_ type: PMTilesHeader.TileType) throws(TileError) -> [UInt8] {
        type == .png
            ? try RasterGrid(.empty, style: .coverage).png(side: 256)
            : try Gzip.compress(MVTEncoder.encode(coverage: .empty))
    }
}

/// Numbers contents by first use; equal bytes get one number. The dictionary compares bytes, its hash only
/// finds them.
struct ContentIndex {
    private(set) var contents: [[UInt8]] = []
    private var numbers: [[UInt8]: Int] = [:]

    mutating func index(of content: [UInt8]) -> Int {
        if let number = numbers[content] { return number }
        numbers[content] = contents.count
        contents.append(content)
        return contents.count - 1
    }
}
