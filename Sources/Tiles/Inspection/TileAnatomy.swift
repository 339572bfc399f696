/// What a vector tile's bytes are spent on, layer by layer: the message is taken apart, geometries are not decoded.
///
/// So also tiles of other programs can be measured whose geometries break rules that ``MVTDecoder`` keeps.
public struct TileAnatomy: Equatable, Sendable {
    /// Layers in the order of the file.
    public let layers: [LayerAnatomy]

    /// The anatomy of the tile whose uncompressed bytes are `bytes`.
    ///
    /// - Throws: ``TileError`` for bytes that are no tile, or more than `limits` allow.
    public init(of bytes: [UInt8], limits: MVTDecoder.Limits = MVTDecoder.Limits()) throws(TileError) {
        guard bytes.count <= limits.bytes else {
            throw TileError(.overLimit, at: 0, "a tile of \(bytes.count) bytes, limit \(limits.bytes)")
        }
        var message = MessageReader(ByteCursor(bytes))
        var layers: [LayerAnatomy] = []
        var rest = limits
        while let field = try message.next() {
            guard field.number == VectorField.Tile.layers else { continue }
            guard layers.count < limits.layers else {
                throw field.error(.overLimit, "more than \(limits.layers) layers")
            }
            layers.append(try LayerAnatomy(try field.content(), at: field, rest: &rest))
        }
        self.layers = layers
    }
}
