import Canonical
import Geo
import Store
import Tiles

/// A published set of tiles, opened for reading.
public struct PublishedGeneration: Sendable {
    /// Its directory.
    public let path: String
    /// What it holds.
    public let record: GenerationRecord
    private let archives: [String: Archive]

    private struct Archive {
        let reader: PMTilesReader
        let entries: [TileID: GenerationRecord.Tile]
    }

    /// A tile as it is stored, and what the record says of it.
    struct Stored {
        let content: [UInt8]
        let entry: GenerationRecord.Tile
    }

    /// The generation in use; nil where nothing was published yet.
    public init?(current layout: WorkspaceLayout) throws {
        guard let target = StoredFile.target(ofLink: layout.current) else { return nil }
        try self.init("\(layout.published)/\(target)")
    }

    /// The generation in the directory `path`.
    init(_ path: String) throws {
        self.path = path
        do {
            record = try GenerationRecord(
                try StoredFile.read("\(path)/\(ArchiveNames.record)", maxBytes: Self.maxRecordBytes))
        } catch let error as JSONError {
            throw WorkspaceError.publishedDamage("\(path)/\(ArchiveNames.record): \(error)")
        }
        var archives: [String: Archive] = [:]
        for archive in record.content.archives {
            do {
                archives[archive.name] = Archive(
                    reader: try PMTilesReader(try ArchiveFile("\(path)/\(archive.name)")),
                    entries: Dictionary(
                        archive.tiles.map { ($0.tile, $0) }, uniquingKeysWith: { first, _ in first }))
            } catch let error as TileError {
                throw WorkspaceError.publishedDamage("\(path)/\(archive.name): \(error)")
            }
        }
        self.archives = archives
    }

    /// About 100 bytes for each of twenty million tiles.
    static let maxRecordBytes = 2 << 30

    /// The reader of the archive `name`; nil where the generation has none.
    public func reader(of name: String) -> PMTilesReader? { archives[name]?.reader }

    /// The tile as the archive `name` stores it; nil where it has none.
    func stored(_ tile: TileID, in name: String) throws -> Stored? {
        guard let archive = archives[name], let entry = archive.entries[tile] else { return nil }
        do {
            return try archive.reader.storedTile(at: tile).map { Stored(content: $0, entry: entry) }
        } catch {
            throw WorkspaceError.publishedDamage("\(path)/\(name), tile \(tile): \(error)")
        }
    }
}
