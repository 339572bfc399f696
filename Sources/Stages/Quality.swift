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
    /// Detail as fine as the plane can show.
    public let focus: Int64
    /// No less of it than the drive's other frames have.
    public internal(set) var relativeFocus: Int64
    /// No large part white from a light before the lens.
    public let glare: Int64
    /// Taken by day.
    public let daylight: Int64
    /// Nothing that stays in view while the car moves.
    public internal(set) var dirt: Int64
    /// Known which way the camera looked.
    public let heading: Int64

    /// The product of the factors, rounded down once.
    public var permille: Int64 {
        // A thousand to the power of twelve is below 2^120.
        let product = factors.reduce(Int128(1)) { $0 * Int128($1.permille) }
        let whole = factors.dropFirst().reduce(Int128(1)) { product, _ in product * 1000 }
        return Int64(truncatingIfNeeded: product / whole)
    }

    /// Name and value of every factor, in the order of their names.
    public var factors: [(name: String, permille: Int64)] {
        [
            ("accuracy", accuracy), ("contrast", contrast), ("daylight", daylight),
            ("dirt", dirt), ("exposure", exposure), ("focus", focus),
            ("glare", glare), ("heading", heading), ("obstruction", obstruction),
            ("relative_focus", relativeFocus), ("resolution", resolution), ("sharpness", sharpness),
        ]
    }

    /// A quality of these factors, each 0...1000.
    public init(
        exposure: Int64, sharpness: Int64, contrast: Int64, obstruction: Int64, accuracy: Int64,
        resolution: Int64, focus: Int64, relativeFocus: Int64, glare: Int64, daylight: Int64, dirt: Int64,
        heading: Int64
    ) {
        self.exposure = exposure
        self.sharpness = sharpness
        self.contrast = contrast
        self.obstruction = obstruction
        self.accuracy = accuracy
        self.resolution = resolution
        self.focus = focus
        self.relativeFocus = relativeFocus
        self.glare = glare
        self.daylight = daylight
        self.dirt = dirt
        self.heading = heading
    }
}
