/// The parts of one feature as they stand in the file (section 4.2).
struct FeatureMessage {
    /// The identifier, nil where there is none.
    let id: UInt64?
    /// What the commands of ``geometry`` make.
    let type: VectorGeometryType
    /// Indexes of keys and values in turn.
    let tags: [UInt64]
    /// The command integers.
    let geometry: ByteCursor

    /// The parts of the feature in `field`.
    ///
    /// - Parameter keys: keys of the layer. No key may be used twice, so more than a pair of tags for each is
    ///   refused before it takes memory.
    init(_ field: MessageReader.Field, keys: Int) throws(TileError) {
        var message = MessageReader(try field.content())
        var (id, type, geometry): (UInt64?, VectorGeometryType?, ByteCursor?) = (nil, nil, nil)
        var tags: [UInt64] = []
        while let part = try message.next() {
            switch part.number {
            case VectorField.Feature.id:
                guard id == nil else { throw part.error(.malformed, "a second id") }
                id = try part.varint()
            case VectorField.Feature.tags: try part.append(to: &tags, atMost: keys * 2)
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
        (self.id, self.type, self.tags, self.geometry) = (id, type, tags, geometry)
    }
}
