import Geo
import Testing

@testable import Tiles

@Suite struct WayPointTests {
    /// Columns of the map per metre at the equator on a sphere of 6,371,008.8 m: 107.2931.
    @Test(
        "Frames are linked up to 300 m and 15 s, or up to 50 m",
        arguments: [
            (32_187, 15_000, true), (32_189, 15_000, false), (32_187, 15_001, false),
            (-32_187, -15_000, true),
            (5364, 15_001, true), (5365, 15_001, false), (5364, 1_000_000_000_000, true), (0, 0, true),
        ] as [(Int64, Int64, Bool)])
    func limits(distance: Int64, pause: Int64, isLinked: Bool) {
        let from = WayPoint(column: 5, row: 1 << 31, capturedAt: 7)
        // Round the Earth where the distance is negative.
        let column = UInt32(truncatingIfNeeded: 5 + distance)
        let east = WayPoint(column: column, row: 1 << 31, capturedAt: 7 + pause)
        #expect(from.isLinked(to: east) == isLinked)
        let row = UInt32(clamping: 1 << 31 + distance)
        #expect(from.isLinked(to: WayPoint(column: 5, row: row, capturedAt: 7 + pause)) == isLinked)
        let diagonal = WayPoint(column: column, row: row, capturedAt: 7 + pause)
        #expect(distance == 0 || abs(distance) < 6000 || !from.isLinked(to: diagonal))
    }

    @Test(
        "Distances are those on the ground",
        arguments: [0, 377_968_769, -525_200_080, 660_000_000, 850_000_000])
    func latitudes(latitudeE7: Int) throws {
        // 299 m and 301 m east, in units of 10^-7 degree, from the distance of 1 degree.
        let origin = try #require(Coordinate(latitudeE7: latitudeE7, longitudeE7: 1_799_999_000))
        let degree = try #require(Coordinate(latitudeE7: latitudeE7, longitudeE7: -1_799_999_000))
        let millimetres = Geodesy.distanceMillimetres(origin, degree)
        for (metres, isLinked) in [(299, true), (301, false)] as [(Int64, Bool)] {
            let step = Int(2000 * metres * 1000 / millimetres)
            let end = try #require(
                Coordinate(latitudeE7: latitudeE7, longitudeE7: 1_799_999_000 + step - 3_600_000_000))
            let ways = try [origin, end].map { position in
                WayPoint(
                    column: Mercator.column(of: position), row: try #require(Mercator.row(of: position)),
                    capturedAt: 0)
            }
            #expect(ways[0].isLinked(to: ways[1]) == isLinked)
        }
    }

    @Test("No time or place makes it trap")
    func extremes() {
        let ends: [UInt32] = [0, 1, 1 << 31, .max]
        let times: [Int64] = [.min, -1, 0, .max]
        let all = ends.flatMap { column in
            ends.flatMap { row in
                times.map { WayPoint(column: column, row: row, capturedAt: $0) }
            }
        }
        for from in all { for to in all { #expect(from.isLinked(to: to) == to.isLinked(to: from)) } }
    }
}
