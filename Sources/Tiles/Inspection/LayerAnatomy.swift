/// What one layer's bytes are spent on.
public struct LayerAnatomy: Equatable, Sendable {
    /// The layer's name; empty where it has none.
    public private(set) var name = ""
    /// Units along one side of the tile.
    public private(set) var extent: UInt64 = 4096
    /// Bytes of the layer's message.
    public private(set) var bytes: UInt64 = 0
    /// Features.
    public private(set) var features: UInt64 = 0
    /// Features by geometry type; those of no known type are left out.
    public private(set) var points: UInt64 = 0
    /// Features that are lines.
    public private(set) var lines: UInt64 = 0
    /// Features that are polygons.
    public private(set) var polygons: UInt64 = 0
    /// Bytes of all geometries.
    public private(set) var geometryBytes: UInt64 = 0
    /// Bytes of what ties features to keys and values.
    public private(set) var tagBytes: UInt64 = 0
    /// Different keys.
    public private(set) var keys: UInt64 = 0
    /// Bytes of all keys.
    public private(set) var keyBytes: UInt64 = 0
    /// Values that features share.
    public private(set) var values: UInt64 = 0
    /// Bytes of all values.
    public private(set) var valueBytes: UInt64 = 0
    /// Bytes of the largest feature.
    public private(set) var largestFeatureBytes: UInt64 = 0
    /// The place of the largest feature in the layer, from 0; nil where there is no feature.
    public private(set) var largestFeature: UInt64?
    /// The identifier of the largest feature; nil where it has none.
    public private(set) var largestFeatureID: UInt64?
    /// Frames: the sum of `n` in a layer `coverage`; nil where no feature has it.
    public private(set) var frames: UInt64?

    /// Reads the layer in `content`; counts down what the rest of the tile may still ask for.
    init(
        _ content: ByteCursor, at field: MessageReader.Field, rest: inout MVTDecoder.Limits
    ) throws(TileError) {
        bytes = UInt64(content.remaining)
        var message = MessageReader(content)
        var count = FrameCount()
        while let field = try message.next() {
            // The name comes first in nearly every tile; where it is another, nothing has to be kept.
            if !name.isEmpty, name != CoverageLayer.name { count = FrameCount() }
            switch field.number {
            case VectorField.Layer.name: name = try field.content().utf8()
            case VectorField.Layer.extent: extent = try field.varint()
            case VectorField.Layer.keys:
                let key = try field.content()
                try Self.spend(&rest.names, field, "keys and values")
                keys += 1
                keyBytes += UInt64(key.remaining)
                count.addKey(key)
            case VectorField.Layer.values:
                let value = try field.content()
                try Self.spend(&rest.names, field, "keys and values")
                values += 1
                valueBytes += UInt64(value.remaining)
                count.addValue(value)
            case VectorField.Layer.features:
                try Self.spend(&rest.features, field, "features")
                try add(try field.content(), &count)
            default: break
            }
        }
        if name == CoverageLayer.name { frames = try count.total() }
    }

    private static func spend(
        _ rest: inout Int, _ field: MessageReader.Field, _ what: String
    ) throws(TileError) {
        guard rest > 0 else { throw field.error(.overLimit, "more \(what) than the limit") }
        rest -= 1
    }

    private mutating func add(_ feature: ByteCursor, _ count: inout FrameCount) throws(TileError) {
        var id: UInt64?
        var message = MessageReader(feature)
        while let field = try message.next() {
            switch field.number {
            case VectorField.Feature.id: id = try field.varint()
            case VectorField.Feature.type:
                switch VectorGeometryType(rawValue: try field.varint()) {
                case .point: points += 1
                case .line: lines += 1
                case .polygon: polygons += 1
                case .unknown, nil: break
                }
            case VectorField.Feature.geometry: geometryBytes += UInt64(field.length)
            case VectorField.Feature.tags:
                tagBytes += UInt64(field.length)
                count.addTags(field)
            default: break
            }
        }
        let size = UInt64(feature.remaining)
        if largestFeature == nil || size > largestFeatureBytes {
            (largestFeature, largestFeatureBytes, largestFeatureID) = (features, size, id)
        }
        features += 1
    }
}
