import GRDB
import GRDBSQLite

/// The catalog of a workspace: what was delivered, what became of every frame, what was published.
///
/// One SQLite database in WAL mode, so that reading goes on while a run writes. Every commit is durable
/// (`synchronous=FULL`): rewards are recorded here.
public struct Catalog: Sendable {
    let pool: DatabasePool

    /// Bytes of a page of a new catalog.
    private static let pageSize = 16_384

    /// What one wants of a catalog.
    public enum Access: Sendable {
        /// To make it, or to go on making it.
        case making
        /// To change it.
        case changing
        /// To look at it, which changes nothing and works beside a run.
        case reading
    }

    /// Opens the catalog `path`. Only ``Access/making`` makes one: a catalog that is gone is not an empty one.
    public init(path: String, for access: Access) throws {
        if access != .making, !DirectoryListing.exists(path) { throw CatalogDamage("\(path) is gone") }
        var configuration = Configuration()
        configuration.readonly = access == .reading
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // No trigger or view of a foreign file may run functions (https://sqlite.org/security.html).
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
            // Pieces and sums have many kilobytes: with SQLite's 4096 bytes a page, a build reads twice and writes three
            // times as often. The size is settled when the file is made; an older one keeps its own.
            try database.execute(sql: "PRAGMA page_size = \(Self.pageSize)")
        }
        pool = try DatabasePool(path: path, configuration: configuration)
        if access == .reading {
            guard try pool.read(CatalogSchema.migrator.hasCompletedMigrations) else {
                throw CatalogDamage("its tables are those of another version of Waggle")
            }
        } else {
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try CatalogSchema.migrator.migrate(pool)
        }
    }

    /// What SQLite itself finds wrong with the file; empty if nothing.
    public func integrityFindings() throws -> [String] {
        try pool.read { database in
            try String.fetchAll(database, sql: "PRAGMA integrity_check(100)").filter { $0 != "ok" }
                + Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { "foreign key: \($0)" }
        }
    }

    /// The version of SQLite this program runs with.
    public static var sqliteVersion: String { String(cString: sqlite3_libversion()) }

    /// Whether `error` says that the catalog's file is damaged.
    public static func isDamage(_ error: any Error) -> Bool {
        guard let code = (error as? DatabaseError)?.resultCode else { return false }
        return code == .SQLITE_CORRUPT || code == .SQLITE_NOTADB
    }

    /// Writes the whole write-ahead log back into the database file.
    public func checkpoint() throws {
        _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }
}
