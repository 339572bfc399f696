import Testing

@testable import Tiles

@Suite struct HostileVectorTileTests {
    /// A tile with one layer, `edit` having changed what is in it.
    private static func tile(
        version: [UInt8] = [0x78, 2], name: [UInt8] = [0x0A, 1, 0x61],
        feature: [UInt8] = [0x18, 1, 0x22, 3, 9, 50, 34],
        rest: [UInt8] = []
    ) -> [UInt8] {
        let layer = version + name + [0x12, UInt8(feature.count)] + feature + rest
        return [0x1A, UInt8(layer.count)] + layer
    }

    private static let key: [UInt8] = [0x1A, 1, 0x6B]
    private static let value: [UInt8] = [0x22, 2, 0x28, 1]

    static let refused: [(what: String, bytes: [UInt8])] = [
        ("no version", tile(version: [])), ("version 3", tile(version: [0x78, 3])),
        ("no name", tile(name: [])),
        ("two names", tile(name: [0x0A, 1, 0x61, 0x0A, 1, 0x62])),
        ("name not UTF-8", tile(name: [0x0A, 1, 0xFF])),
        ("two layers of one name", tile() + tile()), ("extent 0", tile(rest: [0x28, 0])),
        ("no geometry", tile(feature: [0x18, 1])), ("no type", tile(feature: [0x22, 3, 9, 50, 34])),
        ("type 4", tile(feature: [0x18, 4, 0x22, 3, 9, 50, 34])),
        ("no commands", tile(feature: [0x18, 1, 0x22, 0])),
        ("odd tags", tile(feature: [0x12, 1, 0, 0x18, 1, 0x22, 3, 9, 50, 34], rest: key + value)),
        ("no such key", tile(feature: [0x12, 2, 1, 0, 0x18, 1, 0x22, 3, 9, 50, 34], rest: key + value)),
        ("no such value", tile(feature: [0x12, 2, 0, 1, 0x18, 1, 0x22, 3, 9, 50, 34], rest: key + value)),
        (
            "a key twice",
            tile(feature: [0x12, 4, 0, 0, 0, 0, 0x18, 1, 0x22, 3, 9, 50, 34], rest: key + value)
        ),
        ("a value of two types", tile(rest: [0x22, 4, 0x28, 1, 0x30, 1])),
        ("an empty value", tile(rest: [0x22, 0])),
        ("a point of two MoveTo", tile(feature: [0x18, 1, 0x22, 6, 9, 50, 34, 9, 1, 1])),
        ("MoveTo of 0", tile(feature: [0x18, 1, 0x22, 1, 1])),
        ("unknown command", tile(feature: [0x18, 1, 0x22, 1, 11])),
        ("huge count", tile(feature: [0x18, 1, 0x22, 7, 0xF9, 0xFF, 0xFF, 0xFF, 0x0F, 50, 34])),
        ("command of 33 bits", tile(feature: [0x18, 1, 0x22, 7, 0x89, 0x80, 0x80, 0x80, 0x10, 50, 34])),
        ("line of one point", tile(feature: [0x18, 2, 0x22, 3, 9, 50, 34])),
        ("line to nowhere", tile(feature: [0x18, 2, 0x22, 6, 9, 50, 34, 10, 0, 0])),
        ("line of two starts", tile(feature: [0x18, 2, 0x22, 8, 17, 1, 1, 1, 1, 10, 2, 2])),
        ("ring not closed", tile(feature: [0x18, 3, 0x22, 8, 9, 6, 12, 18, 10, 12, 24, 44])),
        ("ring of two points", tile(feature: [0x18, 3, 0x22, 7, 9, 6, 12, 10, 10, 12, 15])),
        ("ClosePath twice", tile(feature: [0x18, 3, 0x22, 9, 9, 6, 12, 18, 10, 12, 24, 44, 23])),
        ("hole first", tile(feature: [0x18, 3, 0x22, 9, 9, 6, 12, 18, 24, 44, 10, 12, 15])),
        ("ring without area", tile(feature: [0x18, 3, 0x22, 9, 9, 0, 0, 18, 2, 2, 2, 2, 15])),
        ("ring closed twice", tile(feature: [0x18, 3, 0x22, 11, 9, 0, 0, 26, 2, 0, 0, 2, 1, 1, 15])),
        (
            "beyond 32 bits",
            tile(feature: [
                0x18, 2, 0x22, 14, 9, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0, 10, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0,
            ])
        ),
        ("parameter of -2^31", tile(feature: [0x18, 1, 0x22, 7, 9, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0])),
        ("varint of 11 bytes", [0x1A] + [UInt8](repeating: 0x80, count: 10) + [0]),
        ("varint of 65 bits", [0x1A] + [UInt8](repeating: 0x80, count: 9) + [2]),
        ("field 0", [0x02, 0]), ("wire type 3", [0x1B]),
        ("length beyond the end", [0x1A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]),
        ("length of 2^63", [0x1A] + [UInt8](repeating: 0x80, count: 9) + [1]),
    ]

