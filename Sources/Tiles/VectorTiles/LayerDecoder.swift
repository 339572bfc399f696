/// Reads one layer of a vector tile. Fields may come in any order, so features are read when keys, values,
/// version and extent are known.
struct LayerDecoder {
    /// What the rest of the tile may still ask for.
    struct Rest {
        var features: Int
        var names: Int
        var points: GeometryDecoder.Budget
    }

    private var name: String?
    private var version: UInt32?
    private var extent: UInt32?
    private var keys: [String] = []
    private var values: [VectorValue] = []
    private var features: [MessageReader.Field] = []

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

    private mutating func take(_ field: MessageReader.Field, rest: inout Rest) throws(TileError) {
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
        var message = MessageReader(try field.content())
        var (id, type, geometry): (UInt64?, VectorGeometryType?, ByteCursor?) = (nil, nil, nil)
        var tags: [UInt64] = []
        while let part = try message.next() {
            switch part.number {
            case VectorField.Feature.id:
                guard id == nil else { throw part.error(.malformed, "a second id") }
                id = try part.varint()
            case VectorField.Feature.tags: try part.append(to: &tags)
            case VectorField.Feature.type:
                guard type == nil else { throw part.error(.malformed, "a second type") }
                let value = try part.varint()
                guard let known = VectorGeometryType(rawValue: value) else {
                    throw part.error(.malformed, "geometry type \(value)")
                }
                type = known
            case VectorField.Feature.geometry:
                guard geometry == nil else { throw part.error(.malformed, "a second geometry") }
                geometry = try part.content()
            default: break
            }
        }
        guard let type else { throw field.error(.malformed, "a feature without type") }
        guard let geometry else { throw field.error(.malformed, "a feature without geometry") }
        var decoder = GeometryDecoder(geometry, version: version)
        return VectorFeature(
            id: id, attributes: try attributes(tags, of: field, index: index, &lastUse),
            geometry: try decoder.geometry(type, budget: &budget))
    }

    private func attributes(
        _ tags: [UInt64], of field: MessageReader.Field, index: Int, _ lastUse: inout [Int]
    ) throws(TileError) -> [VectorAttribute] {
        guard tags.count.isMultiple(of: 2) else { throw field.error(.malformed, "an odd number of tags") }
        var result: [VectorAttribute] = []
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
            result.append(VectorAttribute(keys[key], values[value]))
        }
        return result
    }
}
