/// Reads one layer of a vector tile.
struct LayerCheck {
    /// What is known of a layer that has a name.
    struct Result {
        let name: String
        let features: Int
        /// How far features reach out of the tile, in thousandths of its side, rounded up.
        let overhangPermille: Int
        /// Keys that features use, with the types of their values.
        let fields: [(key: String, types: LayersFound.FieldTypes)]
        /// Frames: the sum of `n`, where this is the layer `coverage`.
        let frames: UInt64?
    }

    private let isOurs: Bool
    private let faults: TileFaults
    private var decoder = LayerDecoder()
    /// Fields that are there and broken: that they are missing is not said as well.
    private var broken: Set<UInt64> = []

    /// - Parameter isOurs: whether a layer with the name of one of Waggle's is Waggle's.
    init(isOurs: Bool, _ faults: TileFaults) {
        self.isOurs = isOurs
        self.faults = faults
    }

    /// Reads the layer in `field`; nil where it has no name.
    mutating func run(
        _ field: MessageReader.Field, _ rest: inout LayerDecoder.Rest
    ) throws(TileError) -> Result? {
        do throws(TileError) {
            var message = MessageReader(try field.content())
            while let part = try message.next() { try take(part, &rest) }
        } catch {
            // Keys and values may have been among what was not read.
            broken.formUnion([VectorField.Layer.keys, VectorField.Layer.values])
            try faults.add(.vectorMessage, error)
        }
        try checkFields(field)
        // The rules of another version are not known.
        guard !broken.contains(VectorField.Layer.version) else { return nil }
        let hasAllNames = broken.isDisjoint(with: [VectorField.Layer.keys, VectorField.Layer.values])
        var features = FeatureCheck(decoder, hasAllNames: hasAllNames, isOurs: isOurs, faults)
        try features.run(at: field.offset)
        guard let name = decoder.name else { return nil }
        let extent = Int64(decoder.extent ?? 4096)
        return Result(
            name: name, features: decoder.features.count,
            overhangPermille: Int(clamping: (features.overhang * 1000 + extent - 1) / extent),
            fields: zip(decoder.keys, features.types).filter { !$0.1.isEmpty }.map {
                (key: $0.0, types: $0.1)
            },
            frames: name == CoverageLayer.name ? features.frames : nil)
    }

    private mutating func take(
        _ part: MessageReader.Field, _ rest: inout LayerDecoder.Rest
    ) throws(TileError) {
        do throws(TileError) {
            try decoder.take(part, rest: &rest)
        } catch {
            broken.insert(part.number)
            switch part.number {
            case VectorField.Layer.keys, VectorField.Layer.values: try faults.add(.vectorValue, error)
            case VectorField.Layer.features: try faults.add(.vectorFeature, error)
            default: try faults.add(.vectorLayer, error)
            }
        }
    }

    private func checkFields(_ field: MessageReader.Field) throws(TileError) {
        if decoder.version == nil, !broken.contains(VectorField.Layer.version) {
            try faults.add(.vectorLayer, at: field.offset, "a layer without version")
        }
        if decoder.name == nil, !broken.contains(VectorField.Layer.name) {
            try faults.add(.vectorLayer, at: field.offset, "a layer without name")
        }
        if decoder.extent == nil, !broken.contains(VectorField.Layer.extent) {
            try faults.add(.vectorSparse, at: field.offset, "a layer that leaves its extent to the default")
        }
        if decoder.features.isEmpty, !broken.contains(VectorField.Layer.features) {
            try faults.add(.vectorSparse, at: field.offset, "a layer without features")
        }
    }
}
