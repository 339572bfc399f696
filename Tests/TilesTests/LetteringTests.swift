import Imaging
import Testing

@testable import Tiles

@Suite struct LetteringTests {
    private static let ink = PNGEncoder.Colour(red: 255, green: 255, blue: 255)
    private static let black = PNGEncoder.Colour(red: 0, green: 0, blue: 0)

    @Test func everyGlyphFitsItsBox() {
        let others: [Character] = ["·", "°"]
        for character in (UInt8(33)..<127).map({ Character(Unicode.Scalar($0)) }) + others {
            let rows = PixelFont.rows(of: character)
            #expect((7...9).contains(rows.count) && rows.allSatisfy { $0 < 32 } && rows.contains { $0 > 0 })
            let columns = PixelFont.columns(of: character)
            #expect(columns.lowerBound >= 0 && columns.upperBound <= 5 && !columns.isEmpty)
        }
    }

    @Test func digitsAreEquallyWide() {
        for size in [Lettering.Size.small, .body, .title] {
            let lettering = Lettering(size: size)
            #expect(Set((0...9).map { lettering.width(of: "\($0)") }).count == 1)
            #expect(lettering.width(of: "") == 0 && lettering.width(of: "il") < lettering.width(of: "WM"))
        }
    }

    /// An underscore is one stroke of five pixels of the face: a bar with round ends and nothing else.
    @Test func strokesAreWhereTheFaceHasThem() {
        var canvas = PictureCanvas(width: 40, height: 40, background: Self.black)
        Lettering(size: .title).draw("_", x: 4, y: 4, Self.ink, on: &canvas)
        let unit = Lettering.Size.title.rawValue
        // The middle of the face's seventh row.
        let middle = 4 + (6 * unit + unit / 2) / 16
        for x in 0..<40 {
            let isInside = x > 5 && x < 4 + 5 * unit / 16 - 1
            #expect((canvas[x, middle] == Self.ink) == isInside || x < 6 || x > 17, "\(x)")
            #expect(canvas[x, middle - 4] == Self.black && canvas[x, middle + 4] == Self.black)
        }
    }

    @Test func nothingIsDrawnOutsideItsBox() {
        for size in [Lettering.Size.small, .body, .title] {
            let lettering = Lettering(size: size)
            let text = "Qgjy@%|"
            var canvas = PictureCanvas(width: 400, height: 80, background: Self.black)
            lettering.draw(text, x: 100, y: 20, Self.ink, on: &canvas)
            for y in 0..<80 {
                for x in 0..<400 where canvas[x, y] != Self.black {
                    #expect(x >= 98 && x <= 102 + lettering.width(of: text) && y >= 18 && y < 56)
                }
            }
        }
    }

    @Test func whatLiesOutsideIsCutOff() {
        var canvas = PictureCanvas(width: 20, height: 20, background: Self.black)
        for (x, y) in [(-30, -30), (-5, 15), (15, -5), (19, 19), (400, 400), (Int.min / 64, 0)] {
            Lettering(size: .title).draw("M", x: x, y: y, Self.ink, halo: Self.black, on: &canvas)
        }
        canvas.fill(x: -5, y: -5, width: 7, height: 7, Self.ink)
        canvas.outline(x: -3, y: -3, width: 100, height: 100, Self.ink)
        #expect(canvas[1, 1] == Self.ink && canvas[2, 2] != Self.ink)
    }

    @Test func numbersAreGrouped() {
        #expect(
            [0, 999, 1000, -1000, 1_234_567].map { PictureText.grouped($0) }
                == ["0", "999", "1,000", "-1,000", "1,234,567"])
        #expect(
            PictureText.count(1, "frame") == "1 frame" && PictureText.count(2000, "square") == "2,000 squares"
        )
    }

    @Test func degreesHaveASide() {
        func text(_ valueE7: Int, _ decimals: Int) -> String {
            PictureText.degrees(valueE7, decimals: decimals, positive: "E", negative: "W")
        }
        #expect(text(-1_223_954_125, 3) == "122.395°W" && text(115_000_000, 1) == "11.5°E")
        #expect(text(300_000_000, 0) == "30°E" && text(0, 2) == "0.00°" && text(-4_999, 3) == "0.000°")
        #expect(text(-1_800_000_000, 0) == "180°" && text(5_000, 3) == "0.001°E")
    }
}
