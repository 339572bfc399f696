/// The frequency-domain half of PDQ: the 16x16 lowest non-constant coefficients of the 64x64 DCT-II.
///
/// Only signs and order of the coefficients matter, so the transform's constant factors are left out.
enum PDQTransform {
    private static let side = JaroszKernels.positions
    private static let half = side / 2
    private static let frequencies = 16

    /// cos(pi * f * (2k + 1) / 128) for f = 1...16 and k = 0...31. The other half of each row is its mirror
    /// image, negated for odd f.
    private static let matrix: [Int64] = (1...frequencies).flatMap { frequency in
        (0..<half).map { CosineTable.cosine(frequency * (2 * $0 + 1)) }
    }

    /// 256 coefficients, vertical frequency major.
    ///
    /// Magnitudes: values < 2^24, folded < 2^25, times 2^20 and 32 terms < 2^50, shifted to 2^34, folded
    /// < 2^35, times 2^20 and 32 terms < 2^60.
    static func lowFrequencies(_ reduced: [Int32]) -> [Int64] {
        let vertical = verticalFrequencies(reduced)
        var coefficients: [Int64] = []
        coefficients.reserveCapacity(frequencies * frequencies)
        let rows = vertical.span
        let weights = matrix.span
        for i in 0..<frequencies {
            let row = rows.extracting(i * side..<(i + 1) * side)
            for frequency in 0..<frequencies {
                let cosines = weights.extracting(frequency * half..<(frequency + 1) * half)
                var sum: Int64 = 0
                for k in cosines.indices {
                    let mirrored = row[side - 1 - k]
                    // Index 0 is frequency 1: odd.
                    let folded = frequency & 1 == 0 ? row[k] &- mirrored : row[k] &+ mirrored
                    sum &+= cosines[k] &* folded
                }
                coefficients.append(sum)
            }
        }
        return coefficients
    }

    /// 16 rows of 64 columns: each column's 16 lowest frequencies, with 20 fraction bits.
    private static func verticalFrequencies(_ reduced: [Int32]) -> [Int64] {
        let values = reduced.span
        let weights = matrix.span
        var sums = [Int64](repeating: 0, count: frequencies * side)
        var output = sums.mutableSpan
        var evens = [Int64](repeating: 0, count: side)
        var odds = [Int64](repeating: 0, count: side)
        var sumsOfPair = evens.mutableSpan
        var differencesOfPair = odds.mutableSpan
        for k in 0..<half {
            let upper = values.extracting(k * side..<(k + 1) * side)
            let lower = values.extracting((side - 1 - k) * side..<(side - k) * side)
            for x in upper.indices {
                sumsOfPair[x] = Int64(upper[x]) &+ Int64(lower[x])
                differencesOfPair[x] = Int64(upper[x]) &- Int64(lower[x])
            }
            for frequency in 0..<frequencies {
                let cosine = weights[frequency * half + k]
                let start = frequency * side
                for x in 0..<side {
                    let folded = frequency & 1 == 0 ? differencesOfPair[x] : sumsOfPair[x]
                    output[start + x] = output[start + x] &+ cosine &* folded
                }
            }
        }
        let shift = Int64(PDQReduction.fractionBits)
        for index in output.indices {
            output[index] = (output[index] &+ (1 << (shift - 1))) >> shift
        }
        return sums
    }
}
