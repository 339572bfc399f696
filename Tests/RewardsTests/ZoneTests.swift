import Canonical
import Geo
import Testing

@testable import Rewards

@Suite("Zone")
struct ZoneTests {
    private func contains(_ zone: String, _ latitude: Int, _ longitude: Int) throws -> Bool {
        let position = try #require(Coordinate(latitudeE7: latitude, longitudeE7: longitude))
        return try #require(Zone(zone)).contains(position)
    }

    @Test("has its south and west edge, and not its north and east edge")
    func edges() throws {
        let box = "48.2,11.04,48.21,11.05"
        #expect(try contains(box, 482_000_000, 110_400_000))
        #expect(try contains(box, 482_099_999, 110_499_999))
        #expect(try !contains(box, 481_999_999, 110_400_000))
        #expect(try !contains(box, 482_000_000, 110_399_999))
        #expect(try !contains(box, 482_100_000, 110_400_000))
        #expect(try !contains(box, 482_000_000, 110_500_000))
    }

    @Test("crosses the 180th meridian where west is east of east")
    func antimeridian() throws {
        let box = "-1,179.5,1,-179.5"
        for longitude in [1_795_000_000, 1_799_999_999, 1_800_000_000, -1_800_000_000, -1_795_000_001] {
            #expect(try contains(box, 0, longitude), "\(longitude)")
        }
        for longitude in [1_794_999_999, -1_795_000_000, 0] {
            #expect(try !contains(box, 0, longitude), "\(longitude)")
        }
        // The meridian itself, written from either side.
        for box in ["-1,180,1,-179.5", "-1,-180,1,-179.5"] {
            #expect(try contains(box, 0, 1_800_000_000) && !contains(box, 0, 1_799_999_999))
            #expect(Zone(box) == Zone("-1,-180,1,-179.5"))
        }
        for box in ["-1,179.5,1,180", "-1,179.5,1,-180"] {
            #expect(try !contains(box, 0, 1_800_000_000) && contains(box, 0, 1_799_999_999))
            #expect(Zone(box) == Zone("-1,179.5,1,180"))
        }
    }

    @Test("reaches to the pole where its edge is there")
    func poles() throws {
        #expect(try contains("89,-180,90,180", 900_000_000, 0))
        #expect(try !contains("89,-180,89.9999999,180", 900_000_000, 0))
        #expect(try contains("-90,-180,-89,180", -900_000_000, 1_799_999_999))
    }

    /// A geohash holds exactly the positions that have it, to the last unit at every edge.
    @Test("of a geohash has the positions of that geohash", arguments: 1...12)
    func geohash(precision: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(precision))
        for number in 0..<200 {
            let extremes = [(900_000_000, 1_799_999_999), (-900_000_000, -1_800_000_000), (0, 0)]
            let middle =
                number < extremes.count
                ? extremes[number]
                : (
                    Int.random(in: -900_000_000...900_000_000, using: &numbers),
                    Int.random(in: -1_800_000_000..<1_800_000_000, using: &numbers)
                )
            let inside = try #require(Coordinate(latitudeE7: middle.0, longitudeE7: middle.1))
            let geohash = try #require(Geohash(of: inside, precision: precision))
            let zone = Zone(geohash)
            #expect(zone.contains(inside), "\(geohash) \(inside)")
            let bounds = geohash.boundsE7
            for latitude in [bounds.south, bounds.north].flatMap({ $0 - 1...$0 + 1 }) {
                for longitude in [bounds.west, bounds.east].flatMap({ $0 - 1...$0 + 1 }) {
                    guard let position = Coordinate(latitudeE7: latitude, longitudeE7: longitude) else {
                        continue
                    }
                    #expect(
                        zone.contains(position) == (Geohash(of: position, precision: precision) == geohash),
                        "\(geohash) \(position)")
                }
            }
        }
    }

    @Test("is read strictly")
    func reading() throws {
        for text in [
            "", "a", "u281i", "u281z7hd00000", "48.2,11.04,48.21", "48.2,11.04,48.21,11.05,0", "1,2,1,3",
            "2,2,1,3",
            "1,2,3,2", "1,180,2,-180", "1,-180,2,-180", "91,0,92,1", "0,0,90.0000001,1", "0,181,1,182",
            "0,0,1,nan",
            "0,0,1,1e1", "0,0,1,", "0,0,1,1.", "0,0,1,.5", "0,0,1,0.12345678", "0,0,1,0001", "0,0,1,+1",
            " 0,0,1,1",
            "0,0,1,--1", "0,0,1,١",
        ] { #expect(Zone(text) == nil, "\(text)") }
        #expect(Zone("U281Z7H") == Zone("u281z7h"))
        #expect(
            Zone("48.20,11.04,48.2100000,11.05")?.description == "48.2000000,11.0400000,48.2100000,11.0500000"
        )
        for text in ["u281z7h", "-0.5,179.0000001,90,-179.9999999"] {
            let zone = try #require(Zone(text))
            #expect(Zone(zone.description) == zone)
        }
    }
}
