import Imaging
import Testing

@testable import Tiles

@Suite struct RasteriserTests {
    private static let ink = PNGEncoder.Colour(red: 255, green: 255, blue: 255)

    private static func rasteriser(_ side: Int, budget: Int = 1_000_000) -> Rasteriser {
        let black = PNGEncoder.Colour(red: 0, green: 0, blue: 0)
        return Rasteriser(on: PictureCanvas(width: side, height: side, background: black), budget: budget)
    }

    private static func points(_ pairs: [(Int, Int)]) -> [VectorPoint] {
        pairs.map { VectorPoint(x: Int32($0.0), y: Int32($0.1)) }
    }

    /// The pixels drawn, as text.
    private static func picture(_ rasteriser: Rasteriser) -> [String] {
        let canvas = rasteriser.canvas
        return (0..<canvas.height).map { y in
            String((0..<canvas.width).map { canvas[$0, y].red > 0 ? "#" : "." })
        }
    }

    @Test func aSquareWithAHole() throws {
        var rasteriser = Self.rasteriser(8)
        let outer = Self.points([(512, 512), (3584, 512), (3584, 3584), (512, 3584)])
        let hole = Self.points([(1536, 1536), (1536, 2560), (2560, 2560), (2560, 1536)])
        #expect(try rasteriser.fill([outer, hole], extent: 4096, Self.ink))
        #expect(
            Self.picture(rasteriser) == [
                "........", ".######.", ".######.", ".##..##.", ".##..##.", ".######.", ".######.",
                "........",
            ])
    }

    @Test func whatReachesOutIsCutOff() throws {
        var rasteriser = Self.rasteriser(4)
        let large = Self.points([
            (-2_147_483_648, -2_147_483_648), (2_147_483_647, -2_147_483_648), (2_147_483_647, 2048),
            (-2_147_483_648, 2048),
        ])
        #expect(try rasteriser.fill([large], extent: 4096, Self.ink))
        #expect(Self.picture(rasteriser) == ["####", "####", "....", "...."])
        let beside = Self.points([(5000, 0), (6000, 0), (6000, 4096)])
        #expect(try !rasteriser.fill([beside], extent: 4096, Self.ink))
        #expect(Self.picture(rasteriser) == ["####", "####", "....", "...."])
    }

    /// Every pixel whose middle is inside, by the definition: an odd number of edges to its left.
    @Test(arguments: 1...30 as ClosedRange<UInt64>) func polygonsHoldTheMiddlesOfTheirPixels(seed: UInt64)
        throws
    {
        var random = SeededRandom(seed)
        let side = 24
        // At 16 units to a pixel nothing is rounded.
        let ring = (0..<Int.random(in: 3...9, using: &random)).map { _ in
            VectorPoint(
                x: Int32.random(in: -200...600, using: &random),
                y: Int32.random(in: -200...600, using: &random))
        }
        var rasteriser = Self.rasteriser(side)
        _ = try rasteriser.fill([ring], extent: UInt32(side * 16), Self.ink)
        for y in 0..<side {
            for x in 0..<side {
                let (px, py) = (Double(x * 16 + 8), Double(y * 16 + 8))
                var (inside, isClose) = (false, false)
                for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
                    let (ax, ay, bx, by) = (Double(a.x), Double(a.y), Double(b.x), Double(b.y))
                    guard (ay <= py) != (by <= py) else { continue }
                    let crossing = ax + (py - ay) * (bx - ax) / (by - ay)
                    if crossing <= px { inside.toggle() }
                    // Crossings are whole sixteenths.
                    if abs(crossing - px) <= 1 { isClose = true }
                }
                let isDrawn = rasteriser.canvas[x, y].red > 0
                #expect(isDrawn == inside || isClose, "seed \(seed), pixel \(x), \(y)")
            }
        }
    }

    @Test func linesAndDots() throws {
        var rasteriser = Self.rasteriser(6)
        try rasteriser.stroke(Self.points([(0, 0), (4095, 4095)]), extent: 4096, Self.ink)
        #expect(Self.picture(rasteriser) == ["#.....", ".#....", "..#...", "...#..", "....#.", ".....#"])
        rasteriser = Self.rasteriser(4)
        try rasteriser.stroke(
            Self.points([(512, 512), (3584, 512), (3584, 3584)]), extent: 4096, isClosed: true, Self.ink)
        #expect(Self.picture(rasteriser) == ["####", ".#.#", "..##", "...#"])
        rasteriser = Self.rasteriser(5)
        try rasteriser.dot(VectorPoint(x: 2048, y: 2048), extent: 4096, radius: 1, Self.ink)
        #expect(Self.picture(rasteriser) == [".....", "..#..", ".###.", "..#..", "....."])
        try rasteriser.dot(VectorPoint(x: .min, y: .max), extent: 1, radius: 2, Self.ink)
    }

    @Test func anyNumbersAreDrawnOrRefused() {
        for seed in 1...40 as ClosedRange<UInt64> {
            var random = SeededRandom(seed)
            var rasteriser = Self.rasteriser(64, budget: 300_000)
            let extent = [1, 2, 4096, UInt32.max][Int.random(in: 0..<4, using: &random)]
            let rings = (0..<3).map { _ in
                (0..<Int.random(in: 0...50, using: &random)).map { _ in
                    VectorPoint(
                        x: Int32.random(in: .min ... .max, using: &random),
                        y: Int32.random(in: .min ... .max, using: &random))
                }
            }
            do throws(TileError) {
                _ = try rasteriser.fill(rings, extent: extent, Self.ink)
                for ring in rings {
                    try rasteriser.stroke(ring, extent: extent, isClosed: true, width: 3, Self.ink)
                    for point in ring { try rasteriser.dot(point, extent: extent, radius: 3, Self.ink) }
                }
            } catch {
                #expect(error.code == .overLimit)
            }
        }
    }

    @Test func workIsBounded() {
        // Two points 200,000 times: every edge crosses all rows.
        let ring = (0..<200_000).map { VectorPoint(x: Int32($0 % 4096), y: $0 % 2 == 0 ? -100 : 5000) }
        var rasteriser = Self.rasteriser(512, budget: 2_000_000)
        let start = ContinuousClock.now
        #expect(
            refusal { () throws(TileError) in _ = try rasteriser.fill([ring], extent: 4096, Self.ink) }?.code
                == .overLimit)
        #expect(
            refusal { () throws(TileError) in try rasteriser.stroke(ring, extent: 4096, Self.ink) }?.code
                == .overLimit)
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
