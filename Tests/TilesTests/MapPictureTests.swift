import Geo
import Imaging
import Testing

@testable import Tiles

@Suite struct MapPictureTests {
    private typealias Leaf = (column: Int, row: Int, squares: [Int: UInt64])

    /// All tiles of a map with these leaf tiles.
    private static func tiles(_ leaves: [Leaf]) throws -> [TilePyramid.Entry] {
        var summaries: [TileID: TileSummary] = [:]
        for leaf in leaves {
            let frames = leaf.squares.flatMap { square, n in
                (0..<n).compactMap { LeafFrame(square: square, quality: 500, day: 20_454 + Int($0) * 91) }
            }
            summaries[try #require(TileID(zoom: 14, column: leaf.column, row: leaf.row))] = TileSummary(
                frames: frames)
        }
        return TilePyramid.all(leaves: summaries)
    }

    private static func picture(
        _ tiles: [TilePyramid.Entry], part: MapPart? = nil, zoom: Int? = nil, style: MapPicture.Style
    ) throws -> MapPicture {
        try MapPicture(part: part, zoom: zoom, style: style) { body in
            for entry in tiles { try body(entry.tile, entry.summary) }
        }
    }

    private static let style = MapPicture.Style(title: "Test ü")

    @Test(arguments: RasterStyle.allCases, [true, false])
    func squaresStandWhereTheyAre(colouring: RasterStyle, isDark: Bool) throws {
        let leaf: Leaf = (8541, 5859, [0: 1, 1: 3, 64 * 5 + 3: 9, 4095: 2])
        let entries = try Self.tiles([leaf])
        var tally = SquareTally()
        let part = MapPart(
            columns: 8541 * 64..<8542 * 64, rows: 5859 * 64..<5860 * 64)
        let view = MapView(part, pixelZoom: 16, hasMargin: false)
        let tile = try #require(entries.first { $0.tile.zoom == 14 })
        for square in tile.summary.squares {
            let band = colouring.band(
                frames: square.summary.n, meanQuality: square.summary.meanQuality,
                lastDay: square.summary.lastDay)
            tally.add(
                try #require(view.place(of: Int(square.index), in: tile.tile)), band,
                frames: square.summary.n,
                days: square.summary.firstDay...square.summary.lastDay)
        }
        let style = MapPicture.Style(title: "", colouring: colouring, isDark: isDark)
        let canvas = MapSheet(view: view, tally: tally, style: style).draw()
        // The map's corner is 28 pixels from the left and 96 from the top; squares are 16 pixels wide.
        for square in tile.summary.squares {
            let band = colouring.band(
                frames: square.summary.n, meanQuality: 500, lastDay: square.summary.lastDay)
            let (x, y) = (28 + Int(square.index) % 64 * 16 + 8, 96 + Int(square.index) / 64 * 16 + 8)
            #expect(canvas[x, y] == colouring.colour(ofBand: band), "square \(square.index)")
        }
        let ground = isDark ? PictureTheme.dark.ground : PictureTheme.light.ground
        #expect(canvas[28 + 3 * 16 + 8, 96 + 20 * 16 + 8] == ground)
        #expect(tally.frames == 15 && tally.squares.count == 4)
    }

    @Test func orderDecidesNothing() throws {
        let tiles = try Self.tiles([
            (8541, 5859, [7: 2, 9: 1]), (8542, 5859, [7: 5]), (8541, 5860, [4000: 3]),
        ])
        let one = try Self.picture(tiles, style: Self.style)
        #expect(try Self.picture(tiles.reversed(), style: Self.style).png == one.png)
        #expect(one.frames == 11 && one.squares == 4 && one.zoom == 14)
        #expect(one.png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        let size = [16, 20].map { offset in one.png[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        #expect(size == [one.width, one.height] && one.width < 1300)
    }

    @Test func theMapConservesAtEveryScale() throws {
        var random = SeededRandom(9)
        let tiles = TilePyramid.all(leaves: random.leaves(30))
        let total = tiles.filter { $0.tile.zoom == 0 }.reduce(0) { $0 + $1.summary.totalFrames }
        for zoom in [nil, 0, 1, 2] as [Int?] {
            let picture = try Self.picture(tiles, zoom: zoom, style: Self.style)
            #expect(picture.frames == total)
        }
    }

