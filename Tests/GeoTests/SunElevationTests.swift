import Testing

@testable import Geo

/// Where the sun stands, held against published positions.
@Suite("The sun's elevation")
struct SunElevationTests {
    struct Case: Sendable {
        let milliseconds: Int64
        let latitude, longitude: Int
        /// Hundredths of a degree.
        let elevation: Double
    }

    /// The first is the example of NREL's SPA (Reda and Andreas, NREL/TP-560-34302, 2008, table A5.1: 39.872046
    /// degrees before refraction); the others come from PyEphem 4 (libastro, VSOP87), without refraction.
    static let published = [
        Case(
            milliseconds: 1_066_419_030_000, latitude: 397_424_760, longitude: -1_051_786_000,
            elevation: 3987.2),
        Case(
            milliseconds: 1_765_835_621_000, latitude: 377_968_769, longitude: -1_223_954_125,
            elevation: 2377.0),
        Case(milliseconds: 1_718_884_800_000, latitude: 514_779_000, longitude: 0, elevation: 6195.7),
        Case(milliseconds: 1_734_782_400_000, latitude: 514_779_000, longitude: 0, elevation: 1508.0),
        Case(milliseconds: 1_710_903_960_000, latitude: 0, longitude: 1_350_000_000, elevation: 8964.5),
        Case(
            milliseconds: 1_767_225_600_000, latitude: -338_568_000, longitude: 1_512_153_000,
            elevation: 6191.9),
        Case(
            milliseconds: 1_718_928_000_000, latitude: 711_700_000, longitude: 257_800_000, elevation: 624.4),
        Case(
            milliseconds: 1_734_778_800_000, latitude: 696_500_000, longitude: 189_600_000, elevation: -314.5),
        Case(milliseconds: 946_728_000_000, latitude: 0, longitude: 0, elevation: 6695.3),
        Case(
            milliseconds: 1_916_418_600_000, latitude: -548_000_000, longitude: -683_000_000,
            elevation: 2985.1),
        Case(
            milliseconds: 1_439_239_500_000, latitude: 407_128_000, longitude: -740_060_000, elevation: 3568.6
        ),
        Case(
            milliseconds: 2_503_803_905_000, latitude: -899_000_000, longitude: 1_799_000_000,
            elevation: -1635.7),
        Case(
            milliseconds: 1_772_730_600_000, latitude: 465_000_000, longitude: 113_500_000, elevation: -150.9),
        Case(milliseconds: 934_369_380_000, latitude: 450_800_000, longitude: 242_900_000, elevation: 5934.9),
    ]

    /// 0.02 degree of the formulas, 0.0024 of parallax, 0.004 of the difference of UT1 and UTC, half a unit of rounding.
    @Test("is within 0.03 degree of them", arguments: published)
    func positions(_ example: Case) throws {
        let place = try #require(
            Coordinate(latitudeE7: example.latitude, longitudeE7: example.longitude))
        let found = SunElevation.centidegrees(at: example.milliseconds, place)
        #expect(abs(Double(found) - example.elevation) <= 3, "\(found) for \(example.elevation)")
    }

    @Test("stays within 90 degrees at any time and place")
    func extremes() throws {
        for time in [Int64.min, .min + 1, -1, 0, 1, 253_402_300_799_999, .max] {
            for (latitude, longitude) in [
                (900_000_000, 0), (-900_000_000, -1_800_000_000), (0, 1_799_999_999),
            ] {
                let place = try #require(Coordinate(latitudeE7: latitude, longitudeE7: longitude))
                #expect((-9_000...9_000).contains(SunElevation.centidegrees(at: time, place)))
            }
        }
    }

    /// At a pole the sun circles at the height of its declination, the same all day long.
    @Test("hardly changes in a day at a pole")
    func pole() throws {
        let pole = try #require(Coordinate(latitudeE7: 900_000_000, longitudeE7: 0))
        let heights = (0..<24).map { SunElevation.centidegrees(at: 1_718_928_000_000 + $0 * 3_600_000, pole) }
        #expect(heights.allSatisfy { abs($0 - 2344) <= 2 })
    }
}
