/// The image-domain half of PDQ: a plane blurred and sampled to 64x64, and the quality of that image.
enum PDQReduction {
    /// Fraction bits of the reduced image's values: luma 0...255 becomes 0...255 * 2^16.
    static let fractionBits = 16
    /// Smallest side that has a hash (MIN_HASHABLE_DIM of the reference).
    private static let smallestSide = 5
    private static let side = JaroszKernels.positions

    /// 64x64 values of `part` of a plane, rows from the top, or nil for a part with a side below 5.
    static func reduce(_ plane: LumaPlane, _ part: PlanePart) -> [Int32]? {
        var reduced: [Int32] = []
        reduced.reserveCapacity(side * side)
        let isReduced = forEachRow(of: plane, part) { row, kernels in append(row.span, kernels, to: &reduced)
        }
        return isReduced ? reduced : nil
    }

    /// The same of a whole plane, and of the plane with left and right exchanged: the blur along the columns, which is most
    /// of the work, is that of both.
    static func reduceBothWays(_ plane: LumaPlane) -> (plain: [Int32], mirrored: [Int32])? {
        var plain: [Int32] = []
        var mirrored: [Int32] = []
        plain.reserveCapacity(side * side)
        mirrored.reserveCapacity(side * side)
        let isReduced = forEachRow(of: plane, PlanePart(of: plane)) { row, kernels in
            append(row.span, kernels, to: &plain)
            row.reverse()
            append(row.span, kernels, to: &mirrored)
        }
        return isReduced ? (plain, mirrored) : nil
    }

    /// Gives the 64 rows of `part`, blurred along the columns and sampled, to `body` with the kernels of the other axis;
    /// false for a part with a side below 5.
    private static func forEachRow(
        of plane: LumaPlane, _ part: PlanePart, _ body: (inout [UInt32], JaroszKernels) -> Void
    ) -> Bool {
        guard min(part.columns.count, part.rows.count) >= smallestSide else { return false }
        let columnKernels = JaroszKernels(length: part.columns.count)
        let rowKernels = JaroszKernels(length: part.rows.count)
        let samples = plane.samples.span
        let rowWeights = rowKernels.weights.span
        var blurred = [UInt32](repeating: 0, count: part.columns.count)
        for kernel in rowKernels.kernels {
            weightRows(
                samples, width: plane.width, part.columns, from: part.rows.lowerBound + kernel.start,
                rowWeights.extracting(kernel.weights), into: &blurred)
            body(&blurred, columnKernels)
        }
        return true
    }

    private static func append(_ row: Span<UInt32>, _ kernels: JaroszKernels, to reduced: inout [Int32]) {
        let weights = kernels.weights.span
        for kernel in kernels.kernels {
            let taps = row.extracting(kernel.start..<kernel.start + kernel.weights.count)
            reduced.append(weightColumns(taps, weights.extracting(kernel.weights)))
        }
    }

    /// One weighted sum of rows: at most 255 * 2^22, which fits.
    private static func weightRows(
        _ samples: Span<UInt8>, width: Int, _ columns: Range<Int>, from first: Int, _ weights: Span<UInt32>,
        into sums: inout [UInt32]
    ) {
        var output = sums.mutableSpan
        for offset in weights.indices {
            let weight = weights[offset]
            let start = (first + offset) * width
            let row = samples.extracting(start + columns.lowerBound..<start + columns.upperBound)
            if offset == 0 {
                for x in row.indices {
                    output[x] = weight &* UInt32(row[x])
                }
            } else {
                for x in row.indices {
                    output[x] = output[x] &+ weight &* UInt32(row[x])
                }
            }
        }
    }

    /// One sample of the reduced image: at most 255 * 2^44 before it is rounded to 16 fraction bits.
    private static func weightColumns(_ taps: Span<UInt32>, _ weights: Span<UInt32>) -> Int32 {
        var sum: UInt64 = 0
        for x in weights.indices {
            sum &+= UInt64(weights[x]) &* UInt64(taps[x])
        }
        let shift = UInt64(2 * JaroszKernels.fractionBits - fractionBits)
        return Int32(truncatingIfNeeded: (sum &+ (1 << (shift - 1))) >> shift)
    }

    /// PDQ's quality, 0...100: steps between neighbours in whole percents of the luma range, so that small
    /// ones count nothing, added up and scaled by the reference's 1/90.
    static func quality(_ reduced: [Int32]) -> Int {
        let values = reduced.span
        var sum: UInt32 = 0  // At most 100 for each of 8064 pairs.
        for y in 0..<side {
            let row = values.extracting(y * side..<(y + 1) * side)
            for x in 1..<side {
                sum &+= percent(row[x - 1], row[x])
            }
        }
        let above = values.extracting(0..<(side - 1) * side)
        let below = values.extracting(side..<side * side)
        for index in above.indices {
            sum &+= percent(above[index], below[index])
        }
        return min(100, Int(sum) / 90)
    }

    /// |a - b| in percents of 255, rounded down. The product is at most 255 * 2^16 * 100 < 2^32.
    private static func percent(_ a: Int32, _ b: Int32) -> UInt32 {
        (a &- b).magnitude &* 100 / (255 << UInt32(fractionBits))
    }
}
