import SeededNumbers
import Testing

@testable import Geo

@Suite("Geohash")
struct GeohashTests {
    /// The first six are published: Wikipedia's "Geohash", geohash.org, github.com/davetroy/geohash-js,
    /// github.com/hkwi/python-geohash. The others: bisection in Python with fractions.
    @Test(
        "names the published cells",
        arguments: [
            (426_000_000, -56_000_000, "ezs42"), (576_491_100, 104_074_400, "u4pruydqqvj"),
            (-747_613_300, -1_403_097_140, "0fsnxn"), (378_324_000, 1_125_584_000, "ww8p1r4t8"),
            (486_689_830, -43_291_500, "gbsuv7zt7kpb"), (320_000_000, 1_170_000_000, "wte"),
            (377_968_769, -1_223_954_125, "9q8znbdq"), (0, 0, "s00000000000"), (-1, -1, "7zzzzzzzzzzz"),
            (0, -1_800_000_000, "800000000"), (-900_000_000, -1_800_000_000, "000000000000"),
            // The poles and the meridian 180, where libraries trap, wrap or disagree.
            (900_000_000, 0, "upbpbpbpbpbp"), (900_000_000, -1_800_000_000, "bpbpb"),
            (900_000_000, 1_799_999_999, "zzzzzzzzzzzz"), (-900_000_000, 1_799_999_999, "pbpbpbpbpbpb"),
            (0, 1_800_000_000, "800000000"), (900_000_000, 1_800_000_000, "bpbpb"),
        ])
    func published(latitude: Int, longitude: Int, text: String) throws {
        let position = try #require(Coordinate(latitudeE7: latitude, longitudeE7: longitude))
        let cell = try #require(Geohash(of: position, precision: text.utf8.count))
        #expect(cell.description == text)
        #expect(Geohash(text) == cell)
    }

    @Test("numbers cells by their bits: ezs42 is 0xdfe082")
    func bits() throws {
        let cell = try #require(Geohash("ezs42"))
        #expect(cell.bits == 0xDF_E082)
        #expect(cell.precision == 5)
        #expect(Geohash(bits: 0xDF_E082, precision: 5) == cell)
        #expect(Geohash(bits: 1 << 25, precision: 5) == nil)
        #expect(Geohash(bits: 1 << 60 - 1, precision: 12)?.description == "zzzzzzzzzzzz")
        #expect(Geohash(bits: 1 << 60, precision: 12) == nil)
    }

    @Test("has prefixes that hold it")
    func prefixes() throws {
        let cell = try #require(Geohash("9q8znbdqk3t7"))
        for length in 1...12 {
            #expect(cell.prefix(length).description == String(cell.description.prefix(length)))
        }
        #expect(cell.prefix(13) == cell)
        #expect(cell.prefix(0) == cell)
        #expect(cell.prefix(-1) == cell)
    }

    @Test(
        "refuses what is no geohash",
        arguments: [
            "", "a", "i", "l", "o", "A", "I", "9q8a", "9q8znbdqk3t77", " 9q8", "9q8 ", "9q-8", "é", "９q8",
            // KELVIN SIGN, whose lower case is an ASCII k.
            "9q8\u{212A}",
        ])
    func refusals(text: String) {
        #expect(Geohash(text) == nil)
    }

    @Test("has the 32 letters of its alphabet and no other byte")
    func letters() {
        let alphabet = Array("0123456789bcdefghjkmnpqrstuvwxyz".utf8)
        for byte in UInt8.min...UInt8.max {
            let cell = [byte].withUnsafeBufferPointer { Geohash(lowerCase: $0) }
            #expect(cell?.bits == alphabet.firstIndex(of: byte).map { UInt64($0) })
        }
    }

    @Test("reads upper case and writes lower case")
    func upperCase() {
        #expect(Geohash("EZS42")?.description == "ezs42")
        #expect(Geohash("eZs42") == Geohash("ezs42"))
    }

    @Test("has 1 to 12 characters", arguments: [0, -1, 13, .min, .max])
    func precision(_ precision: Int) throws {
        let position = try #require(Coordinate(latitudeE7: 1, longitudeE7: 1))
        #expect(Geohash(of: position, precision: precision) == nil)
        #expect(Geohash(bits: 0, precision: precision) == nil)
    }

    @Test("is ordered as its text is")
    func order() throws {
        let texts = ["0", "9", "b", "z", "00", "9q8", "9q9", "b00", "zzz"]
        let cells = try texts.map { try #require(Geohash($0)) }
        #expect(cells.shuffled().sorted().map(\.description) == texts)
    }

    @Test("holds its positions, at every precision", arguments: [1, 2, 3] as [UInt64])
    func bounds(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for round in 0..<2000 {
            let position = try #require(
                Coordinate(
                    latitudeE7: Int.random(in: -900_000_000...900_000_000, using: &numbers),
                    longitudeE7: Int.random(in: -1_800_000_000...1_800_000_000, using: &numbers)))
            let (latitude, longitude) = (Int(position.latitudeE7), Int(position.longitudeE7))
            for precision in 1...12 {
                let cell = try #require(Geohash(of: position, precision: precision))
                let box = cell.boundsE7
                let holds =
                    box.south <= latitude && latitude <= box.north && box.west <= longitude
                    && longitude <= box.east
                try #require(holds, "seed \(seed), round \(round), \(position), \(cell)")
                try #require(Geohash(cell.description) == cell)
                // Two positions a cell apart are in two cells.
                let middle = (box.south + box.north) >> 1
                try #require(Int(cell.middleLatitudeE7) == middle)
            }
        }
    }

    /// Cells of 10 bits a side have corners at whole units; [south, north) and [west, east) are half-open.
    @Test("is half-open", arguments: ["ezs4", "s000", "7zzz", "0000", "xbpb"])
    func halfOpen(text: String) throws {
        let cell = try #require(Geohash(text))
        let box = cell.boundsE7
        func at(_ latitude: Int, _ longitude: Int) throws -> Geohash? {
            guard let position = Coordinate(latitudeE7: latitude, longitudeE7: longitude) else { return nil }
            return Geohash(of: position, precision: 4)
        }
        #expect(box.east - box.west == 3_515_625)
        #expect([1_757_812, 1_757_813].contains(box.north - box.south))
        #expect(try at(box.south + 1, box.west) == cell)
        #expect(try at(box.north, box.east - 1) == cell || box.north * 1024 % 900_000_000 == 0)
        #expect(try at(box.south + 1, box.east) != cell)
        #expect(try at(box.south + 1, box.west - 1) != cell)
        #expect(try at(box.south - 1, box.west) != cell)
        #expect(try at(box.north + 1, box.west) != cell)
    }
}
