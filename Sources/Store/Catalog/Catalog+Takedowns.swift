import Canonical
import FoundationEssentials
import GRDB
import Rewards

/// A takedown with what the catalog knows of it.
public struct TakedownView: Sendable {
    /// The takedown.
    public let takedown: Takedown
    /// The sealed epoch whose manifest publishes it.
    public let epoch: String?
    /// How many frames are withdrawn by it, those that follow their originals included.
    public let frames: Int
}

/// What recording a takedown did.
public struct TakedownEffect: Sendable, Equatable {
    /// Whether it was not recorded before.
    public let isNew: Bool
    /// Frames that were not withdrawn before, duplicates included.
    public let frames: Int
    /// Drives on the map that lose some of them.
    public let drives: Int
    /// How many frames that stay it leaves of which withdrawn ones are duplicates: they show the same pictures.
    public let originals: Int
    /// One of those.
    public let someOriginal: String?

    /// What recording a takedown once more does.
    static let nothing = TakedownEffect(isNew: false, frames: 0, drives: 0, originals: 0, someOriginal: nil)
}

extension Catalog {
    /// The takedowns in their order, by time and id.
    public func takedowns() throws -> [TakedownView] {
        try pool.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT t.record, t.name, t.epoch, (SELECT count(*) FROM frames WHERE withdrawn = t.id)
                    FROM takedowns t ORDER BY t.at, t.name
                    """
            ).map { TakedownView(takedown: try Self.takedown(from: $0), epoch: $0[2], frames: $0[3]) }
        }
    }

    /// The takedown with this id; nil where there is none.
    public func takedown(_ id: String) throws -> Takedown? {
        try takedowns(("name = ?", [id])).first
    }

    /// The takedowns that the manifest of an epoch of `selection` publishes.
    public func takedowns(_ selection: EpochSelection) throws -> [Takedown] {
        try takedowns(selection.records)
    }

    /// The takedowns that manifests before that of `epoch` publish.
    public func takedowns(publishedBefore epoch: String) throws -> [Takedown] {
        try takedowns(("epoch < ?", [epoch]))
    }

    /// Whether something was withdrawn that a published generation may still show.
    public func hasUnpublishedTakedown() throws -> Bool {
        try pool.read { try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM takedowns WHERE shown)") }
            ?? false
    }

    /// Notes that no published generation shows anything withdrawn.
    public func markTakedownsPublished() throws {
        try pool.write { try $0.execute(sql: "UPDATE takedowns SET shown = 0 WHERE shown") }
    }

    /// Whether the frame, drive or contributor to be taken down is in the catalog; a zone is everywhere.
    public func has(_ target: Takedown.Target) throws -> Bool {
        let sql =
            switch target {
            case .frame: "SELECT EXISTS (SELECT 1 FROM frames WHERE name = ?)"
            case .drive: "SELECT EXISTS (SELECT 1 FROM drives WHERE name = ?)"
            case .contributor: "SELECT EXISTS (SELECT 1 FROM uploads WHERE contributor = ?)"
            case .zone: "SELECT ? IS NOT NULL"
            }
        return try pool.read { try Bool.fetchOne($0, sql: sql, arguments: [target.text]) } ?? false
    }

    /// Records `takedown` and withdraws its frames in one transaction.
    public func record(_ takedown: Takedown) throws -> TakedownEffect {
        try pool.write { try Self.record(takedown, $0) }
    }

    /// What ``record(_:)`` would do, and of how many frames copies would be removed that are there as `hasCopy`
    /// says. Changes nothing.
    public func preview(
        _ takedown: Takedown, hasCopy: (ContentHash) -> Bool
    ) throws -> (effect: TakedownEffect, copies: Int) {
        try pool.writeWithoutTransaction { database in
            var result = (effect: TakedownEffect.nothing, copies: 0)
            try database.inTransaction {
                result.effect = try Self.record(takedown, database)
                let copies = try Data.fetchCursor(
                    database, sql: "SELECT sha256 FROM withdrawn_copies WHERE removed = 0")
                while let bytes = try copies.next() {
                    if let content = ContentHash(bytes: bytes), hasCopy(content) { result.copies += 1 }
                }
                return .rollback
            }
            return result
        }
    }

    /// Where the uploads lay whose frames `takedown` withdraws, by path.
    public func sources(of takedown: Takedown) throws -> [String] {
        try pool.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT s.path
                    FROM takedowns t JOIN frames f ON f.withdrawn = t.id JOIN drives d ON d.id = f.drive
                        JOIN sightings s ON s.upload = d.upload
                    WHERE t.name = ? ORDER BY s.path
                    """, arguments: [takedown.id])
        }
    }

    /// How many frames of `selection` each takedown withdraws, in the order of the takedowns.
    public func withdrawals(_ selection: FrameSelection) throws -> [(takedown: Takedown, frames: Int)] {
        let (condition, arguments) = selection.condition
        return try pool.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT t.record, t.name, count(*)
                    FROM frames f JOIN drives d ON d.id = f.drive JOIN uploads u ON u.id = d.upload
                        JOIN takedowns t ON t.id = f.withdrawn
                    WHERE \(condition) GROUP BY t.id ORDER BY t.at, t.name
                    """, arguments: arguments
            ).map { (try Self.takedown(from: $0), $0[2]) }
        }
    }

    private func takedowns(_ condition: SQLCondition) throws -> [Takedown] {
        try pool.read { database in
            try Row.fetchAll(
                database, sql: "SELECT record, name FROM takedowns WHERE \(condition.sql) ORDER BY at, name",
                arguments: condition.arguments
            ).map { try Self.takedown(from: $0) }
        }
    }

    /// The takedown of a row that begins with record and name.
    static func takedown(from row: Row) throws -> Takedown {
        let name: String = row[1]
        do throws(JSONError) {
            let takedown = try Takedown(json: Array(row[0] as Data))
            if takedown.id == name { return takedown }
        } catch {
            throw CatalogDamage("the record of takedown \(name): \(error)")
        }
        throw CatalogDamage("the record of takedown \(name) is that of another")
    }

    private static func record(_ takedown: Takedown, _ database: Database) throws -> TakedownEffect {
        let zone: Zone? = if case .zone(let zone) = takedown.target { zone } else { nil }
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO takedowns
                    (name, record, target, reason, at, south, north, shown)
                VALUES (?, ?, ?, ?, ?, ?, ?, 1)
                """,
            arguments: [
                takedown.id, Data(takedown.canonicalJSON.bytes), takedown.target.text,
                takedown.reason.rawValue,
                takedown.at.milliseconds, zone?.latitudes.lowerBound, zone?.latitudes.upperBound,
            ])
        guard database.changesCount > 0 else { return .nothing }
        // Perhaps more than it matches, never less.
        let candidates =
            switch takedown.target {
            case .frame: "SELECT f.id FROM takedowns t JOIN frames f ON f.name = t.target WHERE t.name = ?"
            case .drive:
                """
                SELECT f.id FROM takedowns t JOIN drives d ON d.name = t.target JOIN frames f ON f.drive = d.id
                WHERE t.name = ?
                """
            case .contributor:
                """
                SELECT f.id FROM takedowns t JOIN uploads u ON u.contributor = t.target
                    JOIN drives d ON d.upload = u.id JOIN frames f ON f.drive = d.id
                WHERE t.name = ?
                """
            case .zone:
                """
                SELECT f.id FROM takedowns t
                    JOIN frames f ON f.latitude_e7 >= t.south AND f.latitude_e7 < t.north
                WHERE t.name = ?
                """
            }
        let change = try Withdrawal.refresh(candidates, [takedown.id], database)
        let originals = try Row.fetchOne(
            database,
            sql: """
                SELECT count(DISTINCT o.id), min(o.name)
                FROM takedowns t JOIN frames f ON f.withdrawn = t.id JOIN frames o ON o.id = f.original
                WHERE t.name = ? AND o.withdrawn IS NULL
                """, arguments: [takedown.id])
        return TakedownEffect(
            isNew: true, frames: change.frames, drives: change.drives, originals: originals?[0] ?? 0,
            someOriginal: originals?[1])
    }
}
