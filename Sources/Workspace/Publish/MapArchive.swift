import Geo
import Tiles

/// The archives of a generation.
public enum MapArchive: Hashable, Sendable, CaseIterable {
    /// Vector tiles with all layers.
    case vector
    /// Pictures of 256 pixels a side.
    case raster(RasterStyle)
    /// The same at 512 pixels, for fine displays.
    case fineRaster(RasterStyle)

    /// All archives.
    public static var allCases: [MapArchive] {
        [.vector] + RasterStyle.allCases.map { .raster($0) } + RasterStyle.allCases.map { .fineRaster($0) }
    }

    /// The file's name.
    public var name: String {
        switch self {
        case .vector: "coverage.pmtiles"
        case .raster(let style): "\(Self.stem(style)).pmtiles"
        case .fineRaster(let style): "\(Self.stem(style))@2x.pmtiles"
        }
    }

    /// The pictures of coverage are the ones most readers want; they have the plain name.
    private static func stem(_ style: RasterStyle) -> String {
        style == .coverage ? "raster" : style.rawValue
    }

    /// What its tiles are.
    public var tileType: PMTilesHeader.TileType { self == .vector ? .mvt : .png }

    /// What the archive says about itself.
    var metadata: ArchiveMetadata {
        switch self {
        case .vector:
            ArchiveMetadata(name: "Waggle coverage", description: Self.description, layers: Self.layers)
        case .raster(let style), .fineRaster(let style):
            ArchiveMetadata(name: "Waggle coverage (\(style.rawValue))", description: Self.explanation(style))
        }
    }

    private static func explanation(_ style: RasterStyle) -> String {
        switch style {
        case .coverage: "Frames per square, from few (dark) to many (bright)"
        case .freshness: "The calendar quarter of every square's latest frame"
        case .quality: "Mean quality of every square's frames, in ten bands"
        }
    }

    /// What the vector tiles show, in words.
    static let description =
        "Street-level coverage: squares with frames, quality, days, drives and contributors; best frames; drives; cells"

    /// The zooms of the map.
    static let zooms: ClosedRange<UInt8> = 0...SquareAddress.leafZoom

    /// The zooms that show lines of drives; above them a drive is a dot.
    static let driveZooms: ClosedRange<UInt8> = 8...SquareAddress.leafZoom

    /// The layers of the vector tiles.
    static let layers = [
        CoverageLayer.description(minZoom: zooms.lowerBound, maxZoom: zooms.upperBound),
        DrivesLayer.description(minZoom: driveZooms.lowerBound, maxZoom: driveZooms.upperBound),
        FramesLayer.description, CellsLayer.description,
    ]
}

/// The files of a generation beside its archives.
public enum GenerationFile {
    /// The description of the vector tiles.
    public static let tileJSON = "tilejson.json"
    /// What the generation holds.
    public static let record = "generation.json"
    /// The directory of the files of cells.
    public static let cells = "cells"

    /// The file of the cells in `block`.
    public static func cells(_ block: Geohash) -> String { "\(cells)/\(block).jsonl" }
}
