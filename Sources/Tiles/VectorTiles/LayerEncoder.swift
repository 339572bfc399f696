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
    private var valueCount: UInt32 = 0
    private var valueIndexes: [VectorValue: UInt32] = [:]
    /// Where unsigned integers are among the values.
    private var numberIndexes = NumberIndex()
    private var features = ProtobufWriter()
    private(set) var featureCount = 0

    /// - Parameter keys: the layer's keys in the order they shall have; others are appended by first use.
    init(name: String, version: UInt32 = 2, extent: UInt32 = 4096, keys: [String] = []) {
        self.name = name
        self.version = version
        self.extent = extent
        for key in keys { _ = index(ofKey: key) }
    }

    /// Makes room for features of `bytes` bytes in all.
    mutating func reserve(_ bytes: Int) { features.reserve(bytes) }

    mutating func index(ofKey key: String) -> UInt32 {
        if let index = keyIndexes[key] { return index }
        let index = UInt32(clamping: keys.count)
        keyIndexes[key] = index
        keys.append(key)
        return index
    }

    mutating func index(ofValue value: VectorValue) -> UInt32 {
        if case .uint(let number) = value { return index(ofNumber: number) }
        if let index = valueIndexes[value] { return index }
        let index = append(value)
        valueIndexes[value] = index
        return index
    }

    /// The index of the value `.uint(number)`, without hashing it where the number is small.
    @inline(__always)
    mutating func index(ofNumber number: UInt64) -> UInt32 {
        if let index = numberIndexes[number] { return index }
        let index = append(.uint(number))
        numberIndexes[number] = index
        return index
    }

    /// The index of a string no other feature of the layer has: it is not looked for among the others.
    mutating func index(ofUnique text: [UInt8]) -> UInt32 {
        let count = UInt64(text.count)
        values.append(atMost: text.count + 24) { (output: inout OutputSpan<UInt8>) in
            output.header(VectorField.Layer.values, count: 1 + ProtobufWriter.size(count) + count)
            output.header(VectorField.Value.string, count: count)
            for byte in text { output.append(byte) }
        }
        defer { valueCount += 1 }
        return valueCount
    }

    private mutating func append(_ value: VectorValue) -> UInt32 {
        values.field(VectorField.Layer.values, bytes: Self.message(value))
        defer { valueCount += 1 }
        return valueCount
    }

    /// Adds a feature whose tags are indexes this encoder gave out: key, value, key, value.
    mutating func add(id: UInt64? = nil, tags: [UInt32], type: VectorGeometryType, commands: [UInt32]) {
        add(id: id, tags: tags.span, type: type, commands: commands.span)
    }

    /// Adds a feature from arrays that the caller uses again for the next one.
    mutating func add(
        id: UInt64? = nil, tags: Span<UInt32>, type: VectorGeometryType, commands: Span<UInt32>
    ) {
        let tagBytes = ProtobufWriter.size(packed: tags)
        let commandBytes = ProtobufWriter.size(packed: commands)
        // Every field number of a feature has one byte.
        var bytes = 2 + 1 + ProtobufWriter.size(commandBytes) + commandBytes
        if let id { bytes += 1 + ProtobufWriter.size(id) }
        if tagBytes > 0 { bytes += 1 + ProtobufWriter.size(tagBytes) + tagBytes }

        features.append(atMost: Int(bytes) + 11) { (output: inout OutputSpan<UInt8>) in
            output.header(VectorField.Layer.features, count: bytes)
            if let id { output.field(VectorField.Feature.id, varint: id) }
            if tagBytes > 0 { output.field(VectorField.Feature.tags, packed: tags, count: tagBytes) }
            output.field(VectorField.Feature.type, varint: type.rawValue)
            output.field(VectorField.Feature.geometry, packed: commands, count: commandBytes)
        }
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
