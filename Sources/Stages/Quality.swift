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
    /// Not too much of the car that carries the camera.
    public internal(set) var hood: Int64
    /// Known which way the camera looked.
    public let heading: Int64

    /// The product of the factors, rounded down once.
    public var permille: Int64 {
        // A thousand to the power of twelve is below 2^120, to the power of thirteen above 2^128: the last factor is multiplied
        // with quotient and remainder of the others. Nothing is lost: what is rounded down twice is as if rounded once.
        let values = factors.map { Int128($0.permille) }
        let last = values.last ?? 0
        let others: Int128 = values.dropLast().reduce(1, *)
        let whole: Int128 = values.dropLast(2).reduce(1) { product, _ in product * 1000 }
        let (quotient, remainder) = others.quotientAndRemainder(dividingBy: whole)
        let product: Int128 = quotient * last + remainder * last / whole
        return Int64(truncatingIfNeeded: product / 1000)
    }

    /// Name and value of every factor, in the order of their names.
    public var factors: [(name: String, permille: Int64)] {
        [
            ("accuracy", accuracy), ("contrast", contrast), ("daylight", daylight),
            ("dirt", dirt), ("exposure", exposure), ("focus", focus),
            ("glare", glare), ("heading", heading), ("hood", hood),
            ("obstruction", obstruction), ("relative_focus", relativeFocus), ("resolution", resolution),
            ("sharpness", sharpness),
        ]
    }

    /// A quality of these factors, each 0...1000.
    public init(
        exposure: Int64, sharpness: Int64, contrast: Int64, obstruction: Int64, accuracy: Int64,
        resolution: Int64, focus: Int64, relativeFocus: Int64, glare: Int64, daylight: Int64, dirt: Int64,
        hood: Int64, heading: Int64
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
        self.hood = hood
        self.heading = heading
    }
}
