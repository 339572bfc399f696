import Geo
import Testing

@testable import Tiles

@Suite struct DistinctSetsTests {
    /// Leaf tiles close together with many drives, each of which crosses several tiles.
    private static func leaves(_ random: inout SeededRandom, drives: Int) -> [TileID: [LeafDrive]] {
        let hashes = random.hashes(drives)
        let contributors = random.hashes(max(1, drives * 2 / 3))
        var leaves: [TileID: [LeafDrive]] = [:]
        for tile in random.leaves(6).keys.sorted() {
            let some = hashes.filter { _ in Int.random(in: 0..<3, using: &random) > 0 }
            leaves[tile] = random.drives(some, contributors: contributors, frames: 30, squares: 100)
        }
        return leaves
    }

    @Test(arguments: 0..<18) func everyZoomIsWhatItsFramesAre(seed: UInt64) {
        var random = SeededRandom(seed)
        let leaves = Self.leaves(&random, drives: [1, 16, 17, 18, 40, 120][Int(seed % 6)])
        var summaries: [TileID: TileSummary] = [:]
        for (tile, drives) in leaves { summaries[tile] = TileSummary(leaf: drives, of: tile) }
        let found = Dictionary(grouping: TilePyramid.all(leaves: summaries), by: \.tile.zoom)
        for zoom in 0...14 as ClosedRange<UInt8> {
            let entries = (found[zoom] ?? []).map { ($0.tile, SquareModel($0.summary)) }
            #expect(
                Dictionary(uniqueKeysWithValues: entries) == SquareModel.tiles(zoom: zoom, above: leaves),
                "zoom \(zoom)")
        }
    }

    @Test(arguments: 0..<30) func orderAndPartsOfDrivesDoNotMatter(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let tile = try #require(TileID(zoom: 14, column: 5, row: 6))
        let hashes = random.hashes(Int(seed) + 5)
        let drives = random.drives(hashes, contributors: [3, 1, 2, 9], frames: 60, squares: 20)
        let summary = TileSummary(leaf: drives, of: tile)
        #expect(TileSummary(leaf: drives.shuffled(using: &random), of: tile) == summary)
        let parts = drives.flatMap { drive in
            let cut = Int.random(in: 0...drive.frames.count, using: &random)
            return [drive.frames[cut...], drive.frames[..<cut]].map {
                LeafDrive(
                    hash: drive.hash, contributor: drive.contributor, frames: $0.shuffled(using: &random))
            }
        }
        #expect(TileSummary(leaf: parts.shuffled(using: &random), of: tile) == summary)
    }

    @Test(arguments: 0..<40) func orderOfChildrenAndOfSquaresDoesNotMatter(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let hashes = random.hashes(60)
        let children = try Quadrant.allCases.enumerated().map { index, quadrant in
            let tile = try #require(TileID(zoom: 14, column: 2 + index % 2, row: 4 + index / 2))
            let drives = random.drives(hashes, contributors: hashes, frames: 20, squares: 80)
            return (quadrant: quadrant, summary: TileSummary(leaf: drives, of: tile))
        }
        let parent = TileSummary(merging: children)
        #expect(TileSummary(merging: children.shuffled(using: &random)) == parent)
        #expect(try TileSummary(packed: parent.packed()) == parent)

        // Four squares that become one may change places.
        let drives = random.drives(hashes, contributors: hashes, frames: 20, squares: 2)
        let turned = drives.map { drive in
            LeafDrive(
                hash: drive.hash, contributor: drive.contributor,
                frames: drive.frames.compactMap {
                    LeafFrame(square: [65, 0][Int($0.square)], quality: Int($0.quality), day: Int($0.day))
                })
        }
        let tile = try #require(TileID(zoom: 14, column: 2, row: 4))
        let (left, right) = (TileSummary(leaf: drives, of: tile), TileSummary(leaf: turned, of: tile))
        #expect(
            SquareModel(TileSummary(merging: [(.northWest, left)])).squares
                == SquareModel(TileSummary(merging: [(.northWest, right)])).squares)
        #expect(
            TileSummary(merging: [(.northWest, left)]).driveSets
                == TileSummary(merging: [(.northWest, right)]).driveSets)
    }

    @Test(
        arguments: [
            // Python: 2**68 // hash, two digits kept.
            (17, 1000, 1000), (1 << 62, 1000, 64), (17 << 58, 1000, 60), (1 << 56, 10_000, 4000),
            (.max, 1000, 17),
            (1 << 63, 1000, 32), (3_000_000_000_000_000_000, 1000, 98),
            (2_900_000_000_000_000_000, 1000, 100),
            (17, .max, 17_000_000_000_000_000_000), (16, .max, 18_000_000_000_000_000_000), (1 << 62, 40, 40),
        ] as [(UInt64, UInt64, UInt64)])
    func estimates(greatest: UInt64, bound: UInt64, value: UInt64) {
        let count = DistinctCount(estimatedFrom: greatest, atMost: bound)
        #expect(count.value == value && count.isEstimate)
    }

    /// The relative error of one estimate is about 26 %, that of the mean of 400 about 1.3 %; rounding takes
    /// off 2 % of numbers like these.
    @Test func estimatesAreRightOnAverage() {
        var random = SeededRandom(17)
        var sum: UInt64 = 0
        for _ in 0..<400 {
            let smallest = (0..<1000).map { _ in random.next() }.sorted()[16]
            sum += DistinctCount(estimatedFrom: smallest, atMost: .max).value
        }
        #expect((940 * 400...1040 * 400).contains(sum), "\(sum / 400)")
    }
}
