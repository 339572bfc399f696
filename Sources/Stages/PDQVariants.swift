import Imaging

/// The hashes that changed copies of a picture would have: of its mirror image, and of the middle that two crops leave.
///
/// A crop moves every edge in the picture, and PDQ with it: at 2 % of every side real frames lie 28 to 62 bits from
/// their copies, but at most 24 from the hash of a crop by about as much.
public struct PDQVariants: Sendable, Hashable {
    /// Of the picture with left and right exchanged.
    public let mirrored: PDQHash
    /// Of what the lesser crop of the ruleset leaves.
    public let narrowCrop: PDQHash
    /// Of what its greater crop leaves.
    public let wideCrop: PDQHash

    /// Variants known from elsewhere, for example from the catalog.
    public init(mirrored: PDQHash, narrowCrop: PDQHash, wideCrop: PDQHash) {
        self.mirrored = mirrored
        self.narrowCrop = narrowCrop
        self.wideCrop = wideCrop
    }

    /// The variants of a plane whose mirror image has the hash `mirrored`.
    public init(_ plane: LumaPlane, mirrored: PDQHash, rules: DeduplicateRules) {
        self.init(
            mirrored: mirrored, narrowCrop: PDQHash(plane, croppedBy: Int(clamping: rules.narrowCrop)),
            wideCrop: PDQHash(plane, croppedBy: Int(clamping: rules.wideCrop)))
    }

    /// All of them.
    public var all: [PDQHash] { [mirrored, narrowCrop, wideCrop] }
}
