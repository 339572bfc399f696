import Foundation
import SeededNumbers
import Testing

@testable import Geo

@Suite("Geodesy")
struct GeodesyTests {
    private static func position(_ latitude: Int, _ longitude: Int) throws -> Coordinate {
        try #require(Coordinate(latitudeE7: latitude, longitudeE7: longitude))
    }

    /// Python's mpmath with 60 digits: the chord on a sphere of 6,371,008.8 m.
    @Test(
        "measures to the millimetre",
        arguments: [
            (0, 0, 1, 0, 11), (0, 0, 0, 1, 11), (0, 0, 10_000_000, 0, 111_193_669),
            (0, 0, 0, 10_000_000, 111_193_669),
            (377_968_769, -1_223_954_125, 377_969_769, -1_223_954_125, 11_120),
            (377_968_769, -1_223_954_125, 377_968_769, -1_223_953_125, 8787),
            (525_200_080, 134_050_000, 488_566_140, 23_522_190, 876_769_532),
            (-338_688_197, 1_512_092_955, -338_700_000, 1_512_100_000, 146_477),
            // The antimeridian and the poles.
            (0, 1_799_999_999, 0, -1_800_000_000, 11),
            (100_000_000, 1_799_999_000, 100_000_000, -1_799_999_000, 21_901),
            (900_000_000, 0, 900_000_000, 900_000_000, 0),
            (899_999_999, 0, 899_999_999, -1_800_000_000, 22),
            (900_000_000, 0, -900_000_000, 123, 12_742_017_600), (0, 0, 0, -1_800_000_000, 12_742_017_600),
        ] as [(Int, Int, Int, Int, Int64)])
    func distances(
        fromLatitude: Int, fromLongitude: Int, toLatitude: Int, toLongitude: Int, millimetres: Int64
    ) throws {
        let from = try Self.position(fromLatitude, fromLongitude)
        let to = try Self.position(toLatitude, toLongitude)
        #expect(Geodesy.distanceMillimetres(from, to) == millimetres)
        #expect(Geodesy.distanceMillimetres(to, from) == millimetres)
    }

    @Test("agrees with the haversine formula up to 10 km", arguments: [1, 2, 3] as [UInt64])
    func haversine(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<5000 {
            let latitude = Int.random(in: -899_000_000...899_000_000, using: &numbers)
            let reach = 1 << Int.random(in: 3...19, using: &numbers)
            let from = try Self.position(
                latitude, Int.random(in: -1_800_000_000..<1_800_000_000, using: &numbers))
            var longitude = Int(from.longitudeE7) + Int.random(in: -reach...reach, using: &numbers)
            if longitude >= 1_800_000_000 { longitude -= 3_600_000_000 }
            if longitude < -1_800_000_000 { longitude += 3_600_000_000 }
            let to = try Self.position(latitude + Int.random(in: -reach...reach, using: &numbers), longitude)
            let found = Double(Geodesy.distanceMillimetres(from, to))
            let exact = Self.haversineMillimetres(from, to)
            // Half a millimetre of rounding, and what a chord is shorter than its arc.
            let shortfall = exact * exact * exact / (24 * 6_371_008_800.0 * 6_371_008_800.0)
            if abs(found - exact + shortfall) > 0.51 || exact < 1e7 && exact - found > 1.6 {
                Issue.record("seed \(seed), \(from) to \(to): \(found), not \(exact)")
            }
        }
    }

    private static func haversineMillimetres(_ from: Coordinate, _ to: Coordinate) -> Double {
        let unit = Double.pi / 1.8e9
        let (a, b) = (Double(from.latitudeE7) * unit, Double(to.latitudeE7) * unit)
        let north = sin((b - a) / 2)
        let east = sin(Double(from.longitudeDifferenceE7(to: to)) * unit / 2)
        let root = (north * north + cos(a) * cos(b) * east * east).squareRoot()
        return 2 * 6_371_008_800 * asin(min(1, root))
    }

    /// Python's mpmath: atan2(east * cos(middle latitude), north).
    @Test(
        "heads clockwise from north",
        arguments: [
            (377_968_769, -1_223_954_125, 377_978_769, -1_223_954_125, 0),
            (377_968_769, -1_223_954_125, 377_978_769, -1_223_944_125, 3832),
            (377_968_769, -1_223_954_125, 377_968_769, -1_223_944_125, 9000),
            (377_968_769, -1_223_954_125, 377_958_769, -1_223_944_125, 14_168),
            (377_968_769, -1_223_954_125, 377_958_769, -1_223_964_125, 21_832),
            (600_000_000, 0, 600_001_000, 1000, 2657),
            (-338_688_197, 1_512_092_955, -338_688_797, 1_512_093_455, 14_532),
            (0, 0, 0, -1, 27_000), (0, 0, 1, 0, 0), (0, 0, -1, 0, 18_000), (0, 0, 0, 1, 9000),
            // Across the antimeridian both ways.
            (0, 1_799_999_000, 1000, -1_799_999_000, 6343),
            (0, -1_799_999_000, -1000, 1_799_999_000, 24_343),
        ])
    func headings(
        fromLatitude: Int, fromLongitude: Int, toLatitude: Int, toLongitude: Int, heading: Int
    ) throws {
        let from = try Self.position(fromLatitude, fromLongitude)
        let to = try Self.position(toLatitude, toLongitude)
        #expect(Geodesy.headingCentidegrees(from: from, to: to) == heading)
    }

    @Test("has no heading without motion, and turns round on the way back", arguments: [4, 5] as [UInt64])
    func reverse(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<2000 {
            let latitude = Int.random(in: -850_000_000...850_000_000, using: &numbers)
            let longitude = Int.random(in: -1_799_000_000...1_799_000_000, using: &numbers)
            let from = try Self.position(latitude, longitude)
            #expect(Geodesy.headingCentidegrees(from: from, to: from) == nil)
            let (north, east) = (
                Int.random(in: -9999...9999, using: &numbers), Int.random(in: -9999...9999, using: &numbers)
            )
            // Below three metres nobody asks.
            guard abs(north) > 270 else { continue }
            let to = try Self.position(latitude + north, longitude + east)
            let there = try #require(Geodesy.headingCentidegrees(from: from, to: to))
            let back = try #require(Geodesy.headingCentidegrees(from: to, to: from))
            let turn = (there - back + 36_000) % 36_000
            // Each is rounded by itself.
            if abs(turn - 18_000) > 1 { Issue.record("seed \(seed), \(from) to \(to): \(there), \(back)") }
        }
    }

    /// Python's mpmath: round(1000 cos).
    @Test(
        "knows how narrow a degree of longitude is",
        arguments: [
            (0, 1000), (100_000_000, 985), (377_700_000, 790), (450_000_000, 707), (600_000_000, 500),
            (890_000_000, 17), (899_000_000, 2), (899_750_000, 0), (900_000_000, 0),
        ] as [(Int32, Int64)])
    func cosines(latitude: Int32, permille: Int64) {
        #expect(Geodesy.cosinePermille(latitudeE7: latitude) == permille)
        #expect(Geodesy.cosinePermille(latitudeE7: -latitude) == permille)
    }
}
