/// Writes Mapbox Vector Tiles.
public enum MVTEncoder {
    /// The bytes of `tile`, uncompressed. Layers and features keep their order; every layer's keys and values
    /// are numbered by first use.
    public static func encode(_ tile: VectorTile) -> [UInt8] {
        var writer = ProtobufWriter()
        for layer in tile.layers {
            var encoder = LayerEncoder(name: layer.name, version: layer.version, extent: layer.extent)
            for feature in layer.features { encoder.add(feature) }
            writer.field(VectorField.Tile.layers, bytes: encoder.message)
        }
        return writer.bytes
    }

    /// The bytes of the tile that shows `summary`: the layer `coverage`, or no layer where it holds no
    /// frames.
    public static func encode(coverage summary: TileSummary) -> [UInt8] {
        encode([CoverageEncoder(summary).layer])
    }

    /// A tile of these layers, without those that have no features (a layer SHOULD have one, section 4.1).
    static func encode(_ layers: [LayerEncoder]) -> [UInt8] {
        var writer = ProtobufWriter()
        for layer in layers where layer.featureCount > 0 {
            writer.field(VectorField.Tile.layers, bytes: layer.message)
        }
        return writer.bytes
    }
}
