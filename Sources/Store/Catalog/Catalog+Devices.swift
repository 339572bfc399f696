import Canonical
import DriveFormats
import FoundationEssentials
import GRDB

extension Catalog {
    /// All keys that were ever registered, by device, then by time.
    public func deviceKeys() throws -> [DeviceKey] {
        try pool.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT device, key, contributor, registered_at, revoked_at FROM device_keys
                    ORDER BY device, registered_at, id
                    """
            ).map { row in
                let bytes: Data = row[1]
                guard let key = VerifyingKey(bytes: bytes) else {
                    throw CatalogDamage("the key of device \(row[0] as String) is no key")
                }
                return DeviceKey(
                    device: row[0], key: key, contributor: row[2],
                    registeredAt: UTCTime(milliseconds: row[3]),
                    revokedAt: (row[4] as Int64?).map { UTCTime(milliseconds: $0) })
            }
        }
    }

    /// Adds a key that holds.
    public func register(_ key: DeviceKey) throws {
        try pool.write {
            try $0.execute(
                sql: "INSERT INTO device_keys (device, key, contributor, registered_at) VALUES (?, ?, ?, ?)",
                arguments: [
                    key.device, Data(key.key.bytes), key.contributor, key.registeredAt.milliseconds,
                ])
        }
    }

    /// Ends the key of `device` that holds, as of `time`.
    public func revokeKey(of device: String, at time: UTCTime) throws {
        try pool.write {
            try $0.execute(
                sql: "UPDATE device_keys SET revoked_at = ? WHERE device = ? AND revoked_at IS NULL",
                arguments: [time.milliseconds, device])
        }
    }

    /// The bundles signed by `key`, or those with a number in `numbers`, by number, then in the order of receipt.
    public func chain(of key: VerifyingKey, numbers: ClosedRange<Int64>? = nil) throws -> [ChainLink] {
        let numbers = numbers ?? 1...Int64.max
        return try pool.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT u.name, u.contributor, u.received_at, b.device, b.sequence, b.previous, b.statement
                    FROM bundles b JOIN uploads u ON u.id = b.upload
                    WHERE b.key = ? AND b.sequence BETWEEN ? AND ?
                    ORDER BY b.sequence, u.received_at, u.name
                    """, arguments: [Data(key.bytes), numbers.lowerBound, numbers.upperBound]
            ).map { try Self.link(from: $0, key) }
        }
    }

    private static func link(from row: Row, _ key: VerifyingKey) throws -> ChainLink {
        let previous = (row[5] as Data?).flatMap { ContentHash(bytes: $0) }
        guard let hash = ContentHash(bytes: row[6] as Data),
            let signer = BundleStatement.Signer(
                device: row[3], key: key, sequence: row[4], previous: previous)
        else { throw CatalogDamage("upload \(row[0] as String) has an impossible signer") }
        return ChainLink(
            upload: row[0], contributor: row[1], receivedAt: UTCTime(milliseconds: row[2]),
            signed: SignedStatement(signer: signer, hash: hash))
    }

    /// The last bundle received at `time` or later that `key` signed, or that names `device` where one is given.
    public func lastBundle(
        since time: UTCTime, by key: VerifyingKey, naming device: String?
    ) throws -> (upload: String, receivedAt: UTCTime)? {
        try pool.read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT u.name, u.received_at FROM uploads u LEFT JOIN bundles b ON b.upload = u.id
                    WHERE u.format = 'bundle' AND u.received_at >= ?1 AND (b.key = ?2 OR b.device = ?3
                        OR EXISTS (SELECT 1 FROM drives WHERE upload = u.id AND device = ?3))
                    ORDER BY u.received_at DESC, u.name LIMIT 1
                    """, arguments: [time.milliseconds, Data(key.bytes), device]
            ).map { ($0[0], UTCTime(milliseconds: $0[1])) }
        }
    }

    /// Notes who signed an upload.
    static func insert(_ signed: SignedStatement, upload: Int64, _ database: Database) throws {
        let signer = signed.signer
        try database.execute(
            sql: """
                INSERT INTO bundles (upload, device, key, sequence, previous, statement)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                upload, signer.device, Data(signer.key.bytes), signer.sequence,
                signer.previous.map { Data($0.bytes) }, Data(signed.hash.bytes),
            ])
    }
}
