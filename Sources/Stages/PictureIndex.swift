import Imaging

/// An index of pictures that finds every one that another may be the same as: as they are, or one of them as a variant
/// of the other.
public struct PictureIndex: Sendable {
    private let pictures: PDQIndex
    /// The variants of every picture, one picture after the other.
    private let variants: PDQIndex
    private static let variantsOfOne = 3

    /// An index of `pictures`, at most 2^18 of them.
    public init(_ pictures: [PictureHashes], rules: DeduplicateRules) {
        let distance = Int(clamping: rules.maxPDQDistance)
        self.pictures = PDQIndex(pictures.map(\.pdq), maxDistance: distance)
        variants = PDQIndex(pictures.flatMap(\.variants.all), maxDistance: distance)
    }

    /// Calls `found` for every one of `others` and every indexed picture that is within the greatest PDQ distance of it in
    /// any form, once for every form, with the places of both.
    public func forEachPair(
        _ others: [(pdq: PDQHash, variants: PDQVariants)],
        _ found: (_ other: Int, _ picture: Int) throws -> Void
    ) rethrows {
        let asTheyAre = others.map(\.pdq)
        try pictures.forEachPair(asTheyAre, found)
        try variants.forEachPair(asTheyAre) { try found($0, $1 / Self.variantsOfOne) }
        try pictures.forEachPair(others.flatMap(\.variants.all)) { try found($0 / Self.variantsOfOne, $1) }
    }
}
