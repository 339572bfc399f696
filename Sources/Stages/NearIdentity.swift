import Canonical
import Imaging

/// What of an image decides whether another one shows the same picture.
public struct PictureHashes: Sendable, Hashable {
    /// SHA-256 of the image's bytes.
    public let content: ContentHash
    /// 64-bit gradient hash.
    public let dHash: DHash
    /// 256-bit PDQ hash.
    public let pdq: PDQHash
    /// How much structure the picture gives that hash to stand on, 0...100.
    public let pdqQuality: Int

    /// The hashes of one image.
    public init(content: ContentHash, dHash: DHash, pdq: PDQHash, pdqQuality: Int) {
        self.content = content
        self.dHash = dHash
        self.pdq = pdq
        self.pdqQuality = pdqQuality
    }

    /// How this picture and `other` are the same; nil where they are not.
    public func match(_ other: PictureHashes, rules: DeduplicateRules) -> PictureMatch? {
        guard dHash.distance(to: other.dHash) <= rules.maxDHashDistance else { return nil }
        if content == other.content { return .exact }
        // A picture with hardly any structure has a hash that says nothing.
        guard min(pdqQuality, other.pdqQuality) >= rules.minPDQQuality else { return nil }
        let distance = Int64(pdq.distance(to: other.pdq))
        return distance <= rules.maxPDQDistance ? .near(distance: distance) : nil
    }
}

/// How two images are the same.
public enum PictureMatch: Sendable, Hashable {
    /// Byte for byte.
    case exact
    /// The same picture, at this PDQ distance in bits.
    case near(distance: Int64)
}
