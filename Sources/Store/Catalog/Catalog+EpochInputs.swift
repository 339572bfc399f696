import Canonical
import FoundationEssentials
import GRDB
import Geo
import Rewards
import Stages

/// A drive of an epoch.
public struct EpochDrive: Sendable {
    /// What the epoch takes from it.
    public let input: DriveInput
    /// Its row number.
    let row: Int64
    /// Whether an earlier epoch has frames of it.
    public let isInEarlierEpoch: Bool
}

extension Catalog {
    /// The drives that have frames of `selection`, by name; `epoch` is the id of the epoch that is made of it.
    public func drives(_ selection: EpochSelection, of epoch: String) throws -> [EpochDrive] {
        let frames = selection.frames
        return try pool.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT d.id, d.name, u.name, u.contributor, b.device, u.received_at, d.flags,
                        EXISTS (SELECT 1 FROM frames f WHERE f.drive = d.id AND f.epoch < ?)
                    FROM drives d JOIN uploads u ON u.id = d.upload LEFT JOIN bundles b ON b.upload = u.id
                    WHERE d.id IN (SELECT drive FROM frames f WHERE \(frames.sql)) ORDER BY d.name
                    """, arguments: [epoch] + frames.arguments
            ).map { row in
                EpochDrive(
                    input: DriveInput(
                        drive: row[1], upload: row[2], contributor: row[3], device: row[4],
                        receivedAt: UTCTime(milliseconds: row[5]),
                        flags: try Self.flags(row[6], of: row[1]).map(\.rule)),
                    row: row[0], isInEarlierEpoch: row[7])
            }
        }
    }

    /// Gives what is published of the frames of `selection` to `body`, by the bytes of their names. `drives` are theirs;
    /// `commitment` says what is published of an accepted frame's exact position.
    public func forEachRecord(
        _ selection: EpochSelection, of drives: [EpochDrive], cellPrecision: Int,
        commitment: (_ frame: String, Coordinate) -> ContentHash?, _ body: (FrameRecord) throws -> Void
    ) throws {
        let inputs = Dictionary(uniqueKeysWithValues: drives.map { ($0.row, $0.input) })
        let (frames, later) = (selection.frames, selection.frameTakenDownLater)
        try pool.read { database in
            // Names are ordered by their bytes: SQLite's own order of texts is that of memcmp.
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT f.name, f.drive, CASE WHEN \(later.sql) THEN 'accepted' ELSE f.verdict END, f.captured_at, f.sha256, f.rule, f.value, f.bound, f.unit,
                        f.message, o.name, f.cell, f.heading, f.quality, f.latitude_e7, f.longitude_e7, f.exposure,
                        f.sharpness, f.contrast, f.obstruction, f.accuracy, f.resolution, f.focus, f.relative_focus, f.glare,
                        f.daylight, f.dirt, f.hood, f.heading_known
                    FROM frames f LEFT JOIN frames o ON o.id = f.original WHERE \(frames.sql)
                    ORDER BY f.name
                    """, arguments: later.arguments + frames.arguments)
            while let row = try rows.next() {
                guard let drive = inputs[row[1]] else { throw CatalogDamage("a frame's drive") }
                try body(FrameRecord(row, drive, cellPrecision: cellPrecision, commitment: commitment))
            }
        }
    }
}

extension FrameRecord {
    /// What the world may know of a row.
    fileprivate init(
        _ row: Row, _ drive: DriveInput, cellPrecision: Int, commitment: (String, Coordinate) -> ContentHash?
    ) throws {
        let name: String = row[0]
        let verdict: Verdict
        switch VerdictKind(rawValue: row[2]) {
        case .accepted:
            guard let bits: Int64 = row[11],
                let cell = Geohash(bits: UInt64(bitPattern: bits), precision: cellPrecision),
                let position = Coordinate(latitudeE7: row[14], longitudeE7: row[15])
            else { throw CatalogDamage("frame \(name): position or cell") }
            let quality = Quality(
                exposure: row[16], sharpness: row[17], contrast: row[18], obstruction: row[19],
                accuracy: row[20], resolution: row[21], focus: row[22], relativeFocus: row[23],
                glare: row[24], daylight: row[25], dirt: row[26], hood: row[27],
                heading: row[28])
            verdict = .accepted(
                Acceptance(
                    cell: cell,
                    octant: (row[12] as Int?).map { HeadingOctant(headingCentidegrees: $0) },
                    quality: row[13], factors: quality,
                    location: commitment(name, position)))
        case .duplicate:
            guard let original: String = row[10] else { throw CatalogDamage("frame \(name): original") }
            verdict = .duplicate(try Self.finding(row, of: name), of: original)
        case .rejected: verdict = .rejected(try Self.finding(row, of: name))
        case nil: throw CatalogDamage("frame \(name): verdict")
        }
        self.init(
            frame: name, drive: drive.drive, upload: drive.upload, contributor: drive.contributor,
            sha256: (row[4] as Data?).flatMap { ContentHash(bytes: $0) }, receivedAt: drive.receivedAt,
            capturedAt: (row[3] as Int64?).map(UTCTime.init(milliseconds:)), verdict: verdict)
    }

    private static func finding(_ row: Row, of name: String) throws -> Finding {
        guard let text: String = row[5], let rule = Rule(rawValue: text) else {
            throw CatalogDamage("frame \(name): rule")
        }
        return Finding(rule, value: row[6], limit: row[7], unit: row[8], message: row[9])
    }
}
