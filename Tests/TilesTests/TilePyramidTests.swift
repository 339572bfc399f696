import Geo
import Testing

@testable import Tiles

@Suite struct TilePyramidTests {
    @Test(arguments: 0..<200) func everyZoomHoldsAllFrames(seed: UInt64) {
        var random = SeededRandom(seed)
        let leaves = random.leaves(Int.random(in: 1...20, using: &random))
        let total = leaves.values.reduce(0) { $0 + $1.totalFrames }
        var sums: [UInt8: UInt64] = [:]
        for entry in TilePyramid.all(leaves: leaves) {
            sums[entry.tile.zoom, default: 0] += entry.summary.totalFrames
        }
        #expect(sums == Dictionary(uniqueKeysWithValues: (0...14).map { (UInt8($0), total) }))
    }

    @Test(arguments: 0..<60) func incrementalEqualsFull(seed: UInt64) {
        var random = SeededRandom(1000 + seed)
        var leaves: [TileID: TileSummary] = [:]
        var map: [TileID: TileSummary] = [:]
        for _ in 0..<6 {
            var changed: [TileID: TileSummary] = [:]
            for (tile, summary) in random.leaves(5) {
                changed[tile] = leaves[tile]?.merged(with: summary) ?? summary
            }
            // Now and then everything in a tile is taken down.
            if let gone = leaves.keys.sorted().randomElement(using: &random), changed[gone] == nil {
                changed[gone] = .empty
            }
            let ancestors = TilePyramid.ancestors(of: changed) { (tile: TileID) throws(Never) in map[tile] }
            for (tile, summary) in changed { leaves[tile] = summary.isEmpty ? nil : summary }
            for (tile, summary) in changed.map({ ($0, $1) }) + ancestors.map({ ($0.tile, $0.summary) }) {
                map[tile] = summary.isEmpty ? nil : summary
            }
        }
        let full = TilePyramid.all(leaves: leaves)
        #expect(map == Dictionary(uniqueKeysWithValues: full.map { ($0.tile, $0.summary) }))
    }

    @Test func ancestorsComeDeepestFirstAndEachOnce() {
        var random = SeededRandom(3)
        let leaves = random.leaves(12)
        let entries = TilePyramid.ancestors(of: leaves) { (_: TileID) throws(Never) -> TileSummary? in nil }
        #expect(Set(entries.map(\.tile)).count == entries.count)
        for (before, after) in zip(entries, entries.dropFirst()) {
            #expect(
                (UInt64(14 - before.tile.zoom), before.tile.id) < (
                    UInt64(14 - after.tile.zoom), after.tile.id
                ))
        }
        #expect(entries.last?.tile == TileID(zoom: 0, column: 0, row: 0))
    }

    @Test func lastFrameGoneMeansEmptyAncestors() throws {
        let tile = try #require(TileID(zoom: 14, column: 8541, row: 5859))
        let entries = TilePyramid.ancestors(of: [tile: .empty]) { (_: TileID) throws(Never) -> TileSummary? in
            nil
        }
        #expect(entries.count == 14)
        #expect(entries.allSatisfy { $0.summary.isEmpty })
        #expect(TilePyramid.all(leaves: [:]).isEmpty)
    }
}
