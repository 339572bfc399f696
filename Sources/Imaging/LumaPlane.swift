/// A gray image: 8-bit luma samples (0 black...255 white), rows from the top, no padding.
///
/// All hashes and measures are taken from one such plane, a frame decoded at a quarter of its size.
public struct LumaPlane: Sendable, Equatable {
    /// Most samples of a plane. The exact arithmetic of ``ImageStatistics`` is proven up to here: the
    /// largest product stays below 2^127. As a quarter-scale plane this is an image of 268 megapixels.
    public static let maxSampleCount = 1 << 24

    /// Samples in a row, at least 1.
    public let width: Int
    /// Rows, at least 1.
    public let height: Int
    /// width x height samples.
    public let samples: [UInt8]

    /// A plane, or nil unless width and height are positive, their product is the number of samples and at
    /// most ``maxSampleCount``.
    public init?(width: Int, height: Int, samples: [UInt8]) {
        guard width > 0, height > 0, samples.count <= Self.maxSampleCount else { return nil }
        let (count, overflow) = width.multipliedReportingOverflow(by: height)
        guard !overflow, count == samples.count else { return nil }
        self.width = width
        self.height = height
        self.samples = samples
    }
}