    @Test func aPartShowsItselfAlone() throws {
        let tiles = try Self.tiles([(8541, 5859, [0: 1, 63: 2]), (8542, 5859, [0: 4])])
        let part = MapPart(columns: 8541 * 64..<8542 * 64, rows: 5859 * 64..<5860 * 64)
        #expect(try Self.picture(tiles, part: part, style: Self.style).frames == 3)
        let corner = MapPart(columns: 8541 * 64..<8541 * 64 + 1, rows: 5859 * 64..<5859 * 64 + 1)
        #expect(try Self.picture(tiles, part: corner, style: Self.style).frames == 1)
        let elsewhere = MapPart(columns: 0..<64, rows: 0..<64)
        let nothing = try Self.picture(tiles, part: elsewhere, style: Self.style)
        #expect(nothing.frames == 0 && nothing.squares == 0)
    }

    @Test func overTheAntimeridianTheShortWay() throws {
        let tiles = try Self.tiles([(16_383, 8900, [63: 1]), (0, 8900, [0: 1])])
        let picture = try Self.picture(tiles, style: Self.style)
        #expect(picture.zoom == 14 && picture.squares == 2)
    }

    @Test func fewSquaresOfTheWorldAreSeen() throws {
        let tiles = try Self.tiles([(2000, 5000, [0: 1]), (9000, 6000, [0: 1]), (15_000, 9000, [0: 1])])
        var tally = SquareTally()
        let view = MapView(filling: .everything, hasMargin: true)
        for entry in tiles where entry.tile.zoom == view.zoom {
            for square in entry.summary.squares {
                tally.add(
                    try #require(view.place(of: Int(square.index), in: entry.tile)), 1, frames: 1, days: 0...0
                )
            }
        }
        let canvas = MapSheet(view: view, tally: tally, style: Self.style).draw()
        let colour = RasterStyle.coverage.colour(ofBand: 1)
        let seen = (0..<view.height).reduce(0) { sum, y in
            sum + (0..<view.width).count { canvas[28 + $0, 96 + y] == colour }
        }
        #expect(seen >= 3 * 81)
    }

    @Test func mapsOfNothing() throws {
        let nothing = try Self.picture([], style: Self.style)
        #expect(nothing.frames == 0 && nothing.width > 400)
        let zoomed = try Self.picture([], zoom: 3, style: .init(title: "", isDark: false))
        #expect(zoomed.width > 2048 && zoomed.height > 2048)
    }

    @Test func tooManyPixelsAreRefusedWithTheZoomThatFits() throws {
        let tiles = try Self.tiles([(1000, 5000, [0: 1]), (9000, 6000, [0: 1])])
        for zoom in [12, 20] {
            let error = try #require(throws: MapPicture.TooLarge.self) {
                try Self.picture(tiles, zoom: zoom, style: Self.style)
            }
            #expect(error.width > error.limit / error.height)
            let view = MapView(
                MapPart(columns: 64_000..<576_001, rows: 320_000..<384_001), pixelZoom: error.zoom,
                hasMargin: true)
            #expect(view.width * view.height <= error.limit)
        }
    }

    @Test func legendsSayWhatColoursMean() {
        var squares = [Int](repeating: 0, count: 256)
        (squares[1], squares[4], squares[12]) = (5, 1, 2)
        let frames = MapLegend(.coverage, squares: squares).entries
        #expect(frames.map(\.label).prefix(2) == ["2,048 and more", "1,024-2,047"])
        #expect(frames.map(\.label).suffix(3) == ["4-7", "2-3", "1"] && frames.count == 12)
        #expect(frames.map(\.squares) == [2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 5])
        let quality = MapLegend(.quality, squares: squares).entries
        #expect(quality.first?.label == "900-1000" && quality.last?.label == "0-99" && quality.count == 10)
        squares = [Int](repeating: 0, count: 256)
        (squares[105], squares[107]) = (1, 1)
        #expect(
            MapLegend(.freshness, squares: squares).entries.map(\.label) == ["2026 Q3", "2026 Q2", "2026 Q1"])
        #expect(MapLegend(.coverage, squares: [Int](repeating: 0, count: 256)).entries.isEmpty)
        #expect(MapLegend(.freshness, squares: [Int](repeating: 1, count: 256)).entries.count == 32)
    }
}
