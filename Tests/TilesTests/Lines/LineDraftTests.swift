import Testing

@testable import Tiles

/// Lines keep within the bounds of a tile.
@Suite struct LineDraftTests {
    @Test("Whatever crosses a tile, it keeps within its bounds", arguments: 0..<4 as Range<UInt64>)
    func bounds(seed: UInt64) {
        var random = SeededRandom(500 + seed)
        let (drives, parts, points) = [(300, 4, 30), (256, 1, 150), (20, 50, 10), (3, 1000, 4)][Int(seed)]
        let children = [Quadrant.northWest, .southEast].map { quadrant in
            (quadrant: quadrant, lines: TileLines(leaf: random.lines(drives, parts: parts, points: points)))
        }
        let parent = TileLines(merging: children)
        for lines in children.map(\.lines) + [parent] {
            #expect(lines.lines.count <= 256)
            #expect(lines.lines.allSatisfy { $0.pointCount <= 1024 })
            #expect(lines.lines.reduce(0) { $0 + $1.pointCount } <= 16_384)
            #expect(lines.lines.contains { !$0.parts.isEmpty })
            #expect(lines.packed().count <= 192 << 10)
            let shown = lines.shown.reduce(0) { $0 + $1.pointCount }
            #expect(shown <= 4096 && (lines.shown.count == lines.lines.count || shown > 3072))
            #expect(MVTEncoder.encode([DrivesLayer.encoder(for: lines)]).count <= 64 << 10)
        }
        #expect(parent.isSample == (drives > 128))
    }

    /// How many points are left of `line` at `rank`.
    private func points(of line: TileLine, rank: UInt8) -> Int {
        var simplification = LineSimplification()
        return line.parts.reduce(0) { sum, part in
            simplification.rank(part.points.span)
            let kept = zip(part.points, simplification.ranks).filter { $0.1 > 0 }.map(\.0)
            let (x, y) = (kept.map(\.x), kept.map(\.y))
            let size = max((x.max() ?? 0) - (x.min() ?? 0), (y.max() ?? 0) - (y.min() ?? 0))
            guard rank == 0 || size > 8 << Int32(rank) else { return sum }
            let left = simplification.ranks.filter { $0 > rank }.count
            return left == 2 && part.points.first == part.points.last ? sum : sum + left
        }
    }

    @Test("Lines get the largest share that fits", arguments: [10, 120] as [Int])
    func shares(points count: Int) throws {
        var random = SeededRandom(UInt64(600 + count))
        let all = random.lines(250, parts: 2, points: count) + random.lines(6, parts: 20, points: count)
        let lines = all.enumerated().compactMap { number, line in
            TileLine(
                hash: line.hash, drive: "d\(number)", contributor: 0, day: 0, parts: line.parts)
        }
        let shares: [[String: Int]] = [1024, 512, 256, 128, 64].map { share in
            let counts = lines.map { line in
                (0...10).lazy.map { self.points(of: line, rank: UInt8($0)) }.first { $0 <= share } ?? 0
            }
            return Dictionary(uniqueKeysWithValues: zip(lines.map(\.drive), counts))
        }
        let halvings = try #require(shares.firstIndex { $0.values.reduce(0, +) <= 16_384 })
        #expect((halvings > 0) == (count > 10))
        for line in TileLines(leaf: lines).lines {
            #expect(line.pointCount == shares[halvings][line.drive], "\(line.drive)")
        }
    }

    /// To and fro and up and down, some 100 m each time: inside a tile, and over a border.
    @Test(
        "A huge zigzag is bounded",
        arguments: [(50_000, 1 << 31 + 1 << 17), (8000, 1 << 31)] as [(Int, UInt32)])
    func zigzag(frames: Int, column: UInt32) throws {
        var random = SeededRandom(9)
        let way = (0..<frames).map { (index: Int) -> WayPoint in
            let width = UInt32.random(in: 4000...8000, using: &random)
            return WayPoint(
                column: index % 2 == 0 ? column - width : column + width,
                row: 1 << 31 + UInt32.random(in: 0...16_000, using: &random), capturedAt: Int64(index) * 1000)
        }
        let zigzag = DrivenMap.Drive(0, way: way, &random)
        let map = DrivenMap.map([zigzag], top: 12, &random)
        #expect(zigzag.lines.contains { $0.line.pointCount > frames * 9 / 10 })
        for lines in map.values {
            #expect(lines.lines.count == 1)
            #expect(lines.lines.reduce(0) { $0 + $1.pointCount } <= 1024)
        }
        // A line of few points is drawn as it is beside it.
        let line = try #require(random.lines(9, parts: 3, points: 5).first { !$0.parts.isEmpty })
        let wild = try #require(zigzag.lines.first).line
        #expect(TileLines(leaf: [wild, line]).lines.contains(TileLines(leaf: [line]).lines[0]))
    }
}
