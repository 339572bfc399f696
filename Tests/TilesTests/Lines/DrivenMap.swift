import Geo

@testable import Tiles

/// Drives, and the lines they leave in the tiles of all zooms.
enum DrivenMap {
    /// A drive as the tests draw it: its way and the lines it leaves in leaf tiles.
    struct Drive {
        let way: [WayPoint]
        let lines: [(tile: TileID, line: TileLine)]

        init(_ number: Int, way: [WayPoint], _ random: inout SeededRandom) {
            self.way = way
            let (hash, contributor) = (random.next(), random.next() % 5)
            let day = Int32.random(in: 20_000...20_400, using: &random)
            lines = LineSplit.parts(of: way).compactMap { tile, parts in
                TileLine(hash: hash, drive: "d\(number)", contributor: contributor, day: day, parts: parts)
                    .map { (tile, $0) }
            }
        }
    }

    /// Drives that start within a few kilometres of each other, 30 m to 100 m between frames.
    static func drives(_ count: Int, frames: Int, seed: UInt64) -> [Drive] {
        var random = SeededRandom(seed)
        let (column, row) = (
            UInt32.random(in: 1 << 30...3 << 30, using: &random),
            UInt32.random(in: 1 << 30...3 << 30, using: &random)
        )
        return (0..<count).map { number in
            var x = column &+ UInt32.random(in: 0...1 << 20, using: &random)
            var y = row &+ UInt32.random(in: 0...1 << 20, using: &random)
            var (east, south) = (Int64(6000), Int64(0))
            let way = (0..<Int.random(in: 2...frames, using: &random)).map { index in
                if Int.random(in: 0..<6, using: &random) == 0 {
                    east = Int64.random(in: -6000...6000, using: &random)
                    south = Int64.random(in: -6000...6000, using: &random)
                }
                x = x &+ UInt32(truncatingIfNeeded: east)
                y = y &+ UInt32(truncatingIfNeeded: south)
                return WayPoint(column: x, row: y, capturedAt: Int64(1000 * index))
            }
            return Drive(number, way: way, &random)
        }
    }

    /// All tiles of these drives from zoom 14 up to zoom `top`, children and lines in an order of their own.
    static func map(_ drives: [Drive], top: UInt8 = 8, _ random: inout SeededRandom) -> [TileID: TileLines] {
        var leaves: [TileID: [TileLine]] = [:]
        for drive in drives.shuffled(using: &random) {
            for (tile, line) in drive.lines { leaves[tile, default: []].append(line) }
        }
        var map = leaves.mapValues { TileLines(leaf: $0) }
        var level = Array(map.keys)
        while let zoom = level.first?.zoom, zoom > top {
            level = Array(Set(level.compactMap(\.parent)))
            for tile in level {
                let children = tile.children.shuffled(using: &random).compactMap { child in
                    map[child].map { (quadrant: Quadrant(of: child), lines: $0) }
                }
                map[tile] = TileLines(merging: children)
            }
        }
        return map
    }
}
