import Canonical
import Imaging

/// What a raster tile shows: the bands of its 64 x 64 squares in one style. Drawn at 256 or 512 pixels it is
/// the same map.
public struct RasterGrid: Equatable, Sendable {
    /// What the bands tell.
    public let style: RasterStyle
    /// The band of every square, row by row from the north-west corner; 0 where there are no frames.
    public let bands: [UInt8]

    /// The grid of `summary` in `style`.
    public init(_ summary: TileSummary, style: RasterStyle) {
        var bands = [UInt8](repeating: 0, count: SquareAddress.count)
        for square in summary.squares {
            bands[Int(square.index)] = style.band(
                frames: square.summary.n, meanQuality: square.summary.meanQuality,
                lastDay: square.summary.lastDay)
        }
        self.style = style
        self.bands = bands
    }

    /// Whether no square has frames: such a tile is not published.
    public var isEmpty: Bool { bands.allSatisfy { $0 == 0 } }

    /// What names the tile, at either size: the style's name, then the bands.
    public var content: [UInt8] { Array(style.rawValue.utf8) + bands }

    /// SHA-256 of ``content``.
    public var contentHash: ContentHash { .of(content) }

    /// The tile as a PNG with a palette; transparent where there are no frames. The same bytes on every machine.
    ///
    /// - Parameter side: pixels along one side, 256 or 512.
    /// - Throws: `unsupported` for another side.
    public func png(side: Int) throws(TileError) -> [UInt8] {
        guard side == 256 || side == 512 else {
            throw TileError(.unsupported, at: 0, "a raster tile of \(side) pixels, 256 and 512 are possible")
        }
        return SquaresPNG(bands, squareSide: side / 64) { style.colour(ofBand: $0) }.bytes
    }
}
