import Canonical
import FoundationEssentials
import GRDB
import Rewards

extension Catalog {
    /// Records `bounty`. False where it was recorded before.
    public func record(_ bounty: Bounty) throws -> Bool {
        try record("bounties", bounty.id, bounty.canonicalJSON.bytes, bounty.at)
    }

    /// Records `correction`. False where it was recorded before.
    public func record(_ correction: Correction) throws -> Bool {
        try record("corrections", correction.id, correction.line, correction.statement.at)
    }

    /// All bounties by time and id, with the epochs that publish them.
    public func bounties() throws -> [(bounty: Bounty, epoch: String?)] {
        try records("bounties", ("1", [])) { bytes throws(JSONError) in try Bounty(json: bytes) }
    }

    /// All corrections by time and id, with the epochs that publish them.
    public func corrections() throws -> [(correction: Correction, epoch: String?)] {
        try records("corrections", ("1", [])) { bytes throws(JSONError) in try Correction(line: bytes) }
    }

    /// The bounties that the manifest of an epoch of `selection` publishes.
    public func bounties(_ selection: EpochSelection) throws -> [Bounty] {
        try records("bounties", selection.records) { bytes throws(JSONError) in try Bounty(json: bytes) }
            .map(\.0)
    }

    /// The bounties that manifests before that of `epoch` publish.
    public func bounties(publishedBefore epoch: String) throws -> [Bounty] {
        try records("bounties", ("epoch < ?", [epoch])) { bytes throws(JSONError) in try Bounty(json: bytes) }
            .map(\.0)
    }

    /// The corrections that an epoch of `selection` publishes.
    public func corrections(_ selection: EpochSelection) throws -> [Correction] {
        try records("corrections", selection.records) { bytes throws(JSONError) in
            try Correction(line: bytes)
        }.map(\.0)
    }

    /// The corrections that epochs before `epoch` publish.
    public func corrections(publishedBefore epoch: String) throws -> [Correction] {
        try records("corrections", ("epoch < ?", [epoch])) { bytes throws(JSONError) in
            try Correction(line: bytes)
        }.map(\.0)
    }

    private func record(_ table: String, _ name: String, _ record: [UInt8], _ at: UTCTime) throws -> Bool {
        try pool.write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO \(table) (name, record, at) VALUES (?, ?, ?)",
                arguments: [name, Data(record), at.milliseconds])
            return database.changesCount > 0
        }
    }

    private func records<Record>(
        _ table: String, _ condition: SQLCondition,
        _ parse: ([UInt8]) throws(JSONError) -> Record
    ) throws -> [(Record, epoch: String?)] {
        try pool.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT record, name, epoch FROM \(table) WHERE \(condition.sql) ORDER BY at, name",
                arguments: condition.arguments
            ).map { row in
                do throws(JSONError) { return (try parse(Array(row[0] as Data)), row[2]) } catch {
                    throw CatalogDamage("the record \(row[1] as String) of \(table): \(error)")
                }
            }
        }
    }
}
