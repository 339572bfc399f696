import Canonical
import Geo
import Testing

@testable import Tiles

@Suite struct CellTallyTests {
    private struct Expected: Equatable {
        var frames = 0
        var passes: Set<String> = []
        var drives: Set<Int> = []
        var contributors: Set<UInt64> = []
        var quality: [Int] = []
        var days: [Int32] = []
    }

    /// What the cells hold, counted with sets and with geohashes made from the positions themselves.
    private func expected(_ frames: [MadeLeaf.Frame], precision: Int) -> [Geohash: Expected] {
        var result: [Geohash: Expected] = [:]
        for frame in frames {
            guard let cell = Geohash(of: frame.position, precision: precision) else { continue }
            var entry = result[cell] ?? Expected()
            entry.frames += 1
            if let heading = frame.frame.heading {
                let octant = Int((Double(heading) / 100 + 22.5).truncatingRemainder(dividingBy: 360) / 45)
                entry.passes.insert("\(frame.drive) \(octant)")
            }
            entry.drives.insert(frame.drive)
            entry.contributors.insert(MadeLeaf.contributor(frame.drive))
            entry.quality.append(Int(frame.frame.quality))
            entry.days.append(frame.frame.day)
            result[cell] = entry
        }
        return result
    }

    private func compare(_ tallies: [CellTally], _ expected: [Geohash: Expected], _ comment: Comment) {
        #expect(tallies.map(\.cell) == expected.keys.sorted(), comment)
        for tally in tallies {
            guard let entry = expected[tally.cell] else { continue }
            #expect(tally.frames == UInt64(entry.frames), comment)
            #expect(tally.passes == UInt64(entry.passes.count), comment)
            #expect(tally.drives == UInt64(entry.drives.count), comment)
            #expect(tally.contributors == UInt64(entry.contributors.count), comment)
            #expect(tally.meanQuality == UInt64(entry.quality.reduce(0, +) / entry.quality.count), comment)
            #expect(tally.bestQuality == entry.quality.max().map { UInt16($0) }, comment)
            #expect(tally.firstDay == entry.days.min(), comment)
            #expect(tally.lastDay == entry.days.max(), comment)
        }
    }

    /// A block's tallies are those of its frames, however they are spread over leaf tiles.
    @Test(arguments: 1...12 as ClosedRange<UInt64>, [6, 7, 8, 9, 10])
    func blocksHoldTheirFrames(seed: UInt64, precision: Int) throws {
        var random = SeededRandom(seed)
        // Around the corner of four blocks (multiples of 45/1024 degree), in the far north as well.
        let latitude = [482_080_078, -340_576_172, 849_902_343][Int(seed % 3)]
        let made = MadeLeaf(
            &random, latitudeE7: latitude, longitudeE7: 110_302_734, spread: precision > 8 ? 2000 : 40_000,
            drives: 5, count: 400)
        let all = expected(made.frames, precision: precision)
        for (block, cells) in Dictionary(grouping: all.keys, by: { $0.prefix(5) }) {
            let window = CellWindow(CellGrid(precision: precision), inside: block)
            let leaves = made.leaves.filter { window.leaves.contains($0.tile) }
            compare(
                CellTally.tallies(of: leaves, in: window), all.filter { cells.contains($0.key) },
                "seed \(seed), precision \(precision), block \(block)")
        }
    }

    /// A tile's window holds every cell with a frame in the tile, each with all its frames, those in the tiles beside
    /// it included.
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func tilesHoldWholeCells(seed: UInt64) throws {
        var random = SeededRandom(seed)
        // Around a border of two rows of leaf tiles.
        let made = MadeLeaf(
            &random, latitudeE7: 481_910_000, longitudeE7: 110_302_734, spread: 30_000, drives: 5, count: 500)
        for zoom in CellsLayer.zooms {
            let grid = try #require(CellsLayer.grids(zoom: zoom, precision: 8)).fine
            let all = expected(made.frames, precision: grid.precision)
            for tile in Set(made.frames.compactMap { TileID(of: $0.position, zoom: zoom) }) {
                let window = CellWindow(grid, touching: tile)
                let leaves = made.leaves.filter { window.leaves.contains($0.tile) }
                let tallies = CellTally.tallies(of: leaves, in: window)
                let own = Set(
                    made.frames.filter { TileID(of: $0.position, zoom: zoom) == tile }
                        .compactMap { Geohash(of: $0.position, precision: grid.precision) })
                #expect(own.isSubset(of: tallies.map(\.cell)), "seed \(seed), \(tile)")
                compare(
                    tallies, all.filter { cell in tallies.contains { $0.cell == cell.key } },
                    "seed \(seed), \(tile)")
            }
        }
    }

    @Test func linesOfTheDataSet() throws {
        var random = SeededRandom(7)
        let made = MadeLeaf(
            &random, latitudeE7: 482_050_000, longitudeE7: 110_402_734, spread: 3000, drives: 5, count: 50)
        let block = try #require(Geohash(of: made.frames[0].position, precision: 5))
        let window = CellWindow(CellGrid(precision: 8), inside: block)
        let tallies = CellTally.tallies(of: made.leaves, in: window)
        let lines = CellDocument.bytes(tallies).split(separator: 0x0A)
        #expect(lines.count == tallies.count)
        for (line, tally) in zip(lines, tallies) {
            let value = try JSONReader.read(Array(line))
            // Written by hand; the writer of canonical JSON gives the same.
            #expect(try CanonicalJSON(value).bytes == Array(line))
            var members = try JSONObjectReader(value)
            #expect(try members.string("cell") == tally.cell.description)
            #expect(try members.integer("frames") == Int64(tally.frames))
            #expect(try members.integer("passes") == Int64(tally.passes))
            #expect(try members.integer("quality") == Int64(tally.meanQuality))
            #expect(try members.string("last_day") == CalendarDay(number: Int64(tally.lastDay)).description)
        }
    }
}
