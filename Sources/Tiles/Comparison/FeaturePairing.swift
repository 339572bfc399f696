/// Finds out which feature of one layer is which of another.
struct FeaturePairing {
    /// Features paired with an equal one.
    private(set) var same = 0

    private let first: [VectorFeature]
    private let second: [VectorFeature]
    /// For every feature of the first layer the one of the second that it is.
    private var partner: [Int?]
    private var isTaken: [Bool]

    init(_ first: [VectorFeature], _ second: [VectorFeature]) {
        self.first = first.map(Self.normalized)
        self.second = second.map(Self.normalized)
        partner = [Int?](repeating: nil, count: first.count)
        isTaken = [Bool](repeating: false, count: second.count)
    }

    /// Pairs all features, and gives those that differ.
    mutating func differences() -> [FeatureDifference] {
        if hasUniqueIdentifiers(first), hasUniqueIdentifiers(second) {
            pair { $0.id }
            // A feature with an identifier is that one or none.
            pairEqual { $0.id == nil }
            pairByGeometry { $0.id == nil }
        } else {
            pairEqual { _ in true }
            pairByGeometry { _ in true }
        }
        var result: [FeatureDifference] = []
        for (index, before) in first.enumerated() {
            guard let after = partner[index].map({ second[$0] }) else {
                result.append(FeatureDifference(kind: .removed, before: before, after: nil))
                continue
            }
            if before == after {
                same += 1
            } else {
                result.append(FeatureDifference(kind: .changed, before: before, after: after))
            }
        }
        for (index, after) in second.enumerated() where !isTaken[index] {
            result.append(FeatureDifference(kind: .added, before: nil, after: after))
        }
        return result
    }

    /// The order of attributes says nothing.
    private static func normalized(_ feature: VectorFeature) -> VectorFeature {
        var feature = feature
        feature.attributes.sort { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
        return feature
    }

    private func hasUniqueIdentifiers(_ features: [VectorFeature]) -> Bool {
        let ids = features.compactMap(\.id)
        return Set(ids).count == ids.count
    }

    private mutating func take(_ index: Int, _ other: Int) {
        partner[index] = other
        isTaken[other] = true
    }

    /// Pairs features with the same key, which no other of their layer has; nil is none.
    private mutating func pair<Key: Hashable>(by key: (VectorFeature) -> Key?) {
        var places: [Key: Int] = [:]
        for (index, feature) in second.enumerated() where !isTaken[index] {
            if let key = key(feature) { places[key] = index }
        }
        for (index, feature) in first.enumerated() where partner[index] == nil {
            if let other = key(feature).flatMap({ places[$0] }) { take(index, other) }
        }
    }

    /// Pairs features that are equal, one with one.
    private mutating func pairEqual(_ isMeant: (VectorFeature) -> Bool) {
        var places: [VectorFeature: [Int]] = [:]
        for (index, feature) in second.enumerated().reversed() where !isTaken[index] && isMeant(feature) {
            places[feature, default: []].append(index)
        }
        for (index, feature) in first.enumerated() where partner[index] == nil && isMeant(feature) {
            if let other = places[feature]?.popLast() { take(index, other) }
        }
    }

    /// Pairs features whose geometry no other feature that is left has.
    private mutating func pairByGeometry(_ isMeant: (VectorFeature) -> Bool) {
        func unique(_ features: [VectorFeature], _ isFree: (Int) -> Bool) -> Set<VectorGeometry> {
            var (once, twice): (Set<VectorGeometry>, Set<VectorGeometry>) = ([], [])
            for (index, feature) in features.enumerated() where isFree(index) && isMeant(feature) {
                if !once.insert(feature.geometry).inserted { twice.insert(feature.geometry) }
            }
            return once.subtracting(twice)
        }
        let places = unique(first) { partner[$0] == nil }.intersection(unique(second) { !isTaken[$0] })
        pair { isMeant($0) && places.contains($0.geometry) ? $0.geometry : nil }
    }
}
