import Geo
import Testing

@testable import Tiles

@Suite struct LineSplitTests {
    /// A position on the map of 2^26 units: tile * 4096 + unit.
    private struct Position: Hashable {
        var x: Int64
        var y: Int64

        init(_ point: WayPoint) {
            (x, y) = (Int64(point.column / 64), Int64(point.row / 64))
        }

        /// The west edge of the map is also its east edge.
        init(_ point: VectorPoint, in tile: TileID) {
            x = (Int64(tile.column) * 4096 + Int64(point.x)) % (1 << 26)
            y = Int64(tile.row) * 4096 + Int64(point.y)
        }

        /// East the short way round.
        func east(to other: Position) -> Int64 {
            let east = (other.x - x + 1 << 26) % (1 << 26)
            return east >= 1 << 25 ? east - 1 << 26 : east
        }

        func taxiDistance(to other: Position) -> Int64 { abs(east(to: other)) + abs(other.y - y) }
    }

    private static let seeds: Range<UInt64> = 0..<100

    private func way(_ seed: UInt64) -> [WayPoint] {
        var random = SeededRandom(seed)
        return random.way(200)
    }

    @Test("Tiles come in order, parts inside their tile, in order of links", arguments: seeds)
    func order(seed: UInt64) {
        let split = LineSplit.wholeParts(of: way(seed))
        let ids = split.map(\.tile.id)
        #expect(ids == Set(ids).sorted())
        for (tile, parts) in split {
            #expect(tile.zoom == 14 && !parts.isEmpty)
            for (before, part) in zip(parts, parts.dropFirst()) { #expect(before.lastLink < part.firstLink) }
            for part in parts {
                // The initialiser checks ranges and repeated points.
                #expect(
                    LinePart(firstLink: part.firstLink, lastLink: part.lastLink, points: part.points) == part)
            }
        }
    }

