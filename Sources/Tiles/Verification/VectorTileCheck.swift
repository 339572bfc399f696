import Geo

/// Reads one vector tile by the rules of the specification and goes on behind what is broken.
///
/// It reads with the parts that ``MVTDecoder`` is made of; there the first fault is the last.
struct VectorTileCheck {
    /// What the tile holds, as far as it can be read.
    struct Result {
        /// Frames: the sum of `n` in the layer `coverage`; nil where no feature has it.
        var frames: UInt64?
        /// The layers, in the order of the tile.
        var layers: [LayerCheck.Result] = []
    }

    private let faults: TileFaults
    private let isOurs: Bool
    private var result = Result()
    /// Names of the layers so far, as bytes: two that only look alike are two.
    private var names: Set<[UInt8]> = []

    /// - Parameter isOurs: whether layers with the names of Waggle's are Waggle's, which have no buffer.
    init(isOurs: Bool, _ faults: TileFaults) {
        self.isOurs = isOurs
        self.faults = faults
    }

    /// Reads the uncompressed `bytes`.
    ///
    /// - Throws: `overLimit` where the rest of the tile is left out.
    mutating func run(_ bytes: [UInt8]) throws(TileError) -> Result {
        let limits = MVTDecoder.Limits()
        // Points are not kept, so there is no limit to them but the tile's length.
        var rest = LayerDecoder.Rest(
            features: limits.features, names: limits.names, points: GeometryDecoder.Budget(points: 0))
        var message = MessageReader(ByteCursor(bytes))
        do throws(TileError) {
            while let field = try message.next() {
                guard field.number == VectorField.Tile.layers else { continue }
                guard result.layers.count < limits.layers else {
                    throw field.error(.overLimit, "more than \(limits.layers) layers")
                }
                try layer(field, &rest)
            }
        } catch {
            try faults.add(.vectorMessage, error)
        }
        return result
    }

    private mutating func layer(
        _ field: MessageReader.Field, _ rest: inout LayerDecoder.Rest
    ) throws(TileError) {
        var check = LayerCheck(isOurs: isOurs, faults)
        guard let layer = try check.run(field, &rest) else { return }
        if !names.insert(Array(layer.name.utf8)).inserted {
            try faults.add(.vectorLayer, at: field.offset, "a second layer named \(layer.name)")
        }
        if let frames = layer.frames { result.frames = SaturatingSum.of(result.frames ?? 0, frames) }
        result.layers.append(layer)
    }
}
