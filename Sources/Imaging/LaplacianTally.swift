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

    /// The mean square of these Laplacians over that of the Laplacians of every fourth row that are taken at twice the
    /// distance, in thousandths, rounded down; 0 where the latter is 0 or there are none.
    func focusPermille(of plane: LumaPlane) -> Int {
        let coarse = LaplacianTally(coarse: plane)
        guard count > 0, coarse.sumOfSquares > 0 else { return 0 }
        let fine = UInt128(sumOfSquares.magnitude) * UInt128(coarse.count.magnitude)
        return Int(
            clamping: 1000 * fine / (UInt128(coarse.sumOfSquares.magnitude) * UInt128(count.magnitude)))
    }

    /// Every how many rows ``focusPermille(of:)`` looks at: a quarter of them tells as much as all.
    private static let coarseRows = 4

    /// Only number and squares of the Laplacians at a distance of two samples.
    private init(coarse plane: LumaPlane) {
        let width = plane.width
        guard width > 4, plane.height > 4 else { return }
        let samples = plane.samples.span
        var laplacians = [Int16](repeating: 0, count: min(Self.chunk, width - 4))
        for y in stride(from: 2, to: plane.height - 2, by: Self.coarseRows) {
            var start = 2
            while start < width - 2 {
                let length = min(Self.chunk, width - 2 - start)
                Self.fill(
                    &laplacians, samples, at: y * width + start, length: length, width: width, reach: 2)
                add(laplacians.span.extracting(0..<length))
                start += length
                count += length
            }
        }
    }

    /// Writes `length` Laplacians, -1020...1020. Apart from their sums because 16-bit arithmetic does twice as
    /// many at a time.
    private static func fill(
        _ laplacians: inout [Int16], _ samples: Span<UInt8>, at first: Int, length: Int, width: Int,
        reach: Int = 1
    ) {
        let above = samples.extracting(first - reach * width..<first - reach * width + length)
        let below = samples.extracting(first + reach * width..<first + reach * width + length)
        let left = samples.extracting(first - reach..<first - reach + length)
        let right = samples.extracting(first + reach..<first + reach + length)
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
