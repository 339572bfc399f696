/// Red, green and blue, linear light, 1 = white paper in full sun.
typealias Colour = SIMD3<Float>

extension Colour {
    /// A grey of this brightness.
    init(grey: Float) {
        self.init(grey, grey, grey)
    }

    /// The colour `share` of the way to `other`.
    @inline(__always)
    func mixed(_ other: Colour, _ share: Float) -> Colour {
        self + (other - self) * share
    }

    /// Perceived brightness.
    var luma: Float { 0.299 * x + 0.587 * y + 0.114 * z }
}

extension Float {
    /// 0 below `low`, 1 above `high`, smooth between.
    @inline(__always)
    func step(_ low: Float, _ high: Float) -> Float {
        let share = Swift.min(1, Swift.max(0, (self - low) / (high - low)))
        return share * share * (3 - 2 * share)
    }

    /// What is left after whole multiples of `period`, 0..<period.
    @inline(__always)
    func wrapped(_ period: Float) -> Float {
        self - (self / period).rounded(.down) * period
    }
}
