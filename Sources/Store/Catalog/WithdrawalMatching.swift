import Canonical
import FoundationEssentials
import GRDB
import Geo
import Rewards

/// Finds for the touched frames of a ``Withdrawal`` the takedowns that match them themselves.
///
/// What matches is decided by `Takedown.matches` alone. In memory that takes nanoseconds a zone and frame; in SQL it
/// took most of the time of an ingest once there were a thousand zones.
enum WithdrawalMatching {
    static func run(_ database: Database) throws {
        var numbers: [String: Int64] = [:]
        var takedowns: [Takedown] = []
        let recorded = try Row.fetchCursor(database, sql: "SELECT record, name, id FROM takedowns")
        while let row = try recorded.next() {
            let takedown = try Catalog.takedown(from: row)
            takedowns.append(takedown)
            numbers[takedown.id] = row[2]
        }
        let matches = try matches(StandingTakedowns(takedowns), database)
        let note = try database.makeStatement(sql: "UPDATE temp.touched SET takedown = ? WHERE id = ?")
        for (frame, takedown) in matches { try note.execute(arguments: [numbers[takedown], frame]) }
    }

    private static func matches(
        _ standing: StandingTakedowns, _ database: Database
    ) throws -> [(frame: Int64, takedown: String)] {
        var matches: [(frame: Int64, takedown: String)] = []
        let frames = try Row.fetchCursor(
            database,
            sql: """
                SELECT f.id, f.name, d.name, u.contributor, f.received_at, f.latitude_e7, f.longitude_e7
                FROM temp.touched t CROSS JOIN frames f ON f.id = t.id
                    CROSS JOIN drives d ON d.id = f.drive CROSS JOIN uploads u ON u.id = d.upload
                """)
        while let row = try frames.next() {
            let position: Coordinate? =
                if let latitude: Int = row[5], let longitude: Int = row[6] {
                    Coordinate(latitudeE7: latitude, longitudeE7: longitude)
                } else {
                    nil
                }
            let subject = TakedownSubject(
                frame: row[1], drive: row[2], contributor: row[3],
                receivedAt: UTCTime(milliseconds: row[4]), position: position)
            if let first = standing.first(matching: subject) { matches.append((row[0], first.id)) }
        }
        return matches
    }
}
