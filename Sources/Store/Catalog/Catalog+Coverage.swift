import Canonical
import GRDB
import Geo

/// A cell that accepted frames lie in.
public struct CoveredCell: Sendable, Equatable {
    /// The cell.
    public let cell: Geohash
    /// Accepted frames that are not withdrawn, their drives, and who delivered them.
    public let frames, drives, contributors: Int
    /// In how many of the eight octants it was covered.
    public let octants: Int
    /// When it was covered first and last.
    public let firstAt, lastAt: UTCTime
}

/// A rectangle in degrees; with a west edge greater than the east edge it reaches over the antimeridian.
public struct DegreeBounds: Sendable, Equatable {
    /// 10^-7 degree; all edges are in it.
    public let southE7, westE7, northE7, eastE7: Int

    /// The rectangle between these edges; nil where they are none on Earth.
    public init?(southE7: Int, westE7: Int, northE7: Int, eastE7: Int) {
        let (latitudes, longitudes) = (-900_000_000...900_000_000, -1_800_000_000...1_800_000_000)
        guard latitudes.contains(southE7), latitudes.contains(northE7), southE7 <= northE7,
            longitudes.contains(westE7), longitudes.contains(eastE7)
        else { return nil }
        (self.southE7, self.westE7, self.northE7, self.eastE7) = (southE7, westE7, northE7, eastE7)
    }
}

extension Catalog {
    /// Gives the covered cells to `body` in the order of their geohashes: those that frames inside `bounds` lie in, and that
    /// were last covered before `time`; nil asks for all.
    public func forEachCoveredCell(
        in bounds: DegreeBounds?, lastBefore time: UTCTime?, precision: Int,
        _ body: (CoveredCell) throws -> Void
    ) throws {
        var condition = "f.verdict = 'accepted' AND f.withdrawn IS NULL AND f.cell IS NOT NULL"
        var arguments: StatementArguments = []
        if let bounds {
            let within = bounds.westE7 <= bounds.eastE7 ? "AND" : "OR"
            condition += """
                 AND f.latitude_e7 BETWEEN ? AND ?
                AND (f.longitude_e7 >= ? \(within) f.longitude_e7 <= ?)
                """
            arguments += [bounds.southE7, bounds.northE7, bounds.westE7, bounds.eastE7]
        }
        arguments += [time?.milliseconds ?? .max]
        try pool.read { database in
            let rows = try Row.fetchCursor(
                database,
                // An octant is centred on its direction, as HeadingOctant has it.
                sql: """
                    SELECT f.cell, count(*), count(DISTINCT f.drive), count(DISTINCT u.contributor),
                        count(DISTINCT (f.heading + 2250) % 36000 / 4500),
                        min(f.captured_at), max(f.captured_at) AS last
                    FROM frames f JOIN drives d ON d.id = f.drive JOIN uploads u ON u.id = d.upload
                    WHERE \(condition) GROUP BY f.cell HAVING last < ? ORDER BY f.cell
                    """, arguments: arguments)
            while let row = try rows.next() {
                guard let cell = Geohash(bits: UInt64(bitPattern: row[0]), precision: precision) else {
                    throw CatalogDamage("a frame lies in no cell")
                }
                try body(
                    CoveredCell(
                        cell: cell, frames: row[1], drives: row[2], contributors: row[3], octants: row[4],
                        firstAt: UTCTime(milliseconds: row[5]), lastAt: UTCTime(milliseconds: row[6])))
            }
        }
    }
}
