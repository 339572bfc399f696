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

/// A frame's quality as a product of named factors, all in permille.
public struct Quality: Sendable, Hashable {
    /// Neither too dark nor too bright.
    public let exposure: Int64
    /// In focus and not smeared.
    public let sharpness: Int64
    /// Light and dark apart.
    public let contrast: Int64
    /// Nothing before the lens.
    public let obstruction: Int64
    /// How well the receiver knew where it was.
    public let accuracy: Int64
    /// Enough pixels.
    public let resolution: Int64

    /// The product of the factors, rounded down once.
    public var permille: Int64 {
        let product = [exposure, sharpness, contrast, obstruction, accuracy, resolution]
            .reduce(Int128(1)) { $0 * Int128($1) }
        return Int64(truncatingIfNeeded: product / 1_000_000_000_000_000)
    }

    /// Name and value of every factor, in the order of their names.
    public var factors: [(name: String, permille: Int64)] {
        [
            ("accuracy", accuracy), ("contrast", contrast), ("exposure", exposure),
            ("obstruction", obstruction),
            ("resolution", resolution), ("sharpness", sharpness),
        ]
    }

    /// A quality of these factors, each 0...1000.
    public init(
        exposure: Int64, sharpness: Int64, contrast: Int64, obstruction: Int64, accuracy: Int64,
        resolution: Int64
    ) {
        self.exposure = exposure
        self.sharpness = sharpness
        self.contrast = contrast
        self.obstruction = obstruction
        self.accuracy = accuracy
        self.resolution = resolution
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
}
