import Canonical
import Geo
import Store
import Tiles

/// A published set of tiles, opened for reading.
public struct PublishedGeneration: Sendable {
    /// Its directory.
    public let path: String

    /// The generation in use; nil where nothing was published yet.
    public init?(current layout: WorkspaceLayout) {
        guard let target = StoredFile.target(ofLink: layout.current) else { return nil }
        self.init(path: "\(layout.published)/\(target)")
    }

    private init(path: String) {
        self.path = path
    }

    /// The generation that `word` names: `current`, `previous` for the one in use before it, or an id. Nil where there
    /// is none of that name.
    public init?(named word: String, in workspace: Workspace) throws {
        let id: String?
        switch word {
        case "current":
            self.init(current: workspace.layout)
            return
        case "previous": id = try workspace.catalog.generations().dropLast().last?.id
        default: id = word.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit } ? word : nil
        }
        guard let id, DirectoryListing.isDirectory("\(workspace.layout.generations)/\(id)") else {
            return nil
        }
        self.init(path: "\(workspace.layout.generations)/\(id)")
    }

    /// The name of its directory, which is its id.
    public var name: String { String(path.split(separator: "/").last ?? "") }

    /// What it holds, as it says itself.
    public func record() throws -> GenerationRecord {
        let path = "\(path)/\(GenerationFile.record)"
        let bytes = try StoredFile.read(path, maxBytes: Self.maxRecordBytes)
        do throws(JSONError) { return try GenerationRecord(bytes) } catch {
            throw WorkspaceError.publishedDamage("\(path): \(error)")
        }
    }

    /// About 100 bytes for each of ten million tiles.
    static let maxRecordBytes = 1 << 30

    /// The path of `archive`.
    public func path(of archive: MapArchive) -> String { "\(path)/\(archive.name)" }

    /// A reader of `archive`.
    public func reader(of archive: MapArchive) throws -> PMTilesReader {
        do {
            return try PMTilesReader(try ArchiveFile(path(of: archive)))
        } catch let error as TileError {
            throw WorkspaceError.publishedDamage("\(path(of: archive)): \(error)")
        }
    }
}
