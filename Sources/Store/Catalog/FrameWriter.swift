import Canonical
import DriveFormats
import FoundationEssentials
import GRDB
import Geo
import Stages
import Tiles

/// Writes the drives and frames of one upload inside one transaction.
struct FrameWriter {
    private let database: Database
    private let rules: DeduplicateRules
    private let cellPrecision: Int
    private let insertion: Statement
    private let replacement: Statement
    private let unindexed: Statement
    private var nextFrame: Int64

    init(_ database: Database, rules: DeduplicateRules, cellPrecision: Int) throws {
        self.database = database
        self.rules = rules
        self.cellPrecision = cellPrecision
        // A stop's best frame, which stands for the others, may come behind them.
        try database.execute(sql: "PRAGMA defer_foreign_keys = ON")
        nextFrame = try (Int64.fetchOne(database, sql: "SELECT max(id) FROM frames") ?? 0) + 1
        // Two statements: one that did both, an upsert, would copy every page it touches into a statement journal.
        let columns = FrameColumns.all.joined(separator: ", ")
        let values = FrameColumns.all.map { _ in "?" }.joined(separator: ", ")
        insertion = try database.makeStatement(
            sql: "INSERT INTO frames (\(columns), id) VALUES (\(values), ?)")
        replacement = try database.makeStatement(
            sql: "UPDATE frames SET (\(columns)) = (\(values)) WHERE id = ? AND epoch IS NULL")
        unindexed = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO unindexed_pictures (id) VALUES (?)")
    }

    mutating func insert(_ drive: DriveEntry, upload: Int64, receivedAt: UTCTime) throws {
        try database.execute(
            sql: """
                INSERT INTO drives (name, upload, device, parts, fixes, refused, outliers, trace, remarks, flags)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                drive.name, upload, drive.device, drive.trace.parts.count, drive.trace.parts.joined().count,
                drive.trace.refused, drive.trace.outliers, Data(PackedTrace.bytes(drive.trace)),
                Self.text(drive.remarks), Self.text(drive.flags),
            ])
        try write(drive.frames, drive: database.lastInsertedRowID, receivedAt, by: insertion)
    }

    /// Writes what the drive's checks find as of another receipt, wherever no epoch has sealed a frame. The same
    /// contents have the same drives and frames, and were inserted in this order.
    mutating func replace(_ drive: DriveEntry, receivedAt: UTCTime) throws {
        let known = try Row.fetchOne(
            database,
            sql:
                "SELECT d.id, min(f.id), count(f.id) FROM drives d LEFT JOIN frames f ON f.drive = d.id WHERE d.name = ?",
            arguments: [drive.name])
        guard let known, let id: Int64 = known[0], known[2] == drive.frames.count else {
            throw CatalogDamage("drive \(drive.name) has other frames than its upload")
        }
        try database.execute(
            sql: """
                UPDATE drives SET parts = ?, fixes = ?, refused = ?, outliers = ?, trace = ?, remarks = ?,
                    flags = ?
                WHERE id = ?
                """,
            arguments: [
                drive.trace.parts.count, drive.trace.parts.joined().count, drive.trace.refused,
                drive.trace.outliers, Data(PackedTrace.bytes(drive.trace)), Self.text(drive.remarks),
                Self.text(drive.flags), id,
            ])
        guard let first: Int64 = known[1] else { return }
        nextFrame = first
        try write(drive.frames, drive: id, receivedAt, by: replacement)
    }

    private static func text(_ remarks: [String]) -> String? {
        remarks.isEmpty ? nil : CanonicalJSON.array(remarks.map { .string($0) }).text
    }

    private static func text(_ flags: [Finding]) -> String? {
        flags.isEmpty ? nil : CanonicalJSON.array(flags.map(\.canonicalJSON)).text
    }

    private mutating func write(
        _ frames: [FrameEntry], drive: Int64, _ receivedAt: UTCTime, by statement: Statement
    ) throws {
        let first = nextFrame
        for (number, frame) in frames.enumerated() {
            var row = values(frame, drive: drive, first: first, receivedAt)
            row["number"] = number
            var arguments: [(any DatabaseValueConvertible)?] = FrameColumns.all.map { row[$0] ?? nil }
            arguments.append(nextFrame)
            try statement.execute(arguments: StatementArguments(arguments))
            // Where it is judged anew, the index may have it already; finding it twice is as good as once.
            if case .success = frame.outcome { try unindexed.execute(arguments: [nextFrame]) }
            nextFrame += 1
        }
        try Catalog.markDirty(drive: drive, database)
    }

    private func values(
        _ frame: FrameEntry, drive: Int64, first: Int64, _ receivedAt: UTCTime
    ) -> [String: (any DatabaseValueConvertible)?] {
        var row: [String: (any DatabaseValueConvertible)?] = [
            "name": frame.name, "drive": drive, "path": frame.source.path,
            "range_start": frame.source.range?.lowerBound, "range_end": frame.source.range?.upperBound,
            "bytes": frame.bytes, "sha256": frame.content.map { Data($0.bytes) },
            "kept_sha256": frame.copy.map { Data($0.bytes) },
            "received_at": receivedAt.milliseconds, "captured_at": frame.capturedAt?.milliseconds,
            "verdict": VerdictKind.accepted.rawValue, "pending": 0,
        ]
        if !frame.evidence.isEmpty { row["evidence"] = Data(frame.evidence.canonicalJSON.bytes) }
        switch frame.outcome {
        case .failure(let refusal):
            row["verdict"] = VerdictKind.rejected.rawValue
            row["rule"] = refusal.finding.rule.rawValue
            row["value"] = refusal.finding.value
            row["bound"] = refusal.finding.limit
            row["unit"] = refusal.finding.unit
            row["message"] = refusal.finding.message
        case .success(let observation):
            row.merge(FrameColumns.values(observation, cellPrecision: cellPrecision)) { $1 }
            row["pending"] = 1
            if let stop = frame.stop {
                row["stop"] = stop.number
                if first + Int64(stop.best) != nextFrame {
                    row["verdict"] = VerdictKind.duplicate.rawValue
                    row["rule"] = Rule.duplicateStandstill.rawValue
                    row["value"] = stop.distance
                    row["bound"] = rules.standstillDistance
                    row["unit"] = "mm"
                    row["original"] = first + Int64(stop.best)
                    return row
                }
            }
        }
        return row
    }
}
