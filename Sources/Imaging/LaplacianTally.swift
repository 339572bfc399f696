/// Sums of the 4-neighbour Laplacian over the inner samples of a plane.
struct LaplacianTally {
    private var count = 0
    private var sum = 0
    private var sumOfSquares = 0

    /// Most squares summed in 32 bits: 1020^2 * 2^11 < 2^31.
    private static let chunk = 1 << 11

    init(_ plane: LumaPlane) {
        let width = plane.width
        guard width > 2, plane.height > 2 else { return }
        let samples = plane.samples.span
        var laplacians = [Int16](repeating: 0, count: min(Self.chunk, width - 2))
        for y in 1..<plane.height - 1 {
            var start = 1
            while start < width - 1 {
                let length = min(Self.chunk, width - 1 - start)
                Self.fill(&laplacians, samples, at: y * width + start, length: length, width: width)
                add(laplacians.span.extracting(0..<length))
                start += length
            }
        }
        count = (width - 2) * (plane.height - 2)
        sum = Self.sum(plane)
    }

    /// The variance of the Laplacian; of no values at all for a plane without inner samples.
    var variance: Variance { Variance(count: count, sum: sum, sumOfSquares: sumOfSquares) }

    /// Writes `length` Laplacians, -1020...1020. Apart from their sums because 16-bit arithmetic does twice as
    /// many at a time.
    private static func fill(
        _ laplacians: inout [Int16], _ samples: Span<UInt8>, at first: Int, length: Int, width: Int
    ) {
        let above = samples.extracting(first - width..<first - width + length)
        let below = samples.extracting(first + width..<first + width + length)
        let left = samples.extracting(first - 1..<first - 1 + length)
        let right = samples.extracting(first + 1..<first + 1 + length)
        let centre = samples.extracting(first..<first + length)
        var output = laplacians.mutableSpan
        for x in centre.indices {
            let around = Int16(above[x]) &+ Int16(below[x]) &+ Int16(left[x]) &+ Int16(right[x])
            output[x] = 4 &* Int16(centre[x]) &- around
        }
    }

    private mutating func add(_ laplacians: Span<Int16>) {
        var chunkSquares: Int32 = 0
        for x in laplacians.indices {
            chunkSquares &+= Int32(laplacians[x]) &* Int32(laplacians[x])
        }
        sumOfSquares += Int(chunkSquares)
    }

    /// The sum of all Laplacians. Second differences telescope: along a line the sum of 2b - a - c is the
    /// first difference at its start minus the one at its end, so only the border is looked at.
    private static func sum(_ plane: LumaPlane) -> Int {
        let width = plane.width
        let last = plane.samples.count - width
        let samples = plane.samples.span
        var sum = 0
        for x in 1..<width - 1 {
            sum += Int(samples[width + x]) - Int(samples[x])
            sum += Int(samples[last - width + x]) - Int(samples[last + x])
        }
        for y in 1..<plane.height - 1 {
            let start = y * width
            sum += Int(samples[start + 1]) - Int(samples[start])
            sum += Int(samples[start + width - 2]) - Int(samples[start + width - 1])
        }
        return sum
    }
}
