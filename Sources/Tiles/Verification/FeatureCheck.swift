/// Reads all features of a layer, one after another, and keeps none of them.
struct FeatureCheck {
    /// The types of the values that features give each key of the layer.
    private(set) var types: [LayersFound.FieldTypes]
    /// Units by which features reach out of the tile at most.
    private(set) var overhang: Int64 = 0
    /// The sum of `n`; nil where no feature has it.
    private(set) var frames: UInt64?

    private let layer: LayerDecoder
    /// False where a key or a value could not be read, so that tags cannot be understood.
    private let hasAllNames: Bool
    /// Whether the layer is Waggle's, which has no buffer.
    private let isOurs: Bool
    private let faults: TileFaults
    private let framesKey: Int?
    private var hasAllTags = true
    private var usedValues: [Bool]
    /// For every key the last feature that used it.
    private var lastUse: [Int]

    init(_ layer: LayerDecoder, hasAllNames: Bool, isOurs: Bool, _ faults: TileFaults) {
        self.layer = layer
        self.hasAllNames = hasAllNames
        self.isOurs = isOurs && layer.name.map { OwnLayers.names.contains($0) } == true
        self.faults = faults
        framesKey = layer.keys.firstIndex(of: CoverageLayer.framesKey)
        types = [LayersFound.FieldTypes](repeating: [], count: layer.keys.count)
        usedValues = [Bool](repeating: false, count: layer.values.count)
        lastUse = [Int](repeating: -1, count: layer.keys.count)
    }

    /// Reads the features; findings about all of them together have the place `offset`, that of the layer.
    mutating func run(at offset: UInt64) throws(TileError) {
        var ids: Set<UInt64> = []
        var repeated = 0
        for (index, field) in layer.features.enumerated() {
            let message: FeatureMessage
            do throws(TileError) {
                message = try FeatureMessage(field, keys: hasAllNames ? layer.keys.count : 1 << 16)
            } catch {
                hasAllTags = false
                try faults.add(.vectorFeature, error)
                continue
            }
            if let id = message.id, !ids.insert(id).inserted { repeated += 1 }
            if hasAllNames { try tags(message, of: field, index: index) }
            try geometry(message, of: field)
        }
        if repeated > 0 {
            try faults.add(
                .vectorIdentifier, at: offset,
                "\(layer.name ?? "a layer"): \(repeated) features have the identifier of another one")
        }
        if hasAllNames, hasAllTags { try names(offset) }
    }

    private mutating func tags(
        _ message: FeatureMessage, of field: MessageReader.Field, index: Int
    ) throws(TileError) {
        do throws(TileError) {
            try layer.forEachTag(of: message, in: field, index: index, &lastUse) { key, value in
                types[key].formUnion(LayersFound.FieldTypes(layer.values[value]))
                usedValues[value] = true
                if key == framesKey, case .uint(let n) = layer.values[value] {
                    frames = SaturatingSum.of(frames ?? 0, n)
                }
            }
        } catch {
            hasAllTags = false
            try faults.add(.vectorTags, error)
        }
    }

    private mutating func geometry(
        _ message: FeatureMessage, of field: MessageReader.Field
    ) throws(TileError) {
        var check = GeometryCheck(faults)
        do throws(TileError) {
            var reader = GeometryReader(message.geometry, version: layer.version ?? 2)
            try reader.read(message.type, &check)
        } catch {
            try faults.add(.vectorGeometry, error)
        }
        let outside = check.overhang(extent: layer.extent ?? 4096)
        overhang = max(overhang, outside)
        if outside > 0, isOurs {
            try faults.add(
                .vectorOutside, at: field.offset,
                "\(layer.name ?? "a layer"): a feature reaches \(outside) units out of its tile")
        }
    }

    /// Keys and values that are there twice, or for nothing.
    private func names(_ offset: UInt64) throws(TileError) {
        let name = layer.name ?? "a layer"
        let keys = layer.keys.count - Set(layer.keys.map { Array($0.utf8) }).count
        let values = layer.values.count - Set(layer.values).count
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
