/// Reads Mapbox Vector Tiles strictly: what breaks a MUST of the specification is refused with its offset, as
/// are rings without area or with a repeated last point, and fields that occur twice. Unknown fields are
/// skipped.
public enum MVTDecoder {
    /// How much one tile may ask for.
    public struct Limits: Sendable {
        /// Bytes of the uncompressed tile.
        public var bytes: Int
        /// Layers.
        public var layers: Int
        /// Features of all layers.
        public var features: Int
        /// Keys and values of all layers.
        public var names: Int
        /// Points of all features.
        public var points: Int

        /// Limits; with the defaults a tile takes at most some 50 MB while it is being read.
        public init(
            bytes: Int = 8 << 20, layers: Int = 1000, features: Int = 200_000, names: Int = 200_000,
            points: Int = 1_000_000
        ) {
            self.bytes = bytes
            self.layers = layers
            self.features = features
            self.names = names
            self.points = points
        }
    }

    /// The tile whose uncompressed bytes are `bytes`. No bytes at all are a tile without layers.
    ///
    /// - Throws: ``TileError`` with the byte of the fault.
    public static func decode(_ bytes: [UInt8], limits: Limits = Limits()) throws(TileError) -> VectorTile {
        try decode(bytes, limits: limits, toleratesFaults: false)
    }

    /// The tile whose uncompressed bytes are `bytes`, also where geometries break rules that leave the rest legible,
    /// as rings without area do: other programs write such tiles and show them.
    ///
    /// - Returns: the tile, and the first of its faults; nil where ``decode(_:limits:)`` reads it as well.
    /// - Throws: ``TileError`` with the byte of a fault that leaves nothing legible.
    public static func decodeWithFaults(
        _ bytes: [UInt8], limits: Limits = Limits()
    ) throws(TileError) -> (tile: VectorTile, fault: TileError?) {
        do throws(TileError) {
            return (try decode(bytes, limits: limits), nil)
        } catch {
            return (try decode(bytes, limits: limits, toleratesFaults: true), error)
        }
    }

    private static func decode(
        _ bytes: [UInt8], limits: Limits, toleratesFaults: Bool
    ) throws(TileError) -> VectorTile {
        guard bytes.count <= limits.bytes else {
            throw TileError(.overLimit, at: 0, "a tile of \(bytes.count) bytes, limit \(limits.bytes)")
        }
        var message = MessageReader(ByteCursor(bytes))
        var rest = LayerDecoder.Rest(
            features: limits.features, names: limits.names,
            points: GeometryDecoder.Budget(points: limits.points, toleratesFaults: toleratesFaults))
        var tile = VectorTile()
        var names: Set<String> = []
        while let field = try message.next() {
            guard field.number == VectorField.Tile.layers else { continue }
            guard tile.layers.count < limits.layers else {
                throw field.error(.overLimit, "more than \(limits.layers) layers")
            }
            let layer = try LayerDecoder.decode(try field.content(), at: field, rest: &rest)
            guard names.insert(layer.name).inserted else {
                throw field.error(.malformed, "a second layer named \(layer.name)")
            }
            tile.layers.append(layer)
        }
        return tile
    }
}
