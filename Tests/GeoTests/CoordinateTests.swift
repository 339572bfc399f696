import Testing

@testable import Geo

@Suite("Coordinate")
struct CoordinateTests {
    @Test(
        "rounds degrees to the nearest 10^-7",
        arguments: [
            (37.7968769, -122.3954125, 377_968_769, -1_223_954_125), (0, 0, 0, 0), (-0.0, -0.0, 0, 0),
            (90, 0, 900_000_000, 0), (-90, 0, -900_000_000, 0), (0, -180, 0, -1_800_000_000),
            (0.00000004, -0.00000004, 0, 0), (0.00000006, -0.00000006, 1, -1),
            (5e-324, -5e-324, 0, 0), (89.99999999, 179.99999999, 900_000_000, -1_800_000_000),
        ] as [(Double, Double, Int32, Int32)])
    func rounding(latitude: Double, longitude: Double, latitudeE7: Int32, longitudeE7: Int32) throws {
        let position = try #require(Coordinate(latitude: latitude, longitude: longitude))
        #expect(position.latitudeE7 == latitudeE7)
        #expect(position.longitudeE7 == longitudeE7)
    }

    @Test("knows the meridian 180 by one name")
    func antimeridian() throws {
        let east = try #require(Coordinate(latitude: 12, longitude: 180))
        #expect(east == Coordinate(latitude: 12, longitude: -180))
        #expect(Coordinate(latitudeE7: 5, longitudeE7: 1_800_000_000)?.longitudeE7 == -1_800_000_000)
        #expect(Coordinate(latitudeE7: 5, longitudeE7: 1_799_999_999)?.longitudeE7 == 1_799_999_999)
    }

    @Test(
        "refuses what is not on the Earth",
        arguments: [
            (90.0.nextUp, 0), ((-90.0).nextDown, 0), (0, 180.0.nextUp), (0, (-180.0).nextDown), (91, 0),
            (0, 181), (.nan, 0), (0, .nan), (.signalingNaN, 0), (.infinity, 0), (0, -.infinity), (1e308, 0),
            (0, -1e308), (.greatestFiniteMagnitude, .greatestFiniteMagnitude), (360, 360),
        ] as [(Double, Double)])
    func refusals(latitude: Double, longitude: Double) {
        #expect(Coordinate(latitude: latitude, longitude: longitude) == nil)
    }

    @Test("refuses integers out of range")
    func integerRefusals() {
        for latitude in [900_000_001, -900_000_001, .max, .min] {
            #expect(Coordinate(latitudeE7: latitude, longitudeE7: 0) == nil)
        }
        for longitude in [1_800_000_001, -1_800_000_001, .max, .min, 1 << 32] {
            #expect(Coordinate(latitudeE7: 0, longitudeE7: longitude) == nil)
        }
    }

    @Test(
        "goes the short way round",
        arguments: [
            (1_799_999_000, -1_799_999_000, 2000), (-1_799_999_000, 1_799_999_000, -2000), (0, 1000, 1000),
            (1000, 0, -1000), (-900_000_000, 900_000_000, -1_800_000_000),
            (900_000_000, -900_000_000, -1_800_000_000), (0, -1_800_000_000, -1_800_000_000),
            (-1_800_000_000, 1_799_999_999, -1), (1_799_999_999, -1_800_000_000, 1), (7, 7, 0),
        ])
    func difference(from: Int, to: Int, expected: Int) throws {
        let start = try #require(Coordinate(latitudeE7: 0, longitudeE7: from))
        let end = try #require(Coordinate(latitudeE7: 0, longitudeE7: to))
        #expect(start.longitudeDifferenceE7(to: end) == expected)
    }

    @Test(
        "is written with seven decimals",
        arguments: [
            (377_968_769, -1_223_954_125, "37.7968769,-122.3954125"), (0, 0, "0.0000000,0.0000000"),
            (-1, 1, "-0.0000001,0.0000001"), (-900_000_000, -1_800_000_000, "-90.0000000,-180.0000000"),
            (5_000_000, -10_000_000, "0.5000000,-1.0000000"),
        ])
    func text(latitude: Int, longitude: Int, expected: String) throws {
        let position = try #require(Coordinate(latitudeE7: latitude, longitudeE7: longitude))
        #expect(position.description == expected)
    }

    @Test("writes degrees of any number")
    func degrees() {
        #expect(Coordinate.degrees(.min) == "-214.7483648")
        #expect(Coordinate.degrees(.max) == "214.7483647")
    }
}
