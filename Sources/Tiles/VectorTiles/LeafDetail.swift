/// How much the layers `frames` and `cells` of one tile may show.
///
/// Frames take up to 14 bytes of a compressed tile each, cells 10, and the squares of `coverage` up to 32 KB: with these
/// numbers of them a tile stays below 64 KB, and since they follow from the tile's own squares, an incremental build
/// comes to the same ones as a full build.
public struct LeafDetail: Sendable {
    /// The most features of each of the two layers.
    public let maxFeatures: Int

    /// The detail of a tile with these squares.
    public init(_ squares: TileSummary) {
        maxFeatures = squares.squares.count <= 2048 ? 2048 : 1024
    }
}
