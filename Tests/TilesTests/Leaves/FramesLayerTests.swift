import Canonical
import Geo
import Testing

@testable import Tiles

@Suite struct FramesLayerTests {
    private func layer(_ leaf: LeafTile) throws -> VectorLayer {
        try #require(
            try MVTDecoder.decode(
                MVTEncoder.encode([FramesLayer.encoder(for: leaf, LeafDetail(leaf.summary))])
            ).layers.first)
    }

    private func name(_ feature: VectorFeature) -> String {
        guard case .string(let drive)? = feature["drive"], case .uint(let number)? = feature["frame"] else {
            return "?"
        }
        return FrameName.text(drive: drive, number: Int(number))
    }

    /// The names of the best frames of every square, by a search through all of them.
    private func best(_ frames: [MadeLeaf.Frame], squares: UInt32) -> Set<String> {
        let groups = Dictionary(grouping: frames) { frame in
            "\(frame.frame.x * squares / MapFrame.side) \(frame.frame.y * squares / MapFrame.side)"
        }
        return Set(
            groups.values.compactMap { group in
                group.min {
                    ($1.frame.quality, $0.frame.capturedAt, $0.name) < (
                        $0.frame.quality, $1.frame.capturedAt, $1.name
                    )
                }?.name
            })
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func showsTheBestOfEverySquare(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let made = MadeLeaf(
            &random, latitudeE7: 482_000_000, longitudeE7: 110_402_734, spread: 3000, drives: 4, count: 400)
        for leaf in made.leaves {
            let frames = made.frames.filter { $0.tile == leaf.tile }
            let layer = try layer(leaf)
            let isBest = Set(layer.features.map(name)) == best(frames, squares: 256)
            #expect(isBest, "seed \(seed)")
            for feature in layer.features {
                let frame = try #require(frames.first { $0.name == name(feature) })
                #expect(feature["quality"] == .uint(UInt64(frame.frame.quality)))
                #expect(feature["day"] == .string(CalendarDay(number: Int64(frame.frame.day)).description))
                let degrees = frame.frame.heading.map {
                    UInt64((Double($0) / 100).rounded().truncatingRemainder(dividingBy: 360))
                }
                #expect(feature["heading"] == degrees.map { .uint($0) })
                guard case .points(let points) = feature.geometry else {
                    Issue.record("no point")
                    continue
                }
                #expect(points == [VectorPoint(x: Int32(frame.frame.x >> 6), y: Int32(frame.frame.y >> 6))])
            }
        }
    }

    /// Where too many squares hold frames, they are larger ones.
    @Test(arguments: [(109_000, 1500, 256), (20_000, 6000, 128), (109_000, 40_000, 32)])
    func coarsensWhereThereAreTooMany(spread: Int, count: Int, squares: UInt32) throws {
        var random = SeededRandom(3)
        // The middle of a leaf tile at the equator, which is 219,726 units wide.
        let made = MadeLeaf(
            &random, latitudeE7: 109_863, longitudeE7: 109_863, spread: spread, drives: 3, count: count)
        let leaf = try #require(made.leaves.max { $0.frameCount < $1.frameCount })
        let layer = try layer(leaf)
        #expect(layer.features.count <= LeafDetail(leaf.summary).maxFeatures)
        let expected = best(made.frames.filter { $0.tile == leaf.tile }, squares: squares)
        let isExpected = Set(layer.features.map(name)) == expected
        #expect(isExpected, "\(layer.features.count) features, \(expected.count) expected")
    }
}
