import Canonical
import Imaging

/// The picture of one tile, 256 x 256 pixels: every square that holds frames is 4 x 4 pixels in the colour of
/// its frame count, everything else is transparent.
public enum RasterTile {
    /// Pixels along one side.
    public static let side = 256
    /// Pixels along one side of a square.
    private static let squareSide = side / Int(SquareAddress.side)

    /// Entry 0 is transparent, the bands follow.
    private static let palette =
        [PNGEncoder.Colour(red: 0, green: 0, blue: 0, alpha: 0)] + CoverageColours.bands

    /// The tile as a PNG with a palette. Its bytes depend on the build of zlib; see ``contentHash(of:)``.
    ///
    /// - Throws: `overLimit` where the encoder has no memory.
    public static func png(of summary: TileSummary) throws(TileError) -> [UInt8] {
        do throws(ImageError) {
            return try PNGEncoder.encode(
                palette: palette, indices: indices(of: summary), width: side, height: side)
        } catch {
            throw TileError(.overLimit, at: 0, "PNG encoder: \(error)")
        }
    }

    /// The picture's pixels: red, green, blue and alpha of each, rows from the top. This is what names a
    /// raster tile, since any PNG reader gives it back.
    public static func pixels(of summary: TileSummary) -> [UInt8] {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(side * side * 4)
        for index in indices(of: summary) {
            let colour = palette[Int(index)]
            pixels.append(colour.red)
            pixels.append(colour.green)
            pixels.append(colour.blue)
            pixels.append(colour.alpha)
        }
        return pixels
    }

    /// SHA-256 of ``pixels(of:)``.
    public static func contentHash(of summary: TileSummary) -> ContentHash { .of(pixels(of: summary)) }

    private static func indices(of summary: TileSummary) -> [UInt8] {
        var indices = [UInt8](repeating: 0, count: side * side)
        for square in summary.squares {
            let band = UInt8(truncatingIfNeeded: CoverageColours.band(frames: square.summary.n) + 1)
            let first = Int(square.row) * squareSide * side + Int(square.column) * squareSide
            for row in 0..<squareSide {
                for column in 0..<squareSide { indices[first + row * side + column] = band }
            }
        }
        return indices
    }
}
