/// The frequency-domain half of PDQ: the 16x16 lowest non-constant coefficients of the 64x64 DCT-II.
///
/// Only signs and order of the coefficients matter, so the transform's constant factors are left out.
enum PDQTransform {
    private static let side = JaroszKernels.positions
    private static let frequencies = 16

    /// Sums and differences of what lies opposite, of which a group of frequencies needs one each.
    ///
    /// cos(pi * f * (2k + 1) / 128) for k = 0...63 is its own mirror image, negated for odd f; the first half of it for even f
    /// likewise, negated where f / 2 is odd, and so on. The table is exactly as symmetric, so that folding changes no sum.
    private enum Fold {
        /// 32 terms for odd frequencies, 16 for their doubles, 8 and 4 for the doubles of those, and 4 for frequency 16.
        static let firstTerm = [0, 32, 48, 56, 60]
        static let terms = [32, 16, 8, 4, 4]
        static let allTerms = 64
        /// How often is folded. What is left then, four sums, frequency 16 takes.
        static let count = 4

        /// The fold that frequency 1...16 takes its terms from.
        static func of(_ frequency: Int) -> Int { min(frequency.trailingZeroBitCount, 4) }
    }

    /// For every frequency 1...16 its cosines, as many as its fold has terms.
    private static let cosines: [Int64] = (1...frequencies).flatMap { frequency in
        (0..<Fold.terms[Fold.of(frequency)]).map { CosineTable.cosine(frequency * (2 * $0 + 1)) }
    }

    /// Where the terms and the cosines of every frequency begin, and how many there are.
    private static let plan: [(term: Int, cosine: Int, count: Int)] = {
        var next = 0
        return (1...frequencies).map { frequency in
            let fold = Fold.of(frequency)
            defer { next += Fold.terms[fold] }
            return (Fold.firstTerm[fold], next, Fold.terms[fold])
        }
    }()

    /// 256 coefficients, vertical frequency major.
    ///
    /// Magnitudes: values < 2^24, folded five times < 2^28, times 2^20 and all terms < 2^50, shifted to 2^34, folded
    /// < 2^38, times 2^20 and all terms < 2^60.
    static func lowFrequencies(_ reduced: [Int32]) -> [Int64] {
        let vertical = verticalFrequencies(reduced)
        var coefficients = [Int64](repeating: 0, count: frequencies * frequencies)
        var folded = [Int64](repeating: 0, count: Fold.allTerms)
        var output = coefficients.mutableSpan
        let rows = vertical.span
        let weights = cosines.span
        for i in 0..<frequencies {
            fold(rows.extracting(i * side..<(i + 1) * side), into: &folded)
            let terms = folded.span
            for (frequency, (term, cosine, count)) in plan.enumerated() {
                let values = terms.extracting(term..<term + count)
                let factors = weights.extracting(cosine..<cosine + count)
                var sum: Int64 = 0
                for k in factors.indices { sum &+= factors[k] &* values[k] }
                output[i * frequencies + frequency] = sum
            }
        }
        return coefficients
    }

    private static func fold(_ row: Span<Int64>, into folded: inout [Int64]) {
        var output = folded.mutableSpan
        // Backwards, so that what is left to fold is backwards in every fold.
        for k in 0..<side { output[side - 1 - k] = row[k] }
        for fold in 0..<Fold.count {
            let first = Fold.firstTerm[fold]
            for k in 0..<Fold.terms[fold] {
                let (left, right) = (output[side - 1 - k], output[first + k])
                output[first + k] = left &- right
                output[side - 1 - k] = left &+ right
            }
        }
        output.swapAt(60, 63)
        output.swapAt(61, 62)
    }

    /// Columns side by side in a vector.
    private static let lanes = 4

    /// What makes every term of a fold positive: magnitudes are below 2^24 before the first fold, and double with each. The
    /// last one has sums only.
    private static let offsets: [UInt64] = [1 << 24, 1 << 25, 1 << 26, 1 << 27, 0]

    /// The cosines plus 1, which makes all of them positive, in units of 2^-20.
    private static let positiveCosines: [UInt64] = cosines.map {
        UInt64(bitPattern: $0 &+ 1 << Int64(CosineTable.fractionBits))
    }

    /// More than the magnitude of any sum, so that it can be shifted without its sign.
    private static let positive = UInt64(1) << 52

    /// What every frequency's sum needs: off goes what the offsets of its terms add, and on what rounds and makes it positive.
    private static let corrections: [UInt64] = (0..<frequencies).map { index in
        let (_, first, count) = plan[index]
        let sum = UInt64(bitPattern: cosines[first..<first + count].reduce(0, &+))
        let half = UInt64(1) << UInt64(PDQReduction.fractionBits - 1)
        return positive &+ half &- sum &* offsets[Fold.of(index + 1)]
    }

    /// 16 rows of 64 columns: each column's 16 lowest frequencies, with 20 fraction bits.
    ///
    /// A product of two positive numbers of 32 bits is one instruction on every x86-64, so both factors are made positive, and
    /// what that adds is taken off the sum: sum (c + 1) (t + b) - sum (t + b) - b sum c.
    private static func verticalFrequencies(_ reduced: [Int32]) -> [Int64] {
        var folded = [SIMD4<UInt64>](repeating: SIMD4(), count: Fold.allTerms)
        let weights = positiveCosines.span
        let values = reduced.span
        let corrections = corrections.span
        let plan = plan.span
        var sums = [Int64](repeating: 0, count: frequencies * side)
        var output = sums.mutableSpan
        let shift = SIMD4(repeating: UInt64(PDQReduction.fractionBits))
        let raised = SIMD4(repeating: positive) &>> shift
        let one = SIMD4(repeating: UInt64(CosineTable.fractionBits))
        let low = SIMD4<UInt64>(repeating: 0xFFFF_FFFF)
        for first in stride(from: 0, to: side, by: lanes) {
            foldColumns(values, first, into: &folded)
            let terms = folded.span
            for index in plan.indices {
                let (term, cosine, count) = plan[index]
                let summands = terms.extracting(term..<term + count)
                let factors = weights.extracting(cosine..<cosine + count)
                var sum = SIMD4(repeating: corrections[index])
                var all = SIMD4<UInt64>()
                for k in factors.indices {
                    let summand = summands[k] & low
                    sum &+= summand &* SIMD4(repeating: factors[k] & 0xFFFF_FFFF)
                    all &+= summand
                }
                let rounded = (sum &- all &<< one) &>> shift &- raised
                for lane in 0..<lanes {
                    output[index * side + first + lane] = Int64(bitPattern: rounded[lane])
                }
            }
        }
        return sums
    }

    /// The terms of four columns from `first`, each with the offset of its fold.
    private static func foldColumns(
        _ values: Span<Int32>, _ first: Int, into folded: inout [SIMD4<UInt64>]
    ) {
        var output = folded.mutableSpan
        // Backwards, so that what is left to fold is backwards in every fold.
        for k in 0..<side {
            let row = values.extracting(k * side + first..<k * side + first + lanes)
            output[side - 1 - k] = SIMD4(truncatingIfNeeded: SIMD4(row[0], row[1], row[2], row[3]))
        }
        for fold in 0..<Fold.count {
            let place = Fold.firstTerm[fold]
            let offset = SIMD4(repeating: offsets[fold])
            for k in 0..<Fold.terms[fold] {
                let (left, right) = (output[side - 1 - k], output[place + k])
                output[place + k] = left &- right &+ offset
                output[side - 1 - k] = left &+ right
            }
        }
        output.swapAt(60, 63)
        output.swapAt(61, 62)
    }
}
