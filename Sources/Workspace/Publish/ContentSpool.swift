import Canonical
import Geo
import Store
import Tiles

/// Collects what a build makes: contents in a file without a name, sums in the catalog.
struct ContentSpool: TileSink {
    /// A content as the spool has it.
    struct Made {
        let content: TileContent
        let range: Range<UInt64>
    }

    private let catalog: Catalog
    private let hasBase: Bool
    /// What the generation before holds of the tile that was asked for last.
    private var before: (tile: TileID, contents: [String: TileContent])?
    /// The contents, one after the other.
    let file: SpoolFile
    /// What each archive is to hold of the tiles made; nil where it holds nothing. What it holds already is not there.
    private(set) var made: [MapArchive: [TileID: Made?]] = [:]
    private var sums: [(tile: TileID, sums: TileSums)] = []
    private var squares = 0
    /// Squares whose sums are stored in one transaction, about 100 bytes each.
    private static let batch = 200_000

    /// - Parameter hasBase: Whether there is a generation to copy from.
    init(_ catalog: Catalog, file: SpoolFile, hasBase: Bool) {
        self.catalog = catalog
        self.hasBase = hasBase
        self.file = file
    }

    mutating func holds(_ hash: ContentHash, of tile: TileID, in archive: MapArchive) throws -> Bool {
        guard hasBase else { return false }
        if let before, before.tile == tile { return before.contents[archive.name]?.hash == hash }
        let contents = try catalog.contents(of: tile)
        before = (tile, contents)
        return contents[archive.name]?.hash == hash
    }

    mutating func put(
        _ content: (stored: [UInt8], hash: ContentHash, bytes: Int)?, of tile: TileID, in archive: MapArchive
    ) throws {
        guard let content else {
            made[archive, default: [:]][tile] = .some(nil)
            return
        }
        let start = file.count
        try file.write(content.stored)
        made[archive, default: [:]][tile] = Made(
            content: TileContent(
                tile: tile, hash: content.hash, bytes: UInt64(content.bytes), storedHash: .of(content.stored)),
            range: start..<file.count)
    }

    mutating func put(_ sums: TileSums, of tile: TileID) throws {
        self.sums.append((tile, sums))
        squares += sums.squares.squares.count
        if squares >= Self.batch { try flush() }
    }

    /// Stores the sums that wait.
    mutating func flush() throws {
        if !sums.isEmpty { try catalog.store(sums) }
        sums.removeAll(keepingCapacity: true)
        squares = 0
    }
}
