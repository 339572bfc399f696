import Canonical
import FoundationEssentials
import GRDB
import Stages

/// What the catalog knows of an upload.
public struct UploadView: Sendable {
    /// Name, contributor, format and folder.
    public let name, contributor, format, source: String
    /// The hash over the listing of its files.
    public let content: ContentHash
    /// When it was received.
    public let receivedAt: UTCTime
    /// The names of its drives.
    public let drives: [String]
}

/// What the catalog knows of a drive.
public struct DriveView: Sendable {
    /// Its name, its upload's name, and who delivered it.
    public let name, upload, contributor: String
    /// When its upload was received.
    public let receivedAt: UTCTime
    /// What the upload calls the camera.
    public let device: String?
    /// The upload's format and folder.
    public let format, source: String
    /// Parts the trace was cut into, and its fixes: kept, no time or place at all, impossible to have been at.
    public let parts, fixes, refused, outliers: Int
    /// What the reader left out, and how much of it, in words.
    public let remarks: [String]
    /// What is implausible about its trace.
    public let flags: [Finding]
    /// First and last capture time of its frames.
    public let firstAt, lastAt: UTCTime?
    /// Its frames by verdict.
    public let counts: VerdictTally
}

extension Catalog {
    /// The uploads by name; only the one called `name` where that is given.
    public func uploads(named name: String? = nil) throws -> [UploadView] {
        try pool.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT name, contributor, format, source, content, received_at, id FROM uploads
                    WHERE ?1 IS NULL OR name = ?1 OR source = ?1 ORDER BY name
                    """, arguments: [name]
            ).map { row in
                guard let content = ContentHash(bytes: row[4] as Data) else {
                    throw CatalogDamage("an upload's hash")
                }
                return UploadView(
                    name: row[0], contributor: row[1], format: row[2], source: row[3], content: content,
                    receivedAt: UTCTime(milliseconds: row[5]),
                    drives: try String.fetchAll(
                        database, sql: "SELECT name FROM drives WHERE upload = ? ORDER BY id",
                        arguments: [row[6] as Int64]))
            }
        }
    }

    /// The drives of the upload `upload` in their order.
    public func drives(ofUpload upload: UploadView) throws -> [DriveView] {
        try upload.drives.flatMap { try drives(named: $0) }
    }

    private static func remarks(_ text: String?, of drive: String) throws -> [String] {
        guard let text else { return [] }
        let read = try? JSONReader.read(Array(text.utf8), limits: JSONLimits())
        guard case .array(let elements) = read else { throw CatalogDamage("the remarks on drive \(drive)") }
        return elements.compactMap { if case .string(let remark) = $0 { remark } else { nil } }
    }

    static func flags(_ text: String?, of drive: String) throws -> [Finding] {
        guard let text else { return [] }
        do {
            let read = try JSONReader.read(Array(text.utf8), limits: JSONLimits())
            guard case .array(let elements) = read else {
                throw JSONError(reason: "no array of findings", place: "$")
            }
            return try elements.map { try Finding($0, path: "$") }
        } catch {
            throw CatalogDamage("the flags of drive \(drive): \(error)")
        }
    }

    /// The drives by name; only the one called `name` where that is given.
    public func drives(named name: String? = nil) throws -> [DriveView] {
        let rows = try pool.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT d.name, u.name, u.contributor, d.device, u.format, u.source, d.parts, d.fixes, d.refused,
                        d.outliers, min(f.captured_at), max(f.captured_at), d.remarks,
                        d.flags, u.received_at
                    FROM drives d JOIN uploads u ON u.id = d.upload LEFT JOIN frames f ON f.drive = d.id
                    WHERE ?1 IS NULL OR d.name = ?1 GROUP BY d.id ORDER BY d.name
                    """, arguments: [name])
        }
        return try rows.map { row in
            let (first, last): (Int64?, Int64?) = (row[10], row[11])
            return DriveView(
                name: row[0], upload: row[1], contributor: row[2], receivedAt: UTCTime(milliseconds: row[14]),
                device: row[3], format: row[4], source: row[5],
                parts: row[6], fixes: row[7], refused: row[8], outliers: row[9],
                remarks: try Self.remarks(row[12], of: row[0]), flags: try Self.flags(row[13], of: row[0]),
                firstAt: first.map(UTCTime.init(milliseconds:)),
                lastAt: last.map(UTCTime.init(milliseconds:)),
                counts: try verdictTally(.drive(row[0])))
        }
    }
}
