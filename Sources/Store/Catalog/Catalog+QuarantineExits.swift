import Canonical
import FoundationEssentials
import GRDB

/// How an upload left quarantine.
public struct QuarantineExit: Sendable, Equatable {
    /// What became of it.
    public enum Outcome: Sendable, Equatable {
        /// It was read after all, and is in the catalog under this name.
        case ingested(upload: String)
        /// It was refused again, for another reason: the entry with this name.
        case replaced(by: String)
        /// Somebody dropped it.
        case dropped
    }

    /// Why it had not been taken in.
    public let record: QuarantineRecord
    /// What became of it.
    public let outcome: Outcome
    /// When.
    public let at: UTCTime

    /// The end of `record` at the time `at`.
    public init(_ record: QuarantineRecord, _ outcome: Outcome, at: UTCTime) {
        self.record = record
        self.outcome = outcome
        self.at = at
    }
}

extension Catalog {
    /// Notes how an entry left quarantine; the last time counts where the same one left several times.
    public func note(_ exit: QuarantineExit) throws {
        let (outcome, successor): (String, String?) =
            switch exit.outcome {
            case .ingested(let upload): ("ingested", upload)
            case .replaced(let name): ("replaced", name)
            case .dropped: ("dropped", nil)
            }
        try pool.write {
            try $0.execute(
                sql: """
                    INSERT OR REPLACE INTO quarantine_exits (name, record, outcome, successor, at)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [
                    exit.record.name, Data(exit.record.canonicalJSON.bytes), outcome, successor,
                    exit.at.milliseconds,
                ])
        }
    }

    /// The entries that have left quarantine, by name; only the one called `name` where that is given.
    public func quarantineExits(named name: String? = nil) throws -> [QuarantineExit] {
        try pool.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT record, outcome, successor, at, name FROM quarantine_exits
                    WHERE ?1 IS NULL OR name = ?1 ORDER BY name
                    """, arguments: [name]
            ).map { row in
                let name: String = row[4]
                let outcome: QuarantineExit.Outcome
                switch (row[1] as String, row[2] as String?) {
                case ("ingested", let upload?): outcome = .ingested(upload: upload)
                case ("replaced", let successor?): outcome = .replaced(by: successor)
                case ("dropped", nil): outcome = .dropped
                default: throw CatalogDamage("what became of the quarantined \(name)")
                }
                do throws(JSONError) {
                    let record = try QuarantineRecord(json: Array(row[0] as Data))
                    return QuarantineExit(record, outcome, at: UTCTime(milliseconds: row[3]))
                } catch {
                    throw CatalogDamage("the record of the quarantined \(name): \(error)")
                }
            }
        }
    }
}
