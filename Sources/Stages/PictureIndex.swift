import Imaging

/// An index of pictures that finds every one that another may be the same as: as they are, or one of them as a variant
/// of the other.
public struct PictureIndex: Sendable {
    private let pictures: PDQIndex
    /// The pictures, and then the variants of every picture, one picture after the other.
    private let allForms: PDQIndex
    private let count: Int
    private static let variantsOfOne = 3

    /// An index of `pictures`, at most 2^18 of them.
    public init(_ pictures: [PictureHashes], rules: DeduplicateRules) {
        let distance = Int(clamping: rules.maxPDQDistance)
        let asTheyAre = pictures.map(\.pdq)
        self.pictures = PDQIndex(asTheyAre, maxDistance: distance)
        allForms = PDQIndex(asTheyAre + pictures.flatMap(\.variants.all), maxDistance: distance)
        count = pictures.count
    }

    /// Calls `found` for every one of the pictures with the hashes `others` and every indexed picture that is within the
    /// greatest PDQ distance of it in any form, once for every form, with the places of both. `variants` has those of each,
    /// one picture after the other. The more at a time, the less each costs.
    public func forEachPair(
        _ others: [PDQHash], variants: [PDQHash], _ found: (_ other: Int, _ picture: Int) throws -> Void
    ) rethrows {
        try allForms.forEachPair(others) {
            try found($0, $1 < count ? $1 : ($1 - count) / Self.variantsOfOne)
        }
        try pictures.forEachPair(variants) { try found($0 / Self.variantsOfOne, $1) }
    }
}
