import Canonical
import Geo
import Imaging

/// What an image itself says, whoever took it and wherever.
public struct ImageMeasurement: Sendable, Equatable {
    /// Pixels of the image.
    public let width: Int
    /// Pixels of the image.
    public let height: Int
    /// 64-bit gradient hash.
    public let dHash: DHash
    /// 256-bit PDQ hash.
    public let pdq: PDQHash
    /// PDQ hashes that changed copies would have.
    public let variants: PDQVariants
    /// How much structure the picture gives these hashes to stand on, 0...100.
    public let pdqQuality: Int
    /// Brightness, contrast, sharpness.
    public let statistics: ImageStatistics

    /// A measurement known from elsewhere than an image, for example made for a benchmark.
    public init(
        width: Int, height: Int, dHash: DHash, pdq: PDQHash, variants: PDQVariants, pdqQuality: Int,
        statistics: ImageStatistics
    ) {
        self.width = width
        self.height = height
        self.dHash = dHash
        self.pdq = pdq
        self.variants = variants
        self.pdqQuality = pdqQuality
        self.statistics = statistics
    }
}

/// A frame that passed every check but those against other frames. Integers only.
public struct Observation: Sendable, Equatable {
    /// When and where.
    public let place: Place
    /// The image.
    public let image: ImageMeasurement
    /// How good it is.
    public let quality: Quality
    /// What was seen of it beside the other frames of its drive.
    public var inDrive = FrameInDrive.unknown
}
