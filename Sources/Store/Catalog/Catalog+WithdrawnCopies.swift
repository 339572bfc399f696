import Canonical
import FoundationEssentials
import GRDB

extension Catalog {
    /// At most `limit` contents of which a copy may still lie in the store, though only withdrawn frames have them.
    public func copiesToRemove(limit: Int) throws -> [ContentHash] {
        try pool.write { database in
            // A frame that is not withdrawn any more, or a new one, may have the same bytes.
            try database.execute(
                sql: """
                    DELETE FROM withdrawn_copies
                    WHERE removed = 0 AND \(Self.isCopyNeeded(of: "withdrawn_copies.sha256"))
                    """)
            return try Self.contents(
                database, "SELECT sha256 FROM withdrawn_copies WHERE removed = 0 LIMIT \(limit)")
        }
    }

    /// Notes that no copies of `contents` are left.
    public func markCopiesRemoved(_ contents: [ContentHash]) throws {
        try pool.write { database in
            let statement = try database.makeStatement(
                sql: "UPDATE withdrawn_copies SET removed = 1 WHERE sha256 = ?")
            for content in contents { try statement.execute(arguments: [Data(content.bytes)]) }
        }
    }

    /// Takes for possible that every copy removed so far is there again, as after a run that was killed while it
    /// wrote copies.
    public func doubtRemovedCopies() throws {
        try pool.write { try $0.execute(sql: "UPDATE withdrawn_copies SET removed = 0 WHERE removed = 1") }
    }

    /// The same for the frames of one upload, of which copies were just written.
    static func doubtRemovedCopies(ofUpload id: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE withdrawn_copies SET removed = 0 WHERE removed = 1 AND sha256 IN (
                    SELECT f.sha256 FROM frames f JOIN drives d ON d.id = f.drive WHERE d.upload = ?)
                """, arguments: [id])
    }

    /// The contents that only withdrawn frames have, so that no copy of them is to be kept.
    public func withdrawnContents() throws -> Set<ContentHash> {
        try pool.read { database in
            Set(
                try Self.contents(
                    database,
                    """
                    SELECT DISTINCT f.sha256 FROM frames f
                    WHERE f.withdrawn IS NOT NULL AND f.sha256 IS NOT NULL
                        AND NOT \(Self.isCopyNeeded(of: "f.sha256"))
                    """))
        }
    }

    /// The frames of which a copy is kept, by the hash of their bytes, with the hashes that the copy may have: a frame
    /// delivered twice may have been kept as delivered once, and stripped once.
    public func keptContents() throws -> [ContentHash: Set<ContentHash>] {
        try pool.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT DISTINCT k.sha256, k.kept_sha256
                    FROM frames k JOIN drives d ON d.id = k.drive JOIN uploads u ON u.id = d.upload
                    WHERE k.sha256 IS NOT NULL AND \(Self.isKept)
                        AND k.sha256 NOT IN (SELECT sha256 FROM withdrawn_copies WHERE removed = 1)
                    """)
            var kept: [ContentHash: Set<ContentHash>] = [:]
            while let row = try rows.next() {
                guard let content = ContentHash(bytes: row[0] as Data),
                    let copy = ContentHash(bytes: row[1] as Data)
                else { throw CatalogDamage("a frame's hash") }
                kept[content, default: []].insert(copy)
            }
            return kept
        }
    }

    /// Whether a copy of frame `k` of a drive of upload `u` is to be kept.
    private static let isKept =
        "u.kept AND k.kept_sha256 IS NOT NULL AND k.verdict <> 'rejected' AND k.withdrawn IS NULL"

    /// Whether some frame needs a copy of the bytes with the hash `content`, an expression.
    static func isCopyNeeded(of content: String) -> String {
        """
        EXISTS (SELECT 1 FROM frames k JOIN drives d ON d.id = k.drive JOIN uploads u ON u.id = d.upload
            WHERE k.sha256 = \(content) AND \(isKept))
        """
    }

    private static func contents(_ database: Database, _ sql: String) throws -> [ContentHash] {
        try Data.fetchAll(database, sql: sql).map { bytes in
            guard let content = ContentHash(bytes: bytes) else { throw CatalogDamage("a frame's hash") }
            return content
        }
    }
}
