/// Reads one layer of a vector tile. Fields may come in any order, so features are read when keys, values,
/// version and extent are known.
struct LayerDecoder {
    /// What the rest of the tile may still ask for.
    struct Rest {
        var features: Int
        var names: Int
        var points: GeometryDecoder.Budget
    }

    private(set) var name: String?
    private(set) var version: UInt32?
    private(set) var extent: UInt32?
    private(set) var keys: [String] = []
    private(set) var values: [VectorValue] = []
    private(set) var features: [MessageReader.Field] = []

    static func decode(
        _ content: ByteCursor, at field: MessageReader.Field, rest: inout Rest
    ) throws(TileError) -> VectorLayer {
        var decoder = LayerDecoder()
        var message = MessageReader(content)
        while let field = try message.next() { try decoder.take(field, rest: &rest) }
        guard let version = decoder.version else { throw field.error(.malformed, "a layer without version") }
        guard let name = decoder.name else { throw field.error(.malformed, "a layer without name") }
        // The schema's default stands where the field is left out, as protobuf writers may do.
        var layer = VectorLayer(name: name, version: version, extent: decoder.extent ?? 4096)
        layer.features.reserveCapacity(decoder.features.count)
        // The last feature that used a key, to find keys used twice without a set for every feature.
        var lastUse = [Int](repeating: -1, count: decoder.keys.count)
        for (index, feature) in decoder.features.enumerated() {
            layer.features.append(try decoder.feature(feature, index: index, &lastUse, version, &rest.points))
        }
        return layer
    }

    /// Takes up one field of the layer's message.
    mutating func take(_ field: MessageReader.Field, rest: inout Rest) throws(TileError) {
        switch field.number {
        case VectorField.Layer.name:
            guard name == nil else { throw field.error(.malformed, "a second name") }
            name = try field.content().utf8()
        case VectorField.Layer.version:
            guard version == nil else { throw field.error(.malformed, "a second version") }
            let value = try field.varint()
            guard value == 1 || value == 2 else { throw field.error(.unsupported, "layer version \(value)") }
            version = UInt32(value)
        case VectorField.Layer.extent:
            guard extent == nil else { throw field.error(.malformed, "a second extent") }
            let value = try field.varint()
            guard let units = UInt32(exactly: value), units > 0 else {
                throw field.error(.malformed, "extent \(value)")
            }
            extent = units
        case VectorField.Layer.keys, VectorField.Layer.values:
            guard rest.names > 0 else { throw field.error(.overLimit, "more keys and values than the limit") }
            rest.names -= 1
            if field.number == VectorField.Layer.keys {
                keys.append(try field.content().utf8())
            } else {
                values.append(try ValueDecoder.decode(try field.content(), at: field))
            }
        case VectorField.Layer.features:
            guard rest.features > 0 else { throw field.error(.overLimit, "more features than the limit") }
            rest.features -= 1
            features.append(field)
        default: break
        }
    }

    private func feature(
        _ field: MessageReader.Field, index: Int, _ lastUse: inout [Int], _ version: UInt32,
        _ budget: inout GeometryDecoder.Budget
    ) throws(TileError) -> VectorFeature {
        let message = try FeatureMessage(field, keys: keys.count)
        var attributes: [VectorAttribute] = []
        attributes.reserveCapacity(message.tags.count / 2)
        try forEachTag(of: message, in: field, index: index, &lastUse) { key, value in
            attributes.append(VectorAttribute(keys[key], values[value]))
        }
        var decoder = GeometryDecoder(message.geometry, version: version)
        return VectorFeature(
            id: message.id, attributes: attributes,
            geometry: try decoder.geometry(message.type, budget: &budget))
    }

    /// Calls `body` with the indexes of key and value of every tag of feature `index`, both known to be inside
    /// ``keys`` and ``values``.
    ///
    /// - Parameter lastUse: for every key the last feature that used it, -1 at first.
    func forEachTag(
        of message: FeatureMessage, in field: MessageReader.Field, index: Int, _ lastUse: inout [Int],
        _ body: (Int, Int) -> Void
    ) throws(TileError) {
        let tags = message.tags
        guard tags.count.isMultiple(of: 2) else { throw field.error(.malformed, "an odd number of tags") }
        for position in stride(from: 0, to: tags.count, by: 2) {
            guard let key = Int(exactly: tags[position]), key < keys.count else {
                throw field.error(.malformed, "key \(tags[position]) of \(keys.count)")
            }
            guard let value = Int(exactly: tags[position + 1]), value < values.count else {
                throw field.error(.malformed, "value \(tags[position + 1]) of \(values.count)")
            }
            guard lastUse[key] != index else {
                throw field.error(.malformed, "a key used twice: \(keys[key])")
            }
            lastUse[key] = index
            body(key, value)
        }
    }
}
