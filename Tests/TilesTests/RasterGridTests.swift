import Canonical
import Geo
import Imaging
import Testing

@testable import Tiles

@Suite struct RasterGridTests {
    @Test func framesDoubleFromBandToBand() {
        let counts: [UInt64] = [1, 2, 3, 4, 7, 8, 15, 16, 2047, 2048, 1 << 53]
        #expect(counts.map { CoverageColours.band(frames: $0) } == [1, 2, 2, 3, 3, 4, 4, 5, 11, 12, 12])
        #expect((1...12).map { CoverageColours.frames(ofBand: $0) }.prefix(4) == [1, 2, 4, 8])
    }

    @Test func qualityHasTenBands() {
        let means: [UInt64] = [0, 99, 100, 499, 500, 999, 1000]
        #expect(means.map { QualityColours.band(quality: $0) } == [1, 1, 2, 5, 6, 10, 10])
    }

    /// Days by `date -d` and Python's `datetime`.
    @Test(arguments: [
        (-354_285, 1), (0, 1), (10_956, 1), (10_957, 1), (11_047, 1), (11_048, 2), (20_453, 104),
        (20_454, 105),
        (20_543, 105), (20_544, 106), (34_241, 255), (2_932_896, 255),
    ]) func aQuarterIsABand(day: Int32, band: UInt8) {
        #expect(FreshnessColours.band(day: day) == band)
    }

    @Test func quartersHaveNames() {
        #expect(FreshnessColours.quarter(ofBand: 1) == "2000 Q1")
        #expect(FreshnessColours.quarter(ofBand: 105) == "2026 Q1")
        #expect(FreshnessColours.quarter(ofBand: 255) == "2063 Q3")
    }

    /// Relative luminance (WCAG 2.2), for these comparisons alone.
    private static func luminance(_ colour: PNGEncoder.Colour) -> Double {
        func linear(_ value: UInt8) -> Double {
            // A power of 2.2 is near enough to sRGB's curve.
            let (v, square) = (Double(value) / 255, Double(value) * Double(value) / 65_025)
            return square * (0.8 + 0.2 * v)
        }
        return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
    }

    @Test func newerIsBrighterForEightYears() {
        let colours = (UInt8(97)...128).map { RasterStyle.freshness.colour(ofBand: $0) }
        #expect(Set(colours).count == 32)
        for (older, newer) in zip(colours, colours.dropFirst(2)) {
            #expect(Self.luminance(older) < Self.luminance(newer))
        }
        #expect(RasterStyle.freshness.colour(ofBand: 129) == colours[0])
    }

    @Test(arguments: RasterStyle.allCases) func coloursShowOnDarkAndOnLight(style: RasterStyle) {
        for band in UInt8(1)...255 {
            let luminance = Self.luminance(style.colour(ofBand: band))
            #expect((0.07...0.72).contains(luminance), "band \(band)")
        }
    }

    private static func summary(_ squares: [(index: Int, n: UInt64, quality: UInt64, day: Int32)]) throws
        -> TileSummary
    {
        try #require(
            TileSummary(
                squares: squares.compactMap { square in
                    SquareSummary(
                        n: square.n, qualitySum: square.n * square.quality, firstDay: square.day,
                        lastDay: square.day
                    ).map { (square.index, $0) }
                }))
    }

    @Test func bandsOfATile() throws {
        let summary = try Self.summary([(0, 1, 0, 20_454), (65, 3, 750, 20_544), (4095, 5000, 1000, 0)])
        func places(_ style: RasterStyle) -> [Int: UInt8] {
            Dictionary(
                uniqueKeysWithValues: RasterGrid(summary, style: style).bands.enumerated().filter {
                    $1 > 0
                }.map { ($0, $1) })
        }
        #expect(places(.coverage) == [0: 1, 65: 2, 4095: 12])
        #expect(places(.quality) == [0: 1, 65: 8, 4095: 10])
        #expect(places(.freshness) == [0: 105, 65: 106, 4095: 1])
        #expect(!RasterGrid(summary, style: .quality).isEmpty)
        #expect(RasterGrid(.empty, style: .quality).isEmpty)
    }

    @Test func hashesTellStyleAndBands() throws {
        let one = RasterGrid(try Self.summary([(7, 1, 0, 0)]), style: .coverage)
        #expect(one.content == Array("coverage".utf8) + one.bands && one.bands.count == 4096)
        #expect(one.contentHash == .of(one.content))
        // Band 1 at the same place in every style: the names alone differ.
        let styles = RasterStyle.allCases.map { RasterGrid(.empty, style: $0).contentHash }
        #expect(Set(styles).count == 3)
        let other = RasterGrid(try Self.summary([(8, 1, 0, 0)]), style: .coverage)
        #expect(one.contentHash != other.contentHash)
    }

    @Test(arguments: RasterStyle.allCases, [256, 512])
    func everyPixelHasItsSquaresColour(style: RasterStyle, side: Int) throws {
        for (seed, squares) in [(1, 1), (2, 3), (3, 40), (4, 900), (5, 9000)] as [(UInt64, Int)] {
            var random = SeededRandom(seed)
            let grid = RasterGrid(random.summary(squares: squares), style: style)
            let picture = try PNGReader(try grid.png(side: side))
            #expect(picture.width == side && picture.height == side)
            #expect(picture.chunks == ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"] && picture.alphas == [0])
            let colours = Set(grid.bands).subtracting([0]).sorted().map { style.colour(ofBand: $0) }
            #expect(picture.palette.dropFirst() == colours.map { [$0.red, $0.green, $0.blue] }[...])
            let depth = [2: 1, 3: 2, 4: 2][picture.palette.count] ?? 4
            #expect(picture.depth == depth, "seed \(seed)")
            let scale = side / 64
            for y in 0..<side {
                for x in 0..<side {
                    let band = grid.bands[y / scale * 64 + x / scale]
                    let place = Int(picture.places[y * side + x])
                    let isRight =
                        band == 0 ? place == 0 : place > 0 && colours[place - 1] == style.colour(ofBand: band)
                    if !isRight { Issue.record("seed \(seed), pixel \(x), \(y)") }
                }
            }
        }
    }

    @Test(arguments: [(0, 1), (1, 1), (2, 2), (3, 2), (4, 4), (15, 4), (16, 8), (255, 8)], [4, 8])
    func depthFollowsTheColoursUsed(counts: (colours: Int, depth: Int), squareSide: Int) throws {
        let values = (0..<4096).map { UInt8($0 * 31 % (counts.colours + 1)) }
        let picture = try PNGReader(
            SquaresPNG(values, squareSide: squareSide) { .init(red: $0, green: 1, blue: 2) }.bytes)
        #expect(picture.depth == counts.depth && picture.palette.count == counts.colours + 1)
        let side = 64 * squareSide
        let expected = (0..<side * side).map { pixel in
            values[pixel / side / squareSide * 64 + pixel % side / squareSide]
        }
        #expect(picture.places == expected)
    }

    @Test func otherSidesAreRefused() {
        let grid = RasterGrid(.empty, style: .coverage)
        for side in [Int.min, 0, 64, 1024] {
            #expect(
                refusal { () throws(TileError) in _ = try grid.png(side: side) }?.code == .unsupported)
        }
    }
}