    /// The parts of a line follow upon each other, each beginning where the last one ended, and turn only at way
    /// points and, by a rounding, at borders.
    @Test("Parts of all tiles joined again are the line", arguments: seeds)
    func joined(seed: UInt64) throws {
        let way = way(seed)
        var starts: [UInt32: [(last: UInt32, points: [Position])]] = [:]
        for (tile, parts) in LineSplit.wholeParts(of: way) {
            for part in parts {
                starts[part.firstLink, default: []].append(
                    (part.lastLink, part.points.map { Position($0, in: tile) }))
            }
        }
        var rest: ArraySlice<Position> = []
        for (link, (here, next)) in zip(way, way.dropFirst()).enumerated() where here.isLinked(to: next) {
            var (reached, end) = (Position(here), Position(next))
            while reached != end {
                if rest.isEmpty {
                    let index = try #require(
                        starts[UInt32(link)]?.firstIndex { $0.points.first == reached },
                        "seed \(seed): nothing goes on at link \(link)")
                    rest = starts[UInt32(link)]?.remove(at: index).points.dropFirst() ?? []
                }
                let point = try #require(rest.first)
                rest = rest.dropFirst()
                #expect(point == end || Self.isCrossing(point, of: Position(here), end), "seed \(seed)")
                reached = point
            }
        }
        #expect(rest.isEmpty)
        #expect(starts.values.allSatisfy { $0.isEmpty }, "seed \(seed)")
    }

    /// Whether `point` is on a border and the nearest to the link there.
    private static func isCrossing(_ point: Position, of start: Position, _ end: Position) -> Bool {
        let (width, height) = (start.east(to: end), end.y - start.y)
        let (east, south) = (start.east(to: point), point.y - start.y)
        let across = 2 * (east * height - south * width)
        let isBetween =
            min(0, width)...max(0, width) ~= east && min(0, height)...max(0, height) ~= south
        // Off by half a unit north or south of a west-east border crossing, or the other way round.
        return isBetween
            && ((point.x % 4096 == 0 && abs(across) <= abs(width))
                || (point.y % 4096 == 0 && abs(across) <= abs(height)))
    }

    /// Along a link all steps go the same way, so that their sum in either direction is exact.
    @Test("No length is lost or counted twice", arguments: seeds)
    func length(seed: UInt64) {
        let way = way(seed)
        var drawn: Int64 = 0
        for (tile, parts) in LineSplit.wholeParts(of: way) {
            for part in parts {
                for (from, to) in zip(part.points, part.points.dropFirst()) {
                    drawn += Position(from, in: tile).taxiDistance(to: Position(to, in: tile))
                }
            }
        }
        let driven = zip(way, way.dropFirst()).reduce(Int64(0)) { sum, link in
            link.0.isLinked(to: link.1) ? sum + Position(link.0).taxiDistance(to: Position(link.1)) : sum
        }
        #expect(drawn == driven, "seed \(seed)")
    }

    @Test("A line is split at the same points in both directions", arguments: seeds)
    func reversed(seed: UInt64) {
        let way = way(seed)
        func crossings(_ way: [WayPoint]) -> [Position: Int] {
            var found: [Position: Int] = [:]
            for (tile, parts) in LineSplit.wholeParts(of: way) {
                for point in parts.flatMap(\.points) { found[Position(point, in: tile), default: 0] += 1 }
            }
            return found
        }
        // Scales are those of the first point: a link at the limit may exist in one direction only.
        let linked = zip(way, way.dropFirst()).allSatisfy { $0.isLinked(to: $1) == $1.isLinked(to: $0) }
        let backwards = Array(way.reversed())
        #expect(!linked || Set(crossings(way).keys) == Set(crossings(backwards).keys), "seed \(seed)")
    }

    @Test("Simplified parts keep their ends, links and tiles", arguments: seeds)
    func simplified(seed: UInt64) {
        let (whole, simple) = (LineSplit.wholeParts(of: way(seed)), LineSplit.parts(of: way(seed)))
        #expect(whole.map(\.tile) == simple.map(\.tile))
        for ((_, parts), (_, left)) in zip(whole, simple) {
            let shown = parts.filter { part in left.contains { $0.firstLink == part.firstLink } }
            #expect(shown.map(\.points.first) == left.map(\.points.first))
            #expect(shown.map(\.points.last) == left.map(\.points.last))
            #expect(shown.map(\.lastLink) == left.map(\.lastLink))
            // What vanishes has come back to where it began.
            for part in parts where !left.contains(where: { $0.firstLink == part.firstLink }) {
                #expect(part.points.first == part.points.last)
            }
        }
    }

    // MARK: Cases worked out by hand

    /// A way point `x`, `y` units from the north-west corner of leaf tile (10, 20).
    private func point(_ x: Int, _ y: Int, pause: Int64 = 0) -> WayPoint {
        WayPoint(
            column: UInt32((10 * 4096 + x) * 64 + 5), row: UInt32((8000 * 4096 + y) * 64 + 63),
            capturedAt: pause)
    }

    private func described(_ way: [WayPoint]) -> [String] {
        LineSplit.parts(of: way).flatMap { tile, parts in
            parts.map { part in
                let points = part.points.map { "\($0.x),\($0.y)" }.joined(separator: " ")
                return "\(tile.column)/\(tile.row) \(part.firstLink)-\(part.lastLink): \(points)"
            }
        }.sorted()
    }

    @Test func crossingsAreRoundedToTheNearestUnit() {
        // Down 40 over 300: at the border 100 of the 300 are done, 13.33 down.
        #expect(
            described([point(3996, 100), point(4296, 140)]) == [
                "10/8000 0-0: 3996,100 4096,113", "11/8000 0-0: 0,113 200,140",
            ])
        // 1 down over 2: exactly halfway, southwards.
        #expect(
            described([point(4095, 100), point(4097, 101)]) == [
                "10/8000 0-0: 4095,100 4096,101", "11/8000 0-0: 0,101 1,101",
            ])
    }

    @Test func tilesWithoutFramesHaveTheirPart() {
        // Round the corner: through 11/8000 for a while.
        #expect(
            described([point(4000, 4050), point(4200, 4150)]) == [
                "10/8000 0-0: 4000,4050 4092,4096", "10/8001 0-0: 4092,0 4096,2",
                "11/8001 0-0: 0,2 104,54",
            ])
    }

    @Test func exactlyThroughACornerIsNoCrossing() {
        #expect(
            described([point(4000, 4000), point(4192, 4192)]) == [
                "10/8000 0-0: 4000,4000 4096,4096", "11/8001 0-0: 0,0 96,96",
            ])
        #expect(
            described([point(4192, 4000), point(4000, 4192)]) == [
                "10/8001 0-0: 4096,0 4000,96", "11/8000 0-0: 96,4000 0,4096",
            ])
    }

    @Test func bordersBelongToTheEastAndTheSouth() {
        #expect(described([point(4096, 100), point(4096, 300)]) == ["11/8000 0-0: 0,100 0,300"])
        #expect(described([point(300, 4096), point(100, 4096)]) == ["10/8001 0-0: 300,0 100,0"])
        // Up to the border, along it and back: the tile in the west has two parts that end there.
        #expect(
            described([point(4000, 100), point(4096, 100), point(4096, 200), point(4000, 200)]) == [
                "10/8000 0-0: 4000,100 4096,100", "10/8000 2-2: 4096,200 4000,200",
                "11/8000 1-1: 0,100 0,200",
            ])
        // Only touched: nothing in the east.
        #expect(
            described([point(4000, 100), point(4096, 150), point(4000, 200)]) == [
                "10/8000 0-1: 4000,100 4096,150 4000,200"
            ])
    }

    @Test func framesInOnePlaceDoNotBreakTheLine() {
        let stop = (0..<3).map { point(4096, 100, pause: 1_000_000 * $0) }
        #expect(
            described([point(4000, 100)] + stop + [point(4200, 100, pause: 2_001_000)]) == [
                "10/8000 0-2: 4000,100 4096,100", "11/8000 3-3: 0,100 104,100",
            ])
    }

    @Test func pausesBreakTheLine() {
        #expect(
            described([
                point(0, 0), point(200, 0), point(400, 0, pause: 60_000), point(400, 99, pause: 60_001),
            ])
                == ["10/8000 0-0: 0,0 200,0", "10/8000 2-2: 400,0 400,99"])
        #expect(LineSplit.parts(of: []).isEmpty)
        #expect(LineSplit.parts(of: [point(0, 0)]).isEmpty)
        #expect(LineSplit.parts(of: [point(0, 0), point(0, 0)]).isEmpty)
    }

    @Test func theAntimeridianIsABorderLikeOthers() {
        let west = WayPoint(column: UInt32.max - 64 * 100 + 1, row: 1 << 31, capturedAt: 0)
        let east = WayPoint(column: 64 * 100, row: 1 << 31, capturedAt: 0)
        #expect(
            described([west, east]) == ["0/8192 0-0: 0,0 100,0", "16383/8192 0-0: 3996,0 4096,0"])
        let edge = WayPoint(column: 0, row: 1 << 31, capturedAt: 0)
        #expect(described([edge, west]) == ["16383/8192 0-0: 4096,0 3996,0"])
        #expect(
            described([west, edge, east]) == ["0/8192 1-1: 0,0 100,0", "16383/8192 0-0: 3996,0 4096,0"])
    }

    @Test func loopsThatVanishLeaveTheirTile() {
        // Over the border and back by the same point, 5 units deep.
        let split = LineSplit.parts(of: [
            point(4000, 100), point(4096, 100), point(4101, 100), point(4096, 100),
        ])
        #expect(split.map(\.tile.column).sorted() == [10, 11])
        #expect(split.first { $0.tile.column == 11 }?.parts == [])
    }

    @Test func longPartsGoOnAsAnother() {
        let way = (0..<3000).map { point(1000 + 100 * ($0 % 2), 1000) }
        let parts = LineSplit.wholeParts(of: way).flatMap(\.parts)
        #expect(parts.map(\.points.count) == [512, 512, 512, 512, 512, 445])
        #expect(parts.map(\.firstLink) == [0, 511, 1022, 1533, 2044, 2555])
        #expect(parts[0].points.last == parts[1].points.first)
    }
}
