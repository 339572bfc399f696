import Canonical
import FoundationEssentials
import GRDB
import Imaging
import Rewards
import Stages

/// What the catalog knows of a kept frame's picture.
public struct KeptPicture: Sendable {
    /// Its hashes.
    public let dHash: DHash, pdq: PDQHash
    /// The hashes that the copy of its bytes may have; none where no copy is kept.
    public let copies: Set<ContentHash>
}

/// A drive of which frames are missing in the catalog.
public struct MissingFrames: Sendable {
    /// The drive's name.
    public let drive: String
    /// How many frames came in, by the greatest number of one, and how many there are.
    public let delivered, present: Int64
}

extension Catalog {
    /// What became of the frames of `selection`.
    public func balance(_ selection: FrameSelection) throws -> BalanceSheet {
        let (condition, arguments) = selection.condition
        return try pool.read { database in
            var sheet = BalanceSheet()
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT d.name, u.contributor, f.verdict, f.rule, count(*)
                    FROM frames f JOIN drives d ON d.id = f.drive JOIN uploads u ON u.id = d.upload
                    WHERE \(condition) GROUP BY d.id, f.verdict, f.rule
                    """, arguments: arguments)
            while let row = try rows.next() {
                let (verdict, rule): (String, String?) = (row[2], row[3])
                let known = rule.map { Rule(rawValue: $0) != nil } ?? true
                sheet.add(
                    row[4], drive: row[0], contributor: row[1], known ? VerdictKind(rawValue: verdict) : nil,
                    rule.flatMap(Rule.init(rawValue:)))
            }
            return sheet
        }
    }

    /// The drives whose frames, which are numbered from 0 as they are taken in, are not all there, by name.
    public func drivesWithMissingFrames() throws -> [MissingFrames] {
        try pool.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT d.name, max(f.number) + 1, count(*) FROM frames f JOIN drives d ON d.id = f.drive
                    GROUP BY d.id HAVING max(f.number) + 1 <> count(*) ORDER BY d.name
                    """
            ).map { MissingFrames(drive: $0[0], delivered: $0[1], present: $0[2]) }
        }
    }

    /// What there is of the picture of the frame called `name`; nil where it has none.
    public func keptPicture(of name: String) throws -> KeptPicture? {
        try pool.read { database in
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT dhash, pdq, sha256 FROM frames WHERE name = ? AND pdq IS NOT NULL",
                    arguments: [name])
            else { return nil }
            guard let pdq = PackedHash.hash(row[1]) else {
                throw CatalogDamage("frame \(name) has no valid hashes")
            }
            let copies = try Data.fetchAll(
                database,
                sql: "SELECT DISTINCT kept_sha256 FROM frames WHERE sha256 = ? AND kept_sha256 IS NOT NULL",
                arguments: [row[2] as Data?])
            return KeptPicture(
                dHash: DHash(bits: UInt64(bitPattern: row[0])), pdq: pdq,
                copies: Set(copies.compactMap { ContentHash(bytes: $0) }))
        }
    }
}
