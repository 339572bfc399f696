import Foundation
import Testing

@testable import Geo

/// The vectors of github.com/mmcloughlin/geohash, where they are present: `WAGGLE_SHARED_DATA` names the folder
/// that has `vectors/geohash_encode.csv` and `vectors/geohash_decode.csv`.
private let vectors = ProcessInfo.processInfo.environment["WAGGLE_SHARED_DATA"].map { $0 + "/vectors/" }

@Suite("Geohash vectors", .enabled(if: vectors != nil, "WAGGLE_SHARED_DATA is not set"))
struct GeohashVectorTests {
    private static func rows(_ name: String) throws -> [[String]] {
        let text = try String(contentsOfFile: try #require(vectors) + name, encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).dropFirst().map {
            $0.split(separator: ",").map(String.init)
        }
    }

    /// The vectors have nine decimals, a coordinate seven: a cell may be missed by one unit, never by more.
    @Test("encodes as hkwi/python-geohash does")
    func encode() throws {
        let rows = try Self.rows("geohash_encode.csv")
        var equal = 0
        for row in rows {
            let (latitude, longitude) = (try #require(Double(row[0])), try #require(Double(row[1])))
            let position = try #require(Coordinate(latitude: latitude, longitude: longitude))
            let found = try #require(Geohash(of: position, precision: 12))
            let expected = try #require(Geohash(row[3]))
            let box = expected.boundsE7
            let (south, west) = (Int(position.latitudeE7), Int(position.longitudeE7))
            #expect(box.south - 1 <= south && south <= box.north + 1, "\(row)")
            #expect(box.west - 1 <= west && west <= box.east + 1, "\(row)")
            #expect(found.prefix(7) == expected.prefix(7), "\(row)")
            let bits = try #require(UInt64(row[2].dropFirst(2), radix: 16))
            #expect(expected.bits == bits >> 4, "\(row)")
            if found == expected { equal += 1 }
        }
        // Python, with fractions: of 2,048 rows rounded to 10^-7 degree 1,617 stay in their cell.
        #expect(rows.count == 2048)
        #expect(equal == 1617)
    }

    @Test("decodes as hkwi/python-geohash does")
    func decode() throws {
        let rows = try Self.rows("geohash_decode.csv")
        for row in rows {
            let cell = try #require(Geohash(row[0]))
            #expect(cell.description == row[0])
            let box = cell.boundsE7
            let expected = try row[1...4].map { try #require(Double($0)) * 1e7 }
            for (edge, exact) in zip([box.south, box.north, box.west, box.east], expected) {
                // Rounded down; the vectors have twelve digits, a hundredth of a unit at worst.
                let miss = exact - Double(edge)
                #expect(-0.01 <= miss && miss < 1.01, "\(row)")
            }
        }
        #expect(rows.count == 2048)
    }
}
