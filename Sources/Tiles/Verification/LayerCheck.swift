/// Reads one layer of a vector tile, feature by feature, and keeps none of them.
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
    /// False once a key or a value is missing, from when on tags cannot be understood.
    private var hasAllNames = true
    private var types: [LayersFound.FieldTypes] = []
    private var usedValues: [Bool] = []
    private var overhang: Int64 = 0
    private var frames: UInt64?

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
            try faults.add(.vectorMessage, error)
            hasAllNames = false
        }
        if decoder.version == nil {
            try faults.add(.vectorLayer, at: field.offset, "a layer without version")
        }
        if decoder.name == nil { try faults.add(.vectorLayer, at: field.offset, "a layer without name") }
        if decoder.extent == nil {
            try faults.add(.vectorSparse, at: field.offset, "a layer that leaves its extent to the default")
        }
        if decoder.features.isEmpty {
            try faults.add(.vectorSparse, at: field.offset, "a layer without features")
        }
        try features()
        if hasAllNames { try names(field.offset) }
        guard let name = decoder.name else { return nil }
        let extent = Int64(decoder.extent ?? 4096)
        return Result(
            name: name, features: decoder.features.count,
            overhangPermille: Int(clamping: (overhang * 1000 + extent - 1) / extent),
            fields: zip(decoder.keys, types).filter { !$0.1.isEmpty }.map { (key: $0.0, types: $0.1) },
            frames: name == CoverageLayer.name ? frames : nil)
    }

    private mutating func take(
        _ part: MessageReader.Field, _ rest: inout LayerDecoder.Rest
    ) throws(TileError) {
        do throws(TileError) {
            try decoder.take(part, rest: &rest)
        } catch {
            switch part.number {
            case VectorField.Layer.keys, VectorField.Layer.values:
                hasAllNames = false
                try faults.add(.vectorValue, error)
            case VectorField.Layer.features: try faults.add(.vectorFeature, error)
            default: try faults.add(.vectorLayer, error)
            }
        }
    }

    private mutating func features() throws(TileError) {
        let decoder = decoder
        types = [LayersFound.FieldTypes](repeating: [], count: decoder.keys.count)
        usedValues = [Bool](repeating: false, count: decoder.values.count)
        var lastUse = [Int](repeating: -1, count: decoder.keys.count)
        var ids: Set<UInt64> = []
        var repeated = 0
        let counted = decoder.keys.firstIndex(of: CoverageLayer.framesKey)
        for (index, field) in decoder.features.enumerated() {
            let message: FeatureMessage
            do throws(TileError) {
                message = try FeatureMessage(field, keys: hasAllNames ? decoder.keys.count : 1 << 16)
            } catch {
                try faults.add(.vectorFeature, error)
                continue
            }
            if let id = message.id, !ids.insert(id).inserted { repeated += 1 }
            if hasAllNames {
                do throws(TileError) {
                    try decoder.forEachTag(of: message, in: field, index: index, &lastUse) { key, value in
                        types[key].formUnion(LayersFound.FieldTypes(decoder.values[value]))
                        usedValues[value] = true
                        guard key == counted, case .uint(let n) = decoder.values[value] else { return }
                        frames = saturatingSum(frames ?? 0, n)
                    }
                } catch {
                    try faults.add(.vectorTags, error)
                }
            }
            try geometry(message, of: field)
        }
        if repeated > 0 {
            try faults.add(
                .vectorIdentifier, at: nil,
                "\(decoder.name ?? "a layer"): \(repeated) features have the identifier of another one")
        }
    }

    private mutating func geometry(
        _ message: FeatureMessage, of field: MessageReader.Field
    ) throws(TileError) {
        var check = GeometryCheck(faults)
        do throws(TileError) {
            var reader = GeometryReader(message.geometry, version: decoder.version ?? 2)
            try reader.read(message.type, &check)
        } catch {
            try faults.add(.vectorGeometry, error)
        }
        let outside = check.overhang(extent: decoder.extent ?? 4096)
        overhang = max(overhang, outside)
        if outside > 0, isOurs, let name = decoder.name, OwnLayers.names.contains(name) {
            try faults.add(
                .vectorOutside, at: field.offset,
                "\(name): a feature reaches \(outside) units out of its tile")
        }
    }

    /// Keys and values that are there twice, or for nothing.
    private func names(_ offset: UInt64) throws(TileError) {
        let name = decoder.name ?? "a layer"
        let keys = decoder.keys.count - Set(decoder.keys.map { Array($0.utf8) }).count
        let values = decoder.values.count - Set(decoder.values).count
        if keys + values > 0 {
            try faults.add(
                .vectorNames, at: offset, "\(name): \(keys) keys and \(values) values are repeated")
        }
        let (unusedKeys, unusedValues) = (types.count { $0.isEmpty }, usedValues.count { !$0 })
        if unusedKeys + unusedValues > 0 {
            try faults.add(
                .vectorNames, at: offset,
                "\(name): no feature uses \(unusedKeys) keys and \(unusedValues) values")
        }
    }
}

/// The layers Waggle writes.
enum OwnLayers {
    /// Their names. They have no buffer: nothing in them reaches out of its tile.
    static let names: Set<String> = [CoverageLayer.name, "frames", "drives", "cells"]
}
