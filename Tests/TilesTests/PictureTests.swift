import Geo
import Testing

@testable import Tiles

@Suite struct PictureTests {
    private static func size(_ png: [UInt8]) -> (width: Int, height: Int) {
        func number(_ offset: Int) -> Int { png[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        return (number(16), number(20))
    }

    @Test func everyGlyphFitsItsBox() {
        for code in UInt8(33)..<127 {
            let rows = PixelFont.rows(of: Character(Unicode.Scalar(code)))
            #expect((7...9).contains(rows.count) && rows.allSatisfy { $0 < 32 } && rows.contains { $0 > 0 })
        }
    }

    @Test(arguments: [1, 10, 200, 2000, 30_000, 1 << 20]) func squaresAreVisibleAtEverySize(span: Int) {
        let start = ((1 << 20) - span) / 2
        let view = MapView(columns: start...start + span - 1, rows: start...start, hasMargin: true)
        #expect(view.squareSide >= 3)
        #expect((900...1300).contains(view.width) && (480...1300).contains(view.height))
        #expect(
            view.columns.contains(start >> view.level)
                && view.columns.contains((start + span - 1) >> view.level))
    }

    @Test func scaleOfTheEquator() {
        // A square of zoom 20 is 40 075 016.686 m / 2^20 = 38.2185 m wide there.
        let view = MapView(columns: 524_288...524_288, rows: 524_288...524_288, hasMargin: true)
        let millimetres = view.millimetres(pixels: view.squareSide * 10)
        #expect((381_000...382_400).contains(millimetres))
    }

    @Test func picturesOfNothingOfOnePlaceAndOfTheWorld() throws {
        let style = MapPicture.Style(title: "Test ü")
        let nothing = try MapPicture.png(of: [], style: style)
        #expect(Self.size(nothing).width > 400)
        let frame = try #require(LeafFrame(square: 0, quality: 500, day: 20_000))
        let tiles = try [(0, 0), (16_383, 16_383), (8541, 5859)].map {
            (
                tile: try #require(TileID(zoom: 14, column: $0.0, row: $0.1)),
                summary: TileSummary(frames: [frame])
            )
        }
        let one = try MapPicture.png(of: [tiles[2]], style: style)
        #expect(Self.size(one) == (990, 658))
        #expect(try MapPicture.png(of: [tiles[2]], style: style) == one)
        let world = try MapPicture.png(of: tiles, style: .init(title: "", colouring: .quality, isDark: false))
        #expect(Self.size(world).width > 900)
        #expect(
            try MapPicture.png(
                of: tiles.reversed(), style: .init(title: "", colouring: .quality, isDark: false)) == world)
        let part = try MapPicture.png(of: tiles, bounds: MapBounds(around: [tiles[2].tile]), style: style)
        #expect(Self.size(part).width > 900 && part != one)
    }
}
