/// A feature in which two layers differ.
public struct FeatureDifference: Sendable, Equatable {
    /// What is different.
    public let kind: TileDifference.Kind
    /// The feature in the first layer; nil where it has none.
    public let before: VectorFeature?
    /// The feature in the second layer; nil where it has none.
    public let after: VectorFeature?

    /// A value that differs, of a feature both layers have.
    public struct Change: Sendable, Equatable {
        /// The attribute.
        public let key: String
        /// Its value in the first layer; nil where the feature has none.
        public let before: VectorValue?
        /// Its value in the second layer; nil where the feature has none.
        public let after: VectorValue?
    }

    /// The attributes that differ, by key; empty unless the feature has changed.
    public var changes: [Change] {
        guard let before, let after else { return [] }
        let keys = Set((before.attributes + after.attributes).map(\.key))
        return keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }.compactMap { key in
            before[key] == after[key] ? nil : Change(key: key, before: before[key], after: after[key])
        }
    }

    /// Whether the geometry differs of a feature both layers have.
    public var hasOtherGeometry: Bool { before != nil && after != nil && before?.geometry != after?.geometry }
}

/// How the layers of two tiles with one name differ.
public struct LayerDifference: Sendable, Equatable {
    /// The layer's name.
    public let name: String
    /// Whether one tile lacks the layer, or it has changed.
    public let kind: TileDifference.Kind
    /// Units a side in the first tile, nil where it lacks the layer.
    public let extentBefore: UInt32?
    /// Units a side in the second tile, nil where it lacks the layer.
    public let extentAfter: UInt32?
    /// Features that both have, alike.
    public let same: Int
    /// Features that differ: those of the first tile in its order, then those that only the second one has.
    public let features: [FeatureDifference]
}

/// Compares two vector tiles feature by feature.
///
/// Features are the same feature where they have one identifier, if identifiers are unique in both layers. Those
/// without one are paired with an equal feature, however many of these there are; and what is then left with the one
/// feature of the same geometry, which so has changed its attributes. The order of features, of attributes and of
/// the tables they are numbered in makes no difference.
public enum FeatureComparison {
    /// The layers that differ, in the order of the first tile, then those that only the second one has.
    public static func run(_ first: VectorTile, _ second: VectorTile) -> [LayerDifference] {
        var result: [LayerDifference] = []
        for layer in first.layers {
            let other = second.layers.first { $0.name == layer.name }
            if let difference = compare(layer, other) { result.append(difference) }
        }
        for layer in second.layers where !first.layers.contains(where: { $0.name == layer.name }) {
            if let difference = compare(nil, layer) { result.append(difference) }
        }
        return result
    }

    private static func compare(_ first: VectorLayer?, _ second: VectorLayer?) -> LayerDifference? {
        guard let name = (first ?? second)?.name else { return nil }
        var pairing = FeaturePairing(first?.features ?? [], second?.features ?? [])
        let features = pairing.differences()
        let kind: TileDifference.Kind = first == nil ? .added : second == nil ? .removed : .changed
        if kind == .changed, features.isEmpty, first?.extent == second?.extent { return nil }
        return LayerDifference(
            name: name, kind: kind, extentBefore: first?.extent, extentAfter: second?.extent,
            same: pairing.same, features: features)
    }
}
