import Geo

@testable import Tiles

extension SeededRandom {
    /// A drive's way of `count` frames with everything that makes splitting hard: frames on borders and corners
    /// of tiles, links along borders, frames in the same place, pauses, the antimeridian, the map's edges.
    mutating func way(_ count: Int) -> [WayPoint] {
        var (column, row) = start()
        var capturedAt = Int64.random(in: 0...2_000_000_000_000, using: &self)
        var way: [WayPoint] = []
        for _ in 0..<count {
            way.append(WayPoint(column: column, row: row, capturedAt: capturedAt))
            capturedAt += Int.random(in: 0..<20, using: &self) == 0 ? 60_000 : 1000
            // 300 m at most, whatever the latitude.
            let reach =
                Mercator.unitsPerKilometre(row: row)
                / [4, 20, 100, 1000][Int.random(in: 0..<4, using: &self)]
            let east = Int64.random(in: -reach...reach, using: &self)
            let south = Int64.random(in: -reach...reach, using: &self)
            switch Int.random(in: 0..<8, using: &self) {
            case 0: break
            case 1: column = Self.moved(column, east)
            case 2: row = UInt32(clamping: Int64(row) + south)
            default:
                column = Self.moved(column, east)
                row = UInt32(clamping: Int64(row) + south)
            }
            if Int.random(in: 0..<6, using: &self) == 0 { column = Self.onBorder(column) }
            if Int.random(in: 0..<6, using: &self) == 0, row < 0xFFFC_0000 { row = Self.onBorder(row) }
        }
        return way
    }

    private mutating func start() -> (UInt32, UInt32) {
        let (column, row) = (
            UInt32.random(in: 0...(.max), using: &self), UInt32.random(in: 0...(.max), using: &self)
        )
        switch Int.random(in: 0..<5, using: &self) {
        case 0: return (0, row)
        case 1: return (column, 0)
        case 2: return (column, .max)
        case 3: return (Self.onBorder(column), row < 0xFFFC_0000 ? Self.onBorder(row) : row)
        default: return (column, row)
        }
    }

    private static func moved(_ column: UInt32, _ by: Int64) -> UInt32 {
        column &+ UInt32(truncatingIfNeeded: by)
    }

    /// The border between leaf tiles nearest to `position`, round the Earth.
    private static func onBorder(_ position: UInt32) -> UInt32 { (position &+ 1 << 17) & 0xFFFC_0000 }

    /// A line inside a tile: smooth, jagged, with loops and points in one place.
    mutating func line(_ count: Int) -> [VectorPoint] {
        let reach = Int32([3, 30, 300][Int.random(in: 0..<3, using: &self)])
        var (x, y) = (Int32.random(in: 0...4096, using: &self), Int32.random(in: 0...4096, using: &self))
        var line: [VectorPoint] = []
        for _ in 0..<count {
            line.append(VectorPoint(x: x, y: y))
            x = min(max(x + Int32.random(in: -reach...reach, using: &self), 0), 4096)
            y = min(max(y + Int32.random(in: -reach...reach, using: &self), 0), 4096)
        }
        if Bool.random(using: &self), let first = line.first { line.append(first) }
        return line
    }

    /// Parts in the order of links, as a drive that crosses a tile many times leaves them.
    mutating func parts(_ count: Int, points: Int) -> [LinePart] {
        var link = UInt32.random(in: 0...1000, using: &self)
        var parts: [LinePart] = []
        while parts.count < count {
            let last = link + UInt32.random(in: 0...50, using: &self)
            var line: [VectorPoint] = []
            for point in self.line(max(2, points)) where point != line.last { line.append(point) }
            if let part = LinePart(firstLink: link, lastLink: last, points: line) { parts.append(part) }
            link = last + UInt32.random(in: 1...50, using: &self)
        }
        return parts
    }

    /// Lines of so many drives, with hashes of their own.
    mutating func lines(_ count: Int, parts: Int, points: Int) -> [TileLine] {
        (0..<count).compactMap { number in
            TileLine(
                hash: next(), drive: "drive-\(number)", contributor: next(),
                day: Int32.random(in: 20_000...20_500, using: &self),
                parts: self.parts(Int.random(in: 0...parts, using: &self), points: points))
        }
    }
}
