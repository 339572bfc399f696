/// The weights with which the rows (or columns) of a plane enter PDQ's 64 sampled rows (columns).
///
/// PDQ blurs with two box filters along each axis, then keeps 64 positions of each axis. Both steps are
/// linear and the axes are independent, so for each kept position there is one short kernel. Computing just
/// those saves blurring what is thrown away.
struct JaroszKernels {
    /// Fraction bits of the weights; those of a kernel add up to exactly 2^22. Large enough to be closer to
    /// the true weights than the reference's floats, small enough for a weighted sum of bytes to fit 32 bits.
    static let fractionBits = 22
    /// Positions kept along each axis.
    static let positions = 64
    /// Fraction bits while weights are summed: rounding of 2^48 / (product of two window lengths) is lost in
    /// the rounding to 22 bits.
    private static let workingBits = 48

    /// One kernel: weights of consecutive rows or columns.
    struct Kernel {
        /// First row or column with a weight.
        let start: Int
        /// Its weights' place among ``JaroszKernels/weights``, perhaps that of other kernels' as well.
        let weights: Range<Int>
        /// Zeros that all of its weights end with.
        let commonZeros: UInt32

        /// Whether a weighted sum of bytes fits 16 bits without these zeros.
        var hasSmallWeights: Bool { commonZeros >= UInt32(JaroszKernels.fractionBits - 8) }
    }

    /// One for each kept position.
    private(set) var kernels: [Kernel] = []
    /// The weights of all kernels. Those that reach neither end of the axis are all the same.
    private(set) var weights: [UInt32] = []

    private let length: Int
    /// 1/128 of the axis, rounded up: two passes of it make a tent as wide as one of 64 parts.
    private let window: Int

    /// The kernels of an axis with `length` rows or columns, `length` at least 5.
    init(length: Int) {
        self.length = length
        window = (length + 2 * Self.positions - 1) / (2 * Self.positions)
        kernels.reserveCapacity(Self.positions)
        var shares: [UInt64] = []
        var inner: Range<Int>?
        for index in 0..<Self.positions {
            // The centre of the index-th of 64 equal parts, rounded down.
            let centre = (2 * index + 1) * length / (2 * Self.positions)
            let outer = box(at: centre)
            let first = box(at: outer.lowerBound).lowerBound
            let isInner = centre - 2 * reachLeft >= 0 && centre + 2 * reachRight < length
            if isInner, let known = inner {
                append(first, known)
                continue
            }
            shares.removeAll(keepingCapacity: true)
            for middle in outer {
                let inner = box(at: middle)
                let share = (1 << UInt64(Self.workingBits)) / UInt64(outer.count * inner.count)
                while shares.count < inner.upperBound - first { shares.append(0) }
                for tap in inner {
                    shares[tap - first] += share
                }
            }
            let firstWeight = weights.count
            appendRounded(shares)
            if isInner { inner = firstWeight..<weights.count }
            append(first, firstWeight..<weights.count)
        }
    }

    /// The kernels of the axis with its ends exchanged, numbered as those of this one: what they take from an axis is what
    /// these take from it backwards.
    var reversed: JaroszKernels {
        var result = self
        result.weights.reverse()
        result.kernels = kernels.map { kernel in
            Kernel(
                start: length - kernel.start - kernel.weights.count,
                weights: weights.count - kernel.weights.upperBound..<weights.count
                    - kernel.weights.lowerBound,
                commonZeros: kernel.commonZeros)
        }
        return result
    }

    private mutating func append(_ start: Int, _ places: Range<Int>) {
        let bits = weights[places].reduce(0, |)
        kernels.append(
            Kernel(start: start, weights: places, commonZeros: UInt32(bits.trailingZeroBitCount)))
    }

    /// How far the box filter reaches: one further to the right for an even window.
    private var reachRight: Int { (window + 2) / 2 - 1 }
    private var reachLeft: Int { window - 1 - reachRight }

    /// What the reference's box filter averages at a position: it is cut at the ends, where the average is taken over what
    /// is left.
    private func box(at position: Int) -> Range<Int> {
        max(0, position - reachLeft)..<min(length, position + reachRight + 1)
    }

    /// Rounds running totals rather than weights, so that the weights add up to exactly 2^22.
    private mutating func appendRounded(_ shares: [UInt64]) {
        let shift = UInt64(Self.workingBits - Self.fractionBits)
        var total: UInt64 = 0
        var written: UInt64 = 0
        for share in shares {
            total += share
            let upToHere = (total + (1 << (shift - 1))) >> shift
            weights.append(UInt32(truncatingIfNeeded: upToHere - written))
            written = upToHere
        }
    }
}
