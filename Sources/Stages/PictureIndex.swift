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

    /// Calls `found` with the place of every picture that is within the greatest PDQ distance of a picture with these hashes
    /// in any form, once for every form.
    public func forEach(near pdq: PDQHash, _ others: PDQVariants, _ found: (Int) -> Void) {
        pictures.forEach(near: pdq, found)
        variants.forEach(near: pdq) { found($0 / Self.variantsOfOne) }
        for other in others.all { pictures.forEach(near: other, found) }
    }
}
