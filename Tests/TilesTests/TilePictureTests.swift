import Imaging
import Testing

@testable import Tiles

@Suite struct TilePictureTests {
    private static func square(_ x: Int32, _ y: Int32, _ size: Int32) -> VectorGeometry {
        let corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size)]
        return .polygons([[corners.map { VectorPoint(x: $0.0, y: $0.1) }]])
    }

    private static let tile = VectorTile(layers: [
        VectorLayer(
            name: "coverage",
            features: [
                VectorFeature(attributes: [.init("n", .uint(9))], geometry: square(0, 0, 2048)),
                VectorFeature(attributes: [.init("n", .uint(1))], geometry: square(2048, 2048, 2048)),
            ]),
        VectorLayer(
            name: "roads", extent: 100,
            features: [
                VectorFeature(geometry: .lines([[VectorPoint(x: 75, y: 0), VectorPoint(x: 75, y: 45)]]))
            ]),
        VectorLayer(
            name: "places", features: [VectorFeature(geometry: .points([VectorPoint(x: 1024, y: 3072)]))]),
        VectorLayer(name: "other", features: [VectorFeature(geometry: .unknown([1, 2, 3]))]),
    ])

    @Test func layersHaveTheirColours() throws {
        let picture = try TilePicture(MVTEncoder.encode(Self.tile), type: .mvt, side: 64)
        #expect(picture.layers.map(\.name) == ["coverage", "roads", "places", "other"])
        #expect(picture.layers.map(\.features) == [2, 1, 1, 1])
        #expect(Set(picture.layers.map(\.colour)).count == 4)
        let canvas = picture.canvas
        #expect(canvas[10, 10] == RasterStyle.coverage.colour(ofBand: 4))
        #expect(canvas[50, 50] == RasterStyle.coverage.colour(ofBand: 1))
        #expect(canvas[48, 10] == picture.layers[1].colour)
        #expect(canvas[16, 48] == picture.layers[2].colour)
        #expect(canvas[40, 40] == RasterStyle.coverage.colour(ofBand: 1))
        #expect(canvas[20, 40] == PictureTheme.dark.ground)
        #expect(try picture.png().starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test func oneLayerAlone() throws {
        let picture = try TilePicture(
            MVTEncoder.encode(Self.tile), type: .other, side: 64, layers: ["roads"])
        #expect(picture.layers.count == 4)
        #expect(picture.canvas[10, 10] == PictureTheme.dark.ground)
        #expect(picture.canvas[48, 10] == picture.layers[1].colour)
    }

    @Test(arguments: [16, 64, 100, 256, 512]) func rasterTilesKeepTheirColours(side: Int) throws {
        let frame = try #require(LeafFrame(square: 64 * 32 + 32, quality: 1, day: 0))
        let grid = RasterGrid(TileSummary(frames: [frame]), style: .coverage)
        for type in [PMTilesHeader.TileType.png, .other] {
            let picture = try TilePicture(try grid.png(side: 256), type: type, side: side)
            #expect(picture.layers.isEmpty && picture.canvas.width == side && picture.canvas.height == side)
            let shown = picture.canvas[side / 2, side / 2]
            let colour = RasterStyle.coverage.colour(ofBand: 1)
            #expect(side < 64 ? shown != PictureTheme.dark.ground : shown == colour)
            #expect(picture.canvas[0, 0] == PictureTheme.dark.ground)
        }
    }

    @Test func whatCannotBeDrawnIsNamed() throws {
        func code(_ bytes: [UInt8], _ type: PMTilesHeader.TileType, side: Int = 64) -> TileError.Code? {
            refusal { () throws(TileError) in _ = try TilePicture(bytes, type: type, side: side) }?.code
        }
        for type in [PMTilesHeader.TileType.webp, .avif, .mlt] { #expect(code([], type) == .unsupported) }
        for side in [Int.min, 0, 15, 4097, .max] { #expect(code([], .mvt, side: side) == .unsupported) }
        #expect(code([1, 2, 3], .png) == .malformed && code([], .jpeg) == .malformed)
        #expect(code([0xFF], .mvt) != nil)
        // An empty tile is a tile.
        #expect(code([], .mvt) == nil)
        let png = try RasterGrid(.empty, style: .quality).png(side: 256)
        #expect(code(Array(png.prefix(60)), .png) == .malformed)
    }

    @Test func terminalsShowTwoPixelsToACharacter() throws {
        let picture = try TilePicture(MVTEncoder.encode(Self.tile), type: .mvt, side: 16)
        let plain = TerminalPicture.lines(of: picture, .none)
        #expect(plain.count == 8 && plain.allSatisfy { $0.count <= 16 })
        #expect(plain[0].hasPrefix("======") || plain[0].allSatisfy { " .:-=+*#%@".contains($0) })
        #expect(Set(plain[0].prefix(8)).count == 1 && plain[0].first != " ")
        let coloured = TerminalPicture.lines(of: picture, .full)
        #expect(coloured.count == 8)
        for line in coloured {
            #expect(line.count { $0 == "\u{2580}" } == 16 && line.hasSuffix("\u{1B}[0m"))
        }
        let first = RasterStyle.coverage.colour(ofBand: 4)
        #expect(
            coloured[0].hasPrefix(
                "\u{1B}[38;2;\(first.red);\(first.green);\(first.blue)m\u{1B}[48;2;\(first.red);\(first.green);\(first.blue)m\u{2580}\u{2580}"
            ))
    }
}
