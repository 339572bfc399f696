import Geo
import Testing

@testable import Tiles

@Suite struct TilePyramidTests {
    @Test(arguments: 0..<60) func everyZoomHoldsAllFrames(seed: UInt64) {
        var random = SeededRandom(seed)
        let leaves = random.leaves(Int.random(in: 1...20, using: &random))
        let total = leaves.values.reduce(0) { $0 + $1.totalFrames }
        var sums: [UInt8: UInt64] = [:]
        for entry in TilePyramid.all(leaves: leaves) {
            sums[entry.tile.zoom, default: 0] += entry.summary.totalFrames
        }
        #expect(sums == Dictionary(uniqueKeysWithValues: (0...14).map { (UInt8($0), total) }))
    }

    /// Drives come and go in any order; what has gone leaves no trace.
    @Test(arguments: 0..<30) func incrementalEqualsFull(seed: UInt64) {
        var random = SeededRandom(1000 + seed)
        let hashes = random.hashes(25)
        var leaves: [TileID: [LeafDrive]] = [:]
        var map: [TileID: TileSummary] = [:]
        func summary(_ tile: TileID) -> TileSummary { TileSummary(leaf: leaves[tile] ?? [], of: tile) }
        for _ in 0..<6 {
            var touched = Set(random.leaves(5).keys)
            for tile in touched.sorted() {
                let some = hashes.filter { _ in Bool.random(using: &random) }
                leaves[tile, default: []] += random.drives(some, contributors: hashes, frames: 9, squares: 50)
            }
            for (tile, drives) in leaves.sorted(by: { $0.key < $1.key })
            where Int.random(in: 0..<3, using: &random) == 0 {
                let isAll = Bool.random(using: &random)
                leaves[tile] = isAll ? nil : drives.filter { _ in Bool.random(using: &random) }
                touched.insert(tile)
            }
            let changed = Dictionary(uniqueKeysWithValues: touched.map { ($0, summary($0)) })
            let ancestors = TilePyramid.ancestors(of: changed) { (tile: TileID) throws(Never) in map[tile] }
            for (tile, summary) in changed.map({ ($0, $1) }) + ancestors.map({ ($0.tile, $0.summary) }) {
                map[tile] = summary.isEmpty ? nil : summary
            }
        }
        let full = TilePyramid.all(
            leaves: Dictionary(uniqueKeysWithValues: leaves.keys.map { ($0, summary($0)) }))
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
