import Canonical
import FoundationEssentials
import GRDB
import Geo
import Stages

/// A directory that was seen before.
public struct Sighting: Sendable {
    /// Who delivered it.
    public let contributor: String
    /// Where it lay.
    public let path: String
    /// The directory's fingerprint then.
    public let fingerprint: ContentHash

    /// A directory as it was seen.
    public init(contributor: String, path: String, fingerprint: ContentHash) {
        self.contributor = contributor
        self.path = path
        self.fingerprint = fingerprint
    }
}

extension Catalog {
    /// Whether this directory was dealt with before and has not changed since.
    public func knows(_ sighting: Sighting) throws -> Bool {
        try pool.read { database in
            let stored = try Data?.fetchOne(
                database, sql: "SELECT fingerprint FROM sightings WHERE contributor = ? AND path = ?",
                arguments: [sighting.contributor, sighting.path])
            return stored.flatMap { $0 }.map(Array.init) == sighting.fingerprint.bytes
        }
    }

    /// Remembers a directory that went to quarantine.
    public func remember(_ sighting: Sighting) throws {
        try pool.write { try Self.remember(sighting, upload: nil, $0) }
    }

    /// Adds `upload` with all its drives and frames in one transaction. An upload that the same contributor has
    /// delivered before is not added again; it keeps the earlier of the two times of receipt.
    ///
    /// - Returns: whether the upload is new.
    public func add(
        _ upload: UploadEntry, sighting: Sighting, rules: DeduplicateRules, cellPrecision: Int
    ) throws -> Bool {
        try pool.write { database in
            if let known = try Row.fetchOne(
                database, sql: "SELECT id, received_at FROM uploads WHERE name = ?", arguments: [upload.name])
            {
                try Self.receive(known[0], from: known[1], at: upload.receivedAt, database)
                try Self.remember(sighting, upload: known[0], database)
                return false
            }
            try database.execute(
                sql: """
                    INSERT INTO uploads (name, content, contributor, received_at, format, source)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    upload.name, Data(upload.content.bytes), upload.contributor,
                    upload.receivedAt.milliseconds,
                    upload.format, upload.source,
                ])
            let id = database.lastInsertedRowID
            var writer = try FrameWriter(database, rules: rules, cellPrecision: cellPrecision)
            for (number, drive) in upload.drives.enumerated() {
                try writer.insert(drive, number: number, upload: id, receivedAt: upload.receivedAt)
            }
            try writer.markDirtyTiles()
            try Self.remember(sighting, upload: id, database)
            return true
        }
    }

    /// The same upload delivered again: of its frames that no epoch has sealed, the earlier receipt counts, and
    /// who came first is decided anew.
    private static func receive(_ upload: Int64, from stored: Int64, at time: UTCTime, _ database: Database)
        throws
    {
        guard time.milliseconds < stored else { return }
        try database.execute(
            sql: "UPDATE uploads SET received_at = ? WHERE id = ?", arguments: [time.milliseconds, upload])
        try database.execute(
            sql: """
                UPDATE frames SET received_at = ?, pending = (dhash IS NOT NULL)
                WHERE epoch IS NULL AND drive IN (SELECT id FROM drives WHERE upload = ?)
                """, arguments: [time.milliseconds, upload])
    }

    private static func remember(_ sighting: Sighting, upload: Int64?, _ database: Database) throws {
        try database.execute(
            sql:
                "INSERT OR REPLACE INTO sightings (contributor, path, fingerprint, upload) VALUES (?, ?, ?, ?)",
            arguments: [sighting.contributor, sighting.path, Data(sighting.fingerprint.bytes), upload])
    }
}
