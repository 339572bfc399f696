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

    /// Remembers that what was seen at `path` lies elsewhere now.
    public func move(sightingAt path: String, to sighting: Sighting) throws {
        try pool.write {
            try $0.execute(
                sql:
                    "UPDATE OR REPLACE sightings SET path = ?, fingerprint = ? WHERE contributor = ? AND path = ?",
                arguments: [
                    sighting.path, Data(sighting.fingerprint.bytes), sighting.contributor, path,
                ])
        }
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
                if upload.isKept {
                    try database.execute(
                        sql: "UPDATE uploads SET kept = 1 WHERE name = ?", arguments: [upload.name])
                    try Self.doubtRemovedCopies(ofUpload: known[0], database)
                }
                if upload.receivedAt.milliseconds < known[1] {
                    let writer = try FrameWriter(database, rules: rules, cellPrecision: cellPrecision)
                    try Self.receive(upload, as: known[0], writer, database)
                }
                try Self.remember(sighting, upload: known[0], database)
                return false
            }
            try database.execute(
                sql: """
                    INSERT INTO uploads (name, content, contributor, received_at, format, source, kept)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    upload.name, Data(upload.content.bytes), upload.contributor,
                    upload.receivedAt.milliseconds,
                    upload.format, upload.source, upload.isKept,
                ])
            let id = database.lastInsertedRowID
            if let signed = upload.signed { try Self.insert(signed, upload: id, database) }
            var writer = try FrameWriter(database, rules: rules, cellPrecision: cellPrecision)
            for drive in upload.drives {
                try writer.insert(drive, upload: id, receivedAt: upload.receivedAt)
            }
            try Withdrawal.refresh(Self.framesOfUpload, [id], database)
            if upload.isKept { try Self.doubtRemovedCopies(ofUpload: id, database) }
            try Self.remember(sighting, upload: id, database)
            return true
        }
    }

    /// The same upload with an earlier receipt: its frames that no epoch has sealed are judged as of that, and who
    /// came first is decided anew, for them and for all that were called their duplicates.
    private static func receive(
        _ upload: UploadEntry, as id: Int64, _ writer: FrameWriter, _ database: Database
    ) throws {
        var writer = writer
        let own = framesOfUpload
        try database.execute(
            sql: "UPDATE uploads SET received_at = ? WHERE id = ?",
            arguments: [upload.receivedAt.milliseconds, id])
        for drive in upload.drives { try writer.replace(drive, receivedAt: upload.receivedAt) }
        try database.execute(
            sql: """
                UPDATE frames SET verdict = 'accepted', rule = NULL, value = NULL, bound = NULL, unit = NULL,
                    message = NULL, original = NULL, pending = 1
                WHERE original IN (\(own)) AND epoch IS NULL AND rule IN ('duplicate.exact', 'duplicate.near')
                """, arguments: [id])
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO dirty_drives (id)
                SELECT DISTINCT drive FROM frames WHERE pending = 1 AND verdict = 'accepted'
                """)
        try Withdrawal.refresh("\(own) UNION SELECT id FROM frames WHERE pending = 1", [id], database)
        // Judged anew, they wait to be compared as new frames do, but generations have shown them.
        try database.execute(
            sql: """
                UPDATE takedowns SET shown = 1
                WHERE id IN (SELECT withdrawn FROM frames WHERE id IN (\(own)) AND withdrawn IS NOT NULL)
                """, arguments: [id])
    }

    private static let framesOfUpload =
        "SELECT f.id FROM frames f JOIN drives d ON d.id = f.drive WHERE d.upload = ?"

    private static func remember(_ sighting: Sighting, upload: Int64?, _ database: Database) throws {
        try database.execute(
            sql:
                "INSERT OR REPLACE INTO sightings (contributor, path, fingerprint, upload) VALUES (?, ?, ?, ?)",
            arguments: [sighting.contributor, sighting.path, Data(sighting.fingerprint.bytes), upload])
    }
}
