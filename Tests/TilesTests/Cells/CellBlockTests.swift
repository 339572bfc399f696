import Geo
import Testing

@testable import Tiles

@Suite struct CellBlockTests {
    /// Cells of a map of drives about the corner of four blocks.
    private func made(_ random: inout SeededRandom, _ precision: Int) -> MadeLeaf {
        MadeLeaf(
            &random, latitudeE7: 482_080_078, longitudeE7: 110_302_734, spread: precision > 8 ? 2000 : 40_000,
            drives: 6, count: 400)
    }

    /// The leaf tiles without the drives that `isGone` says.
    private func leaves(_ made: MadeLeaf, without isGone: (DriveInTile) -> Bool) -> [TileID: LeafTile] {
        Dictionary(
            uniqueKeysWithValues: made.leaves.map {
                ($0.tile, LeafTile(tile: $0.tile, drives: $0.drives.filter { !isGone($0) }))
            })
    }

    /// The cells that frames of drives are in, as a build notes them.
    private func cells(
        of made: MadeLeaf, _ block: Geohash, _ precision: Int, where isOne: (DriveInTile) -> Bool
    )
        -> StaleCells
    {
        var cells: Set<UInt64> = []
        let grid = CellGrid(precision: precision)
        for leaf in made.leaves {
            for frame in leaf.drives.filter(isOne).flatMap(\.frames) {
                if let cell = Geohash(
                    column: grid.column(of: frame, in: leaf.tile), row: grid.row(of: frame),
                    precision: precision),
                    cell.prefix(5) == block
                {
                    cells.insert(cell.bits)
                }
            }
        }
        return .some(cells)
    }

    /// Counting the cells that changed gives what counting all of them gives, whether drives came, went or both.
    @Test(arguments: 1...8 as ClosedRange<UInt64>, [6, 7, 8, 9, 10])
    func countingWhatChangedGivesTheWhole(seed: UInt64, precision: Int) throws {
        var random = SeededRandom(seed)
        let made = made(&random, precision)
        let names = Set(made.leaves.flatMap(\.drives).map(\.drive)).sorted()
        let gone = Set(names.filter { _ in Bool.random(using: &random) })
        let late = Set(names.filter { _ in Bool.random(using: &random) })
        let before = leaves(made) { late.contains($0.drive) }
        let after = leaves(made) { gone.contains($0.drive) }
        let changed = gone.symmetricDifference(late)
        let grid = CellGrid(precision: precision)
        let blocks = Set(
            made.frames.compactMap { Geohash(of: $0.position, precision: 5) })
        for block in blocks {
            let empty = CellBlock(empty: block, precision: precision)
            func leaf(_ tiles: [TileID: LeafTile]) -> (TileID) -> LeafTile {
                { tiles[$0] ?? LeafTile(tile: $0, drives: []) }
            }
            let old = empty.counted(.all, leaf(before))
            let whole = empty.counted(.all, leaf(after))
            let stale = cells(of: made, block, precision) { changed.contains($0.drive) }
            #expect(old.counted(stale, leaf(after)) == whole, "seed \(seed), \(precision), \(block)")
            #expect(old.counted(.all, leaf(after)) == whole, "seed \(seed), \(precision), \(block)")
            // The finest cells are those that the frames themselves have, the others those of their own lengths.
            for length in CellBlock.lengths(precision) {
                let window = CellWindow(CellGrid(precision: length), inside: block)
                let around = window.leaves.map(leaf(after))
                #expect(
                    whole.tallies(in: window) == CellTally.tallies(of: around, in: window),
                    "seed \(seed), \(length), \(block)")
            }
            #expect(whole.finest == whole.tallies(in: CellWindow(grid, inside: block)))
            #expect(try CellBlock(block, precision: precision, packed: whole.packed()) == whole)
        }
        #expect(blocks.count == 4, "seed \(seed)")
    }

    /// What tiles show is kept of every ruleset, but for cells longer than blocks.
    @Test func keepsWhatTilesShow() {
        #expect(CellBlock.lengths(8) == [8, 7])
        #expect(CellBlock.lengths(10) == [10, 8, 7])
        #expect(CellBlock.lengths(7) == [7, 6])
        #expect(CellBlock.lengths(6) == [6, 5])
    }

    @Test func refusesWhatIsNoPackedBlock() throws {
        var random = SeededRandom(3)
        let made = made(&random, 8)
        let block = try #require(Geohash(of: made.frames[0].position, precision: 5))
        let tiles = leaves(made) { _ in false }
        let whole = CellBlock(empty: block, precision: 8).counted(.all) {
            tiles[$0] ?? LeafTile(tile: $0, drives: [])
        }
        let packed = whole.packed()
        for count in 0..<packed.count {
            #expect(throws: TileError.self) {
                try CellBlock(block, precision: 8, packed: Array(packed[..<count]))
            }
        }
        #expect(throws: TileError.self) { try CellBlock(block, precision: 8, packed: packed + [0]) }
        for _ in 0..<2000 {
            var bytes = packed
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            // Whatever is read has one packed form, which is this.
            if let read = try? CellBlock(block, precision: 8, packed: bytes) {
                #expect(read.packed() == bytes)
            }
        }
    }

    @Test func packsStaleCells() throws {
        for cells in [[], [0], [1 << 50 - 1], [0, 1, 7, 300, 1 << 40]] as [Set<UInt64>] {
            #expect(try StaleCells(packed: StaleCells.some(cells).packed) == .some(cells))
        }
        #expect(StaleCells.all.packed == nil)
        #expect(try StaleCells(packed: nil) == .all)
        for packed in [[0x80], [0x80, 0], [1, 0], [5, 0], [255, 255, 255, 255, 255, 255, 255, 255, 1]]
            as [[UInt8]]
        {
            #expect(throws: TileError.self, "\(packed)") { try StaleCells(packed: packed) }
        }
        var stale = StaleCells.some([1])
        stale.formUnion(.some([2]))
        #expect(stale == .some([1, 2]))
        stale.formUnion(.all)
        #expect(stale == .all)
        stale.formUnion(.some([3]))
        #expect(stale == .all)
    }
}