    @Test func theTileBehindTheseIsValid() throws {
        #expect(try MVTDecoder.decode(Self.tile()).layers.first?.features.count == 1)
        // Unknown fields are skipped, tags may be unpacked, commands may not be known.
        let odd = Self.tile(
            feature: [0x10, 0, 0x10, 0, 0x18, 0, 0x22, 1, 63], rest: Self.key + Self.value + [0x80, 1, 5])
        #expect(try MVTDecoder.decode(odd).layers.first?.features.first?["k"] == .uint(1))
    }

    @Test(arguments: refused.indices) func brokenRulesAreRefusedWithAPlace(index: Int) {
        let (what, bytes) = Self.refused[index]
        let error = refusal { () throws(TileError) in _ = try MVTDecoder.decode(bytes) }
        #expect(error != nil, "\(what)")
        if let error {
            #expect(error.offset <= UInt64(bytes.count) && !error.reason.isEmpty, "\(what): \(error)")
        }
    }

    @Test func limitsHold() {
        let bytes = Self.tile()
        for limits in [
            MVTDecoder.Limits(bytes: 10), .init(layers: 0), .init(features: 0), .init(points: 0),
        ] {
            let error = refusal { () throws(TileError) in _ = try MVTDecoder.decode(bytes, limits: limits) }
            #expect(error?.code == .overLimit)
        }
    }

    @Test func damageNeverCrashes() {
        var random = SeededRandom(11)
        let bytes = MVTEncoder.encode(coverage: random.summary(squares: 40))
        for count in 1..<bytes.count {
            #expect(
                refusal { () throws(TileError) in _ = try MVTDecoder.decode(Array(bytes[..<count])) } != nil)
        }
        flipped(bytes, count: 2000, seed: 12) { damaged in
            if let error = refusal({ () throws(TileError) in _ = try MVTDecoder.decode(damaged) }) {
                #expect(error.offset <= UInt64(damaged.count))
            }
        }
    }

    /// What other programs write and show is shown, with its first fault; everything else is still refused.
    @Test(arguments: refused.indices) func faultsThatLeaveTheRestLegibleAreTold(index: Int) throws {
        let (what, bytes) = Self.refused[index]
        let strict = refusal { () throws(TileError) in _ = try MVTDecoder.decode(bytes) }
        let legible = ["line to nowhere", "hole first", "ring without area", "ring closed twice"]
        guard legible.contains(what) else {
            let error = refusal { () throws(TileError) in _ = try MVTDecoder.decodeWithFaults(bytes) }
            #expect(error == strict, "\(what)")
            return
        }
        let (tile, fault) = try MVTDecoder.decodeWithFaults(bytes)
        #expect(fault == strict && tile.layers.first?.features.count == 1, "\(what)")
    }

    @Test func aTileWithoutFaultHasNone() throws {
        let (tile, fault) = try MVTDecoder.decodeWithFaults(Self.tile())
        #expect(fault == nil)
        #expect(try tile == MVTDecoder.decode(Self.tile()))
    }
}
