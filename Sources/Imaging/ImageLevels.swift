/// What counts as dark, bright, even and white: the levels by which ``ImageStatistics`` counts samples and areas, 0...255 of
/// luma each.
public struct ImageLevels: Sendable, Equatable {
    /// Samples below this are dark.
    public var dark: Int64
    /// Samples above this are bright: clipped, or as good as that.
    public var bright: Int64
    /// A cell with a standard deviation below this shows nothing.
    public var flatDeviation: Int64
    /// An area this bright and no less even than ``whiteDeviation`` shows nothing but white.
    public var whiteMean: Int64
    /// The greatest standard deviation of a white area.
    public var whiteDeviation: Int64
    /// An area beside a white one that is as bright and even as this is what the light spills over to.
    public var bloomMean: Int64
    /// The greatest standard deviation of such an area.
    public var bloomDeviation: Int64

    /// These levels. What is outside of 0...255 counts as the nearest of them.
    public init(
        dark: Int64, bright: Int64, flatDeviation: Int64, whiteMean: Int64, whiteDeviation: Int64,
        bloomMean: Int64, bloomDeviation: Int64
    ) {
        self.dark = dark
        self.bright = bright
        self.flatDeviation = flatDeviation
        self.whiteMean = whiteMean
        self.whiteDeviation = whiteDeviation
        self.bloomMean = bloomMean
        self.bloomDeviation = bloomDeviation
    }
}
