import Foundation
import SeededNumbers
import Testing

@testable import Geo

@Suite("Mercator")
struct MercatorTests {
    /// Python's mpmath with 60 digits: floor((1/2 - ln((1 + sin) / (1 - sin)) / (4 pi)) * 2^32).
    @Test(
        "has the rows of the exact formula",
        arguments: [
            (0, 2_147_483_648), (1, 2_147_483_646), (-1, 2_147_483_649), (2, 2_147_483_645),
            (10_000_000, 2_135_552_577), (-10_000_000, 2_159_414_718), (377_968_769, 1_659_763_018),
            (-377_968_769, 2_635_204_277), (525_200_080, 1_408_556_533), (-338_688_197, 2_577_376_877),
            (600_000_000, 1_247_256_960), (660_000_000, 1_088_950_586), (850_000_000, 7_034_790),
            (850_511_286, 24), (850_511_287, 11), (-850_511_287, 4_294_967_284),
        ] as [(Int, UInt32)])
    func rows(latitude: Int, row: UInt32) throws {
        let position = try #require(Coordinate(latitudeE7: latitude, longitudeE7: 0))
        #expect(Mercator.row(of: position) == row)
    }

    @Test(
        "has columns that are linear in longitude",
        arguments: [
            (-1_800_000_000, 0), (0, 1 << 31), (900_000_000, 3 << 30), (-900_000_000, 1 << 30),
            (1_799_999_999, 4_294_967_294), (-1_799_999_999, 1), (1_800_000_000, 0),
        ] as [(Int, UInt32)])
    func columns(longitude: Int, column: UInt32) throws {
        let position = try #require(Coordinate(latitudeE7: 0, longitudeE7: longitude))
        #expect(Mercator.column(of: position) == column)
    }

    /// Positions in each of ten parts: 1,000,000 in all where `WAGGLE_LONG_TESTS` is set.
    private static let positions =
        ProcessInfo.processInfo.environment["WAGGLE_LONG_TESTS"] == nil ? 20_000 : 100_000

    /// A double has the row to 2^-20 or so, so that the two may disagree where
    /// the row is within 2^-40 of the map of an edge (2^-8 of a row), and nowhere else.
    @Test(
        "agrees with double arithmetic over 200,000 or 1,000,000 positions",
        arguments: 1...10 as ClosedRange<UInt64>)
    func doubles(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        var differences = 0
        for _ in 0..<Self.positions {
            let latitude = Int(
                truncatingIfNeeded: Int64(numbers.next() % 1_701_022_575) - 850_511_287)
            let position = try #require(Coordinate(latitudeE7: latitude, longitudeE7: 0))
            let row = try #require(Mercator.row(of: position))
            let radians = Double(latitude) * Double.pi / 1.8e9
            let exact = (0.5 - asinh(tan(radians)) / (2 * Double.pi)) * 0x1p32
            if Double(row) == exact.rounded(.down) { continue }
            differences += 1
            let edge = exact.rounded()
            let isNeighbour = abs(Double(row) - exact.rounded(.down)) == 1
            if abs(exact - edge) > 0x1p-8 || !isNeighbour {
                Issue.record("seed \(seed), latitude \(latitude): row \(row), not \(exact)")
            }
        }
        #expect(differences < 10)
    }

    @Test("goes south with every step of latitude")
    func monotonous() throws {
        for start in [-850_511_287, -600_000_000, -500, 377_968_769, 850_510_000] {
            var before = UInt32.max
            for latitude in start..<start + 1000 {
                let position = try #require(Coordinate(latitudeE7: latitude, longitudeE7: 0))
                let row = try #require(Mercator.row(of: position))
                #expect(row < before)
                before = row
            }
        }
    }
}
