import Testing

@testable import Tiles

@Suite struct DrivesLayerTests {
    @Test("The layer decodes to the lines", arguments: 0..<20 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let lines = TileLines(leaf: random.lines(Int(seed) * 14, parts: 3, points: 12))
        let tile = try MVTDecoder.decode(MVTEncoder.encode([DrivesLayer.encoder(for: lines)]))
        let shown = lines.shown.filter { !$0.parts.isEmpty }
        #expect(tile.layers.map(\.name) == (shown.isEmpty ? [] : ["drives"]))
        let layer = tile.layers.first
        #expect(layer == nil || layer?.extent == 4096)
        let features = layer?.features ?? []
        #expect(features.count == shown.count)
        for (feature, line) in zip(features, shown) {
            #expect(feature.geometry == .lines(line.parts.map(\.points)))
            #expect(feature.attributes.map(\.key) == ["drive", "contributor", "day"])
            #expect(feature["drive"] == .string(line.drive))
        }
    }

    @Test func attributesAreText() throws {
        let points = [VectorPoint(x: 0, y: 0), VectorPoint(x: 4096, y: 4096)]
        let part = try #require(LinePart(firstLink: 0, lastLink: 0, points: points))
        let line = try #require(
            TileLine(hash: 1, drive: "0a1b-3", contributor: 0x00C0_FFEE_0000_0042, day: 20_437, parts: [part])
        )
        let tile = try MVTDecoder.decode(
            MVTEncoder.encode([DrivesLayer.encoder(for: TileLines(leaf: [line]))]))
        let feature = try #require(tile.layers.first?.features.first)
        #expect(feature["drive"] == .string("0a1b-3"))
        #expect(feature["contributor"] == .string("00c0ffee00000042"))
        #expect(feature["day"] == .string("2025-12-15"))
        #expect(feature.id == nil)
    }

    @Test func drivesOfWhichNothingIsSeenHaveNoFeature() throws {
        let line = try #require(TileLine(hash: 1, drive: "a", contributor: 2, day: 3, parts: []))
        #expect(MVTEncoder.encode([DrivesLayer.encoder(for: TileLines(leaf: [line]))]).isEmpty)
    }

    @Test func descriptionNamesTheAttributes() {
        let description = DrivesLayer.description(minZoom: 8, maxZoom: 14)
        #expect(description.id == "drives")
        #expect(description.fields == ["drive": .string, "contributor": .string, "day": .string])
        #expect((description.minZoom, description.maxZoom) == (8, 14))
    }
}
