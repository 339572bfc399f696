extension UInt128 {
    /// The largest integer whose square is not above this one.
    func squareRootRoundedDown() -> UInt128 {
        guard self > 0 else { return 0 }
        // Newton's method from a power of two above the root falls monotonically to the answer.
        var root: UInt128 = 1 << UInt128((UInt128.bitWidth - leadingZeroBitCount + 1) / 2)
        while true {
            let next = (root + self / root) / 2
            if next >= root { return root }
            root = next
        }
    }
}
