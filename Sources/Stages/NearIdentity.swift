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
    /// PDQ hashes that changed copies would have.
    public let variants: PDQVariants
    /// How much structure the picture gives these hashes to stand on, 0...100.
    public let pdqQuality: Int

    /// The hashes of one image.
    public init(
        content: ContentHash, dHash: DHash, pdq: PDQHash, variants: PDQVariants, pdqQuality: Int
    ) {
        self.content = content
        self.dHash = dHash
        self.pdq = pdq
        self.variants = variants
        self.pdqQuality = pdqQuality
    }

    /// How this picture and `other` are the same, whichever is the copy; nil where they are not. As it is comes before
    /// mirrored, and that before cropped.
    public func match(_ other: PictureHashes, rules: DeduplicateRules) -> PictureMatch? {
        if content == other.content { return .exact }
        // A picture with hardly any structure has a hash that says nothing.
        guard min(pdqQuality, other.pdqQuality) >= rules.minPDQQuality else { return nil }
        let isAlike = dHash.distance(to: other.dHash) <= rules.maxDHashDistance
        if isAlike {
            let distance = Int64(pdq.distance(to: other.pdq))
            if distance <= rules.maxPDQDistance { return .near(distance: distance) }
        }
        if dHash.mirrored.distance(to: other.dHash) <= rules.maxDHashDistance {
            let distance = distance(to: other, \.mirrored)
            if distance <= rules.maxPDQDistance { return .mirrored(distance: distance) }
        }
        guard isAlike else { return nil }
        let crops = [
            (distance: distance(to: other, \.narrowCrop), permille: rules.narrowCrop),
            (distance: distance(to: other, \.wideCrop), permille: rules.wideCrop),
        ]
        guard let nearest = crops.min(by: { $0.distance < $1.distance }),
            nearest.distance <= rules.maxPDQDistance
        else { return nil }
        return .cropped(distance: nearest.distance, permille: nearest.permille)
    }

    /// What decides whether the picture is the same as another one, if perhaps not how: the same for copies whose files
    /// differ but whose hashes do not.
    public func interchangeable(rules: DeduplicateRules) -> PictureHashes {
        guard pdqQuality >= rules.minPDQQuality, rules.maxPDQDistance >= 0 else { return self }
        return PictureHashes(
            content: .of("no content"), dHash: dHash, pdq: pdq, variants: variants, pdqQuality: pdqQuality)
    }

    /// The lesser of the distances from a variant of the one to the other as it is.
    private func distance(to other: PictureHashes, _ variant: KeyPath<PDQVariants, PDQHash>) -> Int64 {
        Int64(
            min(
                variants[keyPath: variant].distance(to: other.pdq),
                other.variants[keyPath: variant].distance(to: pdq)))
    }
}

/// How two images are the same; distances are PDQ's, in bits.
public enum PictureMatch: Sendable, Hashable {
    /// Byte for byte.
    case exact
    /// The same picture.
    case near(distance: Int64)
    /// One is the mirror image of the other.
    case mirrored(distance: Int64)
    /// One shows what the other does without about `permille` thousandths on every side.
    case cropped(distance: Int64, permille: Int64)
}

extension PictureMatch {
    /// What it says of the later of the two.
    public func finding(rules: DeduplicateRules) -> Finding {
        switch self {
        case .exact: Finding(.duplicateExact)
        case .near(let distance): Self.near(distance, nil, rules)
        case .mirrored(let distance): Self.near(distance, "left and right are exchanged", rules)
        case .cropped(let distance, let permille):
            Self.near(
                distance, "one is cropped by about \(permille / 10).\(permille % 10) % on every side", rules)
        }
    }

    private static func near(_ distance: Int64, _ message: String?, _ rules: DeduplicateRules) -> Finding {
        Finding(
            .duplicateNear, value: distance, limit: rules.maxPDQDistance, unit: "bits", message: message)
    }
}
