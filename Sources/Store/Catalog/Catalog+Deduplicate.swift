import Canonical
import FoundationEssentials
import GRDB
import Imaging
import Stages

/// An observation as far as duplicates are concerned.
public struct CatalogPicture: Sendable {
    /// Row number; never leaves the process.
    public let id: Int64
    /// The picture's hashes.
    public let hashes: PictureHashes
    /// Its place among equal pictures.
    public let precedence: Precedence
    /// The drive and the stop it belongs to, where the car stood.
    public let stop: Stop?
    /// Whether a sealed epoch has counted it, so that its verdict stands for ever.
    public let isSealed: Bool
    /// Whether a sealed epoch has counted it as accepted: nothing can take that from it, whatever turns up later.
    public let isPaid: Bool
    /// The picture it is called an equal of so far.
    public let original: Int64?

    /// A stop of a drive.
    public struct Stop: Hashable, Sendable {
        let drive: Int64
        let number: Int64
    }
}

/// A finding that a picture equals an earlier one.
public struct DuplicateFinding: Sendable {
    /// The later frame.
    public let frame: Int64
    /// The earliest frame that shows the same picture.
    public let original: Int64
    /// How they are the same.
    public let match: PictureMatch

    /// `frame` equals `original` as `match` says.
    public init(frame: Int64, original: Int64, match: PictureMatch) {
        self.frame = frame
        self.original = original
        self.match = match
    }
}

extension Catalog {
    /// At most `limit` observations that have not been compared with all others.
    public func pendingPictures(limit: Int) throws -> [CatalogPicture] {
        try pool.read { database in
            try Self.pictures(database, "f.pending = 1 ORDER BY f.id LIMIT \(limit)", [])
        }
    }

    /// The observations with these row numbers.
    public func pictures(_ ids: [Int64]) throws -> [CatalogPicture] {
        try pool.read { database in
            var result: [CatalogPicture] = []
            for start in stride(from: 0, to: ids.count, by: 500) {
                let some = ids[start..<min(start + 500, ids.count)]
                let marks = some.map { _ in "?" }.joined(separator: ",")
                result += try Self.pictures(database, "f.id IN (\(marks))", StatementArguments(Array(some)))
            }
            return result
        }
    }

    /// Records in one transaction what was found out about the observations `compared`.
    public func apply(_ findings: [DuplicateFinding], compared: [Int64], rules: DeduplicateRules) throws {
        try pool.write { database in
            let mark = try database.makeStatement(
                sql: """
                    UPDATE frames SET verdict = 'duplicate', rule = ?, value = ?, bound = ?, unit = 'bits',
                        message = ?, original = ?
                    WHERE id = ? AND epoch IS NULL
                        AND (rule IS NULL OR rule IN ('duplicate.exact', 'duplicate.near', 'takedown'))
                    """)
            for finding in findings {
                try Self.markDirty(frame: finding.frame, database)
                let found = finding.match.finding(rules: rules)
                try mark.execute(arguments: [
                    found.rule.rawValue, found.value, found.limit, found.message, finding.original,
                    finding.frame,
                ])
            }
            try Withdrawal.refresh(frames: findings.map(\.frame), database)
            let done = try database.makeStatement(sql: "UPDATE frames SET pending = 0 WHERE id = ?")
            for id in compared { try done.execute(arguments: [id]) }
        }
    }

    private static func pictures(
        _ database: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> [CatalogPicture] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT f.id, f.sha256, f.dhash, f.pdq, f.pdq_variants, f.pdq_quality, f.received_at, f.captured_at, f.name, f.drive,
                    f.stop, f.epoch IS NOT NULL, f.original, f.rule, f.verdict = 'accepted'
                FROM frames f WHERE f.dhash IS NOT NULL AND \(condition)
                """, arguments: arguments)
        var result: [CatalogPicture] = []
        while let row = try rows.next() {
            guard let content = ContentHash(bytes: row[1] as Data),
                let pdq = PackedHash.hash(row[3]), let variants = PackedHash.variants(row[4])
            else {
                throw CatalogDamage("frame \(row[8] as String) has no valid hashes")
            }
            let isSealed: Bool = row[11]
            let isStandstill = (row[13] as String?) == Rule.duplicateStandstill.rawValue
            result.append(
                CatalogPicture(
                    id: row[0],
                    hashes: PictureHashes(
                        content: content, dHash: DHash(bits: UInt64(bitPattern: row[2])), pdq: pdq,
                        variants: variants, pdqQuality: row[5]),
                    precedence: Precedence(
                        receivedAt: UTCTime(milliseconds: row[6]),
                        capturedAt: UTCTime(milliseconds: row[7]), content: content, frame: row[8]),
                    stop: (row[10] as Int64?).map { CatalogPicture.Stop(drive: row[9], number: $0) },
                    isSealed: isSealed, isPaid: isSealed && row[14],
                    original: isStandstill ? nil : row[12]))
        }
        return result
    }
}

/// The catalog says something that no run of ours can have written.
public struct CatalogDamage: Error, Sendable, Equatable, CustomStringConvertible {
    /// What it says.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
