/// Builds one layer of a vector tile, feature by feature.
///
/// The bytes are a function of the calls: fields in a fixed order, keys as given at the start, values
/// numbered by first use.
struct LayerEncoder {
    private let name: String
    private let version: UInt32
    private let extent: UInt32
    private var keys: [String] = []
    private var keyIndexes: [String: UInt32] = [:]
    private var values = ProtobufWriter()
    private var valueIndexes: [VectorValue: UInt32] = [:]
    private var features = ProtobufWriter()
    private(set) var featureCount = 0

    /// - Parameter keys: the layer's keys in the order they shall have; others are appended by first use.
    init(name: String, version: UInt32 = 2, extent: UInt32 = 4096, keys: [String] = []) {
        self.name = name
        self.version = version
        self.extent = extent
        for key in keys { _ = index(ofKey: key) }
    }

    mutating func index(ofKey key: String) -> UInt32 {
        if let index = keyIndexes[key] { return index }
        let index = UInt32(clamping: keys.count)
        keyIndexes[key] = index
        keys.append(key)
        return index
    }

    mutating func index(ofValue value: VectorValue) -> UInt32 {
        if let index = valueIndexes[value] { return index }
        let index = UInt32(clamping: valueIndexes.count)
        valueIndexes[value] = index
        values.field(VectorField.Layer.values, bytes: Self.message(value))
        return index
    }

    /// Adds a feature whose tags are indexes this encoder gave out.
    mutating func add(id: UInt64? = nil, tags: [UInt32], type: VectorGeometryType, commands: [UInt32]) {
        var feature = ProtobufWriter()
        feature.reserve(commands.count + tags.count * 2 + 16)
        if let id { feature.field(VectorField.Feature.id, varint: id) }
        if !tags.isEmpty { feature.field(VectorField.Feature.tags, packed: tags) }
        feature.field(VectorField.Feature.type, varint: type.rawValue)
        feature.field(VectorField.Feature.geometry, packed: commands)
        features.field(VectorField.Layer.features, bytes: feature.bytes)
        featureCount += 1
    }

    mutating func add(_ feature: VectorFeature) {
        var tags: [UInt32] = []
        for attribute in feature.attributes {
            tags.append(index(ofKey: attribute.key))
            tags.append(index(ofValue: attribute.value))
        }
        add(
            id: feature.id, tags: tags, type: GeometryEncoder.type(of: feature.geometry),
            commands: GeometryEncoder.commands(of: feature.geometry))
    }

    /// The layer message, without the field header it has inside a tile.
    var message: [UInt8] {
        var layer = ProtobufWriter()
        layer.reserve(features.bytes.count + values.bytes.count + 64)
        layer.field(VectorField.Layer.version, varint: UInt64(version))
        layer.field(VectorField.Layer.name, string: name)
        layer.append(features)
        for key in keys { layer.field(VectorField.Layer.keys, string: key) }
        layer.append(values)
        layer.field(VectorField.Layer.extent, varint: UInt64(extent))
        return layer.bytes
    }

    private static func message(_ value: VectorValue) -> [UInt8] {
        var writer = ProtobufWriter()
        switch value {
        case .string(let text): writer.field(VectorField.Value.string, string: text)
        case .float(let bits): writer.field(VectorField.Value.float, fourBytes: bits)
        case .double(let bits): writer.field(VectorField.Value.double, eightBytes: bits)
        case .int(let value): writer.field(VectorField.Value.int, varint: UInt64(bitPattern: value))
        case .uint(let value): writer.field(VectorField.Value.uint, varint: value)
        case .sint(let value): writer.field(VectorField.Value.sint, varint: ZigZag.encoded(value))
        case .bool(let value): writer.field(VectorField.Value.bool, varint: value ? 1 : 0)
        }
        return writer.bytes
    }
}
