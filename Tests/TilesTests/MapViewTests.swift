import Geo
import Glibc
import Testing

@testable import Tiles

@Suite struct MapViewTests {
    @Test(arguments: [1, 10, 200, 2000, 30_000, 1 << 20], [1, 300, 1 << 20])
    func partsFillThePicture(wide: Int, high: Int) {
        let (west, north) = (((1 << 20) - wide) / 2, ((1 << 20) - high) / 2)
        let part = MapPart(columns: west..<west + wide, rows: north..<north + high)
        let view = MapView(filling: part, hasMargin: true)
        let level = 14 - Int(view.zoom)
        #expect((4...32).contains(view.squareSide) && view.width <= 880 && view.height <= 700)
        #expect(view.width > 740 || view.height > 600)
        #expect(view.columns.contains(west >> level) && view.columns.contains((west + wide - 1) >> level))
        #expect(view.rows.contains(north >> level) && view.rows.contains((north + high - 1) >> level))
        let exact = MapView(filling: part, hasMargin: false)
        let group = 14 - Int(exact.zoom)
        #expect(exact.columns == west >> group..<(west + wide - 1) >> group + 1)
        #expect(exact.rows == north >> group..<(north + high - 1) >> group + 1)
    }

    @Test func pixelsAreThoseOfTheZoom() {
        let part = MapPart(columns: 500_000..<501_024, rows: 300_000..<300_512)
        for zoom in MapView.zooms {
            let view = MapView(part, pixelZoom: zoom, hasMargin: false)
            #expect(view.world * view.squareSide == 256 << zoom)
            #expect(Int(view.zoom) == min(14, zoom))
        }
        #expect(MapView(part, pixelZoom: 14, hasMargin: false).width == 4096)
    }

    @Test func nothingIsBeyondTheMap() {
        let corner = MapPart(columns: 0..<1, rows: 0..<1)
        for zoom in MapView.zooms {
            let view = MapView(corner, pixelZoom: zoom, hasMargin: true)
            #expect(view.rows.lowerBound == 0 && view.columns.count <= view.world)
            #expect(view.rows.upperBound <= view.world)
        }
        let everything = MapView(filling: .everything, hasMargin: true)
        #expect(everything.columns.count == everything.world && everything.rows == 0..<everything.world)
    }

    @Test func placesOverTheAntimeridian() throws {
        let part = MapPart(columns: (1 << 20) - 64..<(1 << 20) + 64, rows: 0..<64)
        let view = MapView(part, pixelZoom: 14, hasMargin: false)
        let (west, east) = (
            try #require(TileID(zoom: 14, column: 16_383, row: 0)),
            try #require(TileID(zoom: 14, column: 0, row: 0))
        )
        #expect(try #require(view.place(of: 65, in: west)) == (4, 4))
        #expect(try #require(view.place(of: 65, in: east)) == (260, 4))
        let outside = try #require(TileID(zoom: 14, column: 1, row: 0))
        #expect(view.place(of: 0, in: outside) == nil)
        let below = try #require(TileID(zoom: 14, column: 0, row: 1))
        #expect(view.place(of: 0, in: below) == nil)
    }

    /// The latitude of the edge above `row` of a map of `rows`, by the inverse of Mercator's formula.
    private static func latitude(row: Double, of rows: Double) -> Double {
        atan(sinh(Double.pi * (1 - 2 * row / rows)))
    }

    @Test(arguments: [524_288, 400_000, 300_000, 100_000, 10_000])
    func lengthsAreThoseOnTheGround(row: Int) throws {
        let part = MapPart(columns: 0..<100, rows: row..<row + 100)
        let view = MapView(part, pixelZoom: 14, hasMargin: false)
        let scale = MapScale(view: view)
        let latitude = Self.latitude(row: Double(row + 50), of: 1_048_576)
        let perPixel = 2 * Double.pi * 6_371_008_800 * cos(latitude) / Double(256 << 14)
        let error = Double(scale.millimetres(pixels: 1_000_000)) / (perPixel * 1e6) - 1
        #expect(abs(error) < 2e-6, "\(error)")
        for longest in [50, 217, 400] {
            let bar = try #require(scale.bar(longest: longest))
            let parts = bar.label.split(separator: " ")
            let metres =
                try #require(Double(parts[0].replacing(",", with: ""))) * (parts[1] == "km" ? 1000 : 1)
            #expect([1, 2, 5].contains { metres == $0 * pow(10, floor(log10(metres / $0) + 0.01)) })
            #expect(bar.pixels <= longest && Double(bar.pixels) > Double(longest) / 2.6)
            #expect(abs(Double(bar.pixels) * perPixel / 1000 - metres) <= perPixel / 2000 + 0.001)
        }
    }

    @Test func theScaleVariesOnHighMapsAlone() {
        let town = MapPart(columns: 0..<1000, rows: 300_000..<301_000)
        #expect(!MapScale(view: MapView(filling: town, hasMargin: true)).varies)
        let world = MapScale(view: MapView(filling: .everything, hasMargin: true))
        #expect(world.varies && world.latitudeE7 == 0)
        #expect(world.squareText == "630 km" || world.squareText == "310 km")
    }

    @Test func linesOfRoundDegrees() throws {
        let part = try #require(
            MapPart(
                southE7: 480_000_000, westE7: 113_000_000, northE7: 483_000_000, eastE7: 118_000_000))
        let view = MapView(filling: part, hasMargin: false)
        let graticule = Graticule(view)
        #expect(
            graticule.meridians.map(\.label)
                == ["11.4°E", "11.5°E", "11.6°E", "11.7°E", "11.8°E"].filter {
                    label in graticule.meridians.contains { $0.label == label }
                })
        #expect(graticule.meridians.count >= 2 && graticule.parallels.count >= 2)
        let world = Double(view.world * view.squareSide)
        for line in graticule.meridians {
            let degrees = try #require(Double(line.label.prefix { $0 != "°" }))
            let x = (degrees + 180) / 360 * world - Double(view.columns.lowerBound * view.squareSide)
            #expect(abs(Double(line.position) - x) <= 1)
        }
        for line in graticule.parallels {
            let radians = try #require(Double(line.label.prefix { $0 != "°" })) * Double.pi / 180
            let y = (0.5 - asinh(tan(radians)) / (2 * Double.pi)) * world
            #expect(abs(Double(line.position) - y + Double(view.rows.lowerBound * view.squareSide)) <= 1)
        }
    }

    @Test func linesOfEveryView() {
        for zoom in MapView.zooms {
            for row in [0, 300_000, 524_288, (1 << 20) - 1] {
                for column in [0, 524_288, (1 << 20) - 1] {
                    let part = MapPart(columns: column..<column + 1, rows: row..<row + 1)
                    let view = MapView(part, pixelZoom: zoom, hasMargin: true)
                    let graticule = Graticule(view)
                    #expect(graticule.meridians.count <= 8 && graticule.parallels.count <= 12)
                    #expect(graticule.meridians.allSatisfy { (0...view.width).contains($0.position) })
                    #expect(graticule.parallels.allSatisfy { (0...view.height).contains($0.position) })
                }
            }
        }
    }
}
