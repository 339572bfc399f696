import Canonical
import FoundationEssentials
import GRDB
import Geo
import Stages

extension Catalog {
    /// What `contributor` keeps to themselves.
    public func privacy(of contributor: String) throws -> PrivacyRules {
        try pool.read { database in
            guard
                let record = try Data.fetchOne(
                    database, sql: "SELECT record FROM privacy WHERE contributor = ?",
                    arguments: [contributor])
            else { return PrivacyRules() }
            return try Self.privacy(record, contributor)
        }
    }

    /// What all contributors keep to themselves, by contributor.
    public func privacy() throws -> [(contributor: String, rules: PrivacyRules)] {
        try pool.read { database in
            try Row.fetchAll(database, sql: "SELECT contributor, record FROM privacy ORDER BY contributor")
                .map {
                    (contributor: $0[0], rules: try Self.privacy($0[1], $0[0]))
                }
        }
    }

    /// Replaces what `contributor` keeps to themselves.
    public func setPrivacy(_ rules: PrivacyRules, of contributor: String) throws {
        try pool.write { database in
            guard !rules.isEmpty else {
                return try database.execute(
                    sql: "DELETE FROM privacy WHERE contributor = ?", arguments: [contributor])
            }
            try database.execute(
                sql: "INSERT OR REPLACE INTO privacy (contributor, record) VALUES (?, ?)",
                arguments: [contributor, Data(PrivacyRecord.bytes(rules))])
        }
    }

    /// How many frames that `contributor` delivered before lie in `zone` and are still shown.
    public func framesShown(of contributor: String, in zone: PrivateZone) throws -> Int {
        try pool.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT f.latitude_e7, f.longitude_e7 FROM frames f JOIN drives d ON d.id = f.drive
                    JOIN uploads u ON u.id = d.upload
                    WHERE u.contributor = ? AND f.latitude_e7 IS NOT NULL AND f.withdrawn IS NULL
                    """, arguments: [contributor])
            var count = 0
            while let row = try rows.next() {
                guard let position = Coordinate(latitudeE7: row[0], longitudeE7: row[1]) else {
                    throw CatalogDamage("a frame of \(contributor) has an impossible position")
                }
                if zone.contains(position) { count += 1 }
            }
            return count
        }
    }

    private static func privacy(_ record: Data, _ contributor: String) throws -> PrivacyRules {
        do { return try PrivacyRecord.rules(Array(record)) } catch {
            throw CatalogDamage("the privacy of \(contributor): \(error)")
        }
    }
}
