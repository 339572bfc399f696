import GRDB
import GRDBSQLite

/// The catalog of a workspace: what was delivered, what became of every frame, what was published.
///
/// One SQLite database in WAL mode, so that reading goes on while a run writes. Every commit is durable
/// (`synchronous=FULL`): rewards are recorded here.
public struct Catalog: Sendable {
    let pool: DatabasePool

    /// Opens the catalog `path`: to change it, making or migrating it where needed; or to look at it, which changes
    /// nothing and works beside a run.
    public init(path: String, readonly: Bool) throws {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // No trigger or view of a foreign file may run functions (https://sqlite.org/security.html).
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        }
        pool = try DatabasePool(path: path, configuration: configuration)
        if readonly {
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

    /// Writes the whole write-ahead log back into the database file.
    public func checkpoint() throws {
        _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }
}
