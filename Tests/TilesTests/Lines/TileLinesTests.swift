import Geo
import Testing

@testable import Tiles

@Suite struct TileLinesTests {
    private static func parent(_ tile: TileID, zoom: UInt8) -> TileID {
        var tile = tile
        while tile.zoom > zoom, let parent = tile.parent { tile = parent }
        return tile
    }

    @Test("The order of drives and of children does not matter", arguments: 0..<5 as Range<UInt64>)
    func order(seed: UInt64) {
        let drives = DrivenMap.drives(40, frames: 300, seed: seed)
        var random = SeededRandom(seed)
        let map = DrivenMap.map(drives, &random)
        #expect(DrivenMap.map(drives, &random) == map)
        #expect(Set(map.keys.map(\.zoom)) == Set(8...14))
    }

    @Test("Batches with recomputed ancestors give what all at once gives", arguments: 0..<10 as Range<UInt64>)
    func batches(seed: UInt64) {
        let drives = DrivenMap.drives(30, frames: 200, seed: 100 + seed)
        var random = SeededRandom(seed)
        var shown: [DrivenMap.Drive] = []
        var map: [TileID: TileLines] = [:]
        for batch in [drives[..<10], drives[10..<11], drives[11...]] {
            shown += batch
            let new = DrivenMap.map(shown, &random)
            // What no drive of the batch touches has not changed.
            let dirty = Set(
                batch.flatMap(\.lines).flatMap { line in
                    (8...14 as ClosedRange<UInt8>).map { Self.parent(line.tile, zoom: $0) }
                })
            for (tile, lines) in map where !dirty.contains(tile) { #expect(new[tile] == lines) }
            map = new
        }
        #expect(map == DrivenMap.map(drives, &random))
    }

    @Test(
        "Every tile has the drives with the smallest hashes of all below it",
        arguments: 0..<3 as Range<UInt64>)
    func sample(seed: UInt64) {
        let drives = DrivenMap.drives(700, frames: 12, seed: 200 + seed)
        var random = SeededRandom(seed)
        var crossing: [TileID: [(hash: UInt64, drive: String)]] = [:]
        for drive in drives {
            guard let line = drive.lines.first?.line else { continue }
            for zoom in 8...14 as ClosedRange<UInt8> {
                for tile in Set(drive.lines.map { Self.parent($0.tile, zoom: zoom) }) {
                    crossing[tile, default: []].append((line.hash, line.drive))
                }
            }
        }
        let map = DrivenMap.map(drives, &random)
        #expect(Set(map.keys) == Set(crossing.keys))
        for (tile, lines) in map {
            let all = crossing[tile, default: []].sorted { $0.hash < $1.hash }
            #expect(lines.lines.map(\.drive) == all.prefix(256).map(\.drive), "seed \(seed), \(tile)")
            #expect(lines.isSample == (all.count > 256))
            #expect(lines.drives == (all.count > 256 ? nil : UInt32(all.count)))
            #expect(lines.lines.reduce(0) { $0 + $1.pointCount } <= 16_384)
        }
        #expect(map.values.contains(where: \.isSample) && !map.values.allSatisfy(\.isSample))
    }

    /// As the documentation of ``TileLines`` states it, for every frame that is linked and every zoom.
    @Test("No frame is more than 18 units off its drive's line", arguments: 0..<4 as Range<UInt64>)
    func errors(seed: UInt64) throws {
        let drives = DrivenMap.drives(3, frames: 400, seed: 300 + seed)
        var random = SeededRandom(seed)
        let map = DrivenMap.map(drives, &random)
        for (number, drive) in drives.enumerated() {
            for zoom in 8...14 as ClosedRange<UInt8> {
                let unit = Int64(1) << Int64(14 - zoom)
                let lines = map.flatMap { tile, lines -> [[VectorPoint]] in
                    guard tile.zoom == zoom, let line = lines.lines.first(where: { $0.drive == "d\(number)" })
                    else { return [] }
                    return line.parts.map { part in
                        part.points.map { Self.onMap($0, in: tile, unit: unit) }
                    }
                }
                for point in drive.way.dropLast() {
                    let position = VectorPoint(x: Int32(point.column / 64), y: Int32(point.row / 64))
                    let isNear = lines.contains { line in
                        zip(line, line.dropFirst()).contains { start, end in
                            !LineSimplificationTests.isFar(
                                position, from: start, end, tolerance: 18 * Int128(unit))
                        }
                    }
                    #expect(isNear, "seed \(seed), zoom \(zoom), drive \(number)")
                }
            }
        }
    }

    /// A point of `tile`, whose units are `unit` of the leaf tiles', on the map of 2^26 units.
    private static func onMap(_ point: VectorPoint, in tile: TileID, unit: Int64) -> VectorPoint {
        let x = (Int64(tile.column) * 4096 + Int64(point.x)) * unit
        let y = (Int64(tile.row) * 4096 + Int64(point.y)) * unit
        return VectorPoint(x: Int32(x), y: Int32(y))
    }

    @Test("A straight drive is one part of two points in every tile", arguments: 0..<40 as Range<UInt64>)
    func straight(seed: UInt64) throws {
        var random = SeededRandom(seed)
        // Two frames or many: where the map is stretched most, one link crosses several tiles.
        let frames = seed % 2 == 0 ? 2 : Int.random(in: 3...600, using: &random)
        let (column, row) = (
            UInt32.random(in: 1 << 30...3 << 30, using: &random),
            UInt32.random(in: 1 << 25...1 << 26, using: &random)
        )
        let (east, south) = (
            Int64.random(in: -190_000...190_000, using: &random),
            Int64.random(in: -190_000...190_000, using: &random)
        )
        let way = (0..<frames).map { index in
            WayPoint(
                column: UInt32(clamping: Int64(column) + Int64(index) * east),
                row: UInt32(clamping: Int64(row) + Int64(index) * abs(south)), capturedAt: Int64(index) * 1000
            )
        }
        let map = DrivenMap.map([DrivenMap.Drive(0, way: way, &random)], &random)
        for (tile, lines) in map {
            let parts = try #require(lines.lines.first).parts
            // Nothing but a corner may be left of it.
            #expect(parts.count <= 1 && parts.allSatisfy { $0.points.count == 2 }, "seed \(seed), \(tile)")
        }
    }

    /// A link that crosses a border ends a part on one side and begins one on the other. Whatever vanishes or is
    /// joined takes two ends from one place: each place keeps an even number of them.
    @Test("Parts meet at the borders of every zoom", arguments: 0..<10 as Range<UInt64>)
    func borders(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let drives = DrivenMap.drives(1, frames: 600, seed: 400 + seed)
        let map = DrivenMap.map(drives, &random)
        for zoom in 8...14 as ClosedRange<UInt8> {
            var ends: [VectorPoint: Int] = [:]
            for (tile, lines) in map where tile.zoom == zoom {
                for part in lines.lines.flatMap(\.parts) {
                    for end in [part.points.first, part.points.last].compactMap({ $0 }) {
                        ends[Self.onMap(end, in: tile, unit: 1), default: 0] += 1
                    }
                }
            }
            // The drive itself begins and ends somewhere, once each.
            let way = try #require(drives.first).way
            for point in [way.first, way.last].compactMap({ $0 }) {
                let shift = UInt32(6 + 14 - zoom)
                let place = VectorPoint(x: Int32(point.column >> shift), y: Int32(point.row >> shift))
                ends[place, default: 0] += 1
            }
            #expect(ends.values.allSatisfy { $0 % 2 == 0 }, "seed \(seed), zoom \(zoom)")
        }
    }

    @Test func emptyTilesHoldNothing() {
        #expect(TileLines.empty.isEmpty)
        #expect(TileLines(leaf: []) == .empty)
        #expect(TileLines(merging: [(.northWest, .empty), (.southEast, .empty)]) == .empty)
        #expect(TileLines.empty.drives == 0)
    }

    @Test func drivesOfWhichNothingIsSeenCount() throws {
        let line = try #require(TileLine(hash: 1, drive: "a", contributor: 2, day: 3, parts: []))
        let lines = TileLines(leaf: [line])
        #expect(lines.drives == 1 && !lines.isEmpty)
        #expect(TileLines(merging: [(.northEast, lines)]) == lines)
    }

    @Test func valuesOutOfRangeAreNoLine() throws {
        let points = [VectorPoint(x: 0, y: 4096), VectorPoint(x: 4096, y: 0)]
        let part = try #require(LinePart(firstLink: 3, lastLink: 5, points: points))
        let earlier = try #require(LinePart(firstLink: 2, lastLink: 9, points: points))
        #expect(LinePart(firstLink: 3, lastLink: 2, points: points) == nil)
        #expect(LinePart(firstLink: 3, lastLink: 3, points: [points[0]]) == nil)
        #expect(LinePart(firstLink: 3, lastLink: 3, points: [points[0], points[0]]) == nil)
        #expect(LinePart(firstLink: 3, lastLink: 3, points: [points[0], VectorPoint(x: 4097, y: 0)]) == nil)
        #expect(LinePart(firstLink: 3, lastLink: 3, points: [VectorPoint(x: 0, y: -1), points[0]]) == nil)
        func line(_ drive: String, day: Int32 = 0, _ parts: [LinePart]) -> TileLine? {
            TileLine(hash: 0, drive: drive, contributor: 0, day: day, parts: parts)
        }
        #expect(line("a", [earlier, part]) != nil)
        #expect(line("a", [part, earlier]) == nil)
        #expect(line("a", day: 2_932_897, []) == nil)
        for name in ["", "a b", "\u{E9}", String(repeating: "a", count: 65)] {
            #expect(line(name, []) == nil)
        }
        #expect(line(String(repeating: "a", count: 64), []) != nil)
    }
}
