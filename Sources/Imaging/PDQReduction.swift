/// The image-domain half of PDQ: a plane blurred and sampled to 64x64, and the quality of that image.
enum PDQReduction {
    /// Fraction bits of the reduced image's values: luma 0...255 becomes 0...255 * 2^16.
    static let fractionBits = 16
    /// Smallest side that has a hash (MIN_HASHABLE_DIM of the reference).
    private static let smallestSide = 5
    private static let side = JaroszKernels.positions
    /// Rows that are sampled together, so that a weight is read once for all of them.
    private static let rowsOfBand = 4

    /// 64x64 values of `part` of a plane, rows from the top, or nil for a part with a side below 5.
    static func reduce(_ plane: LumaPlane, _ part: PlanePart) -> [Int32]? {
        var reduced = [Int32](repeating: 0, count: side * side)
        let isReduced = forEachBand(of: plane, part) { band, first, kernels in
            sample(band, kernels, into: &reduced, from: first)
        }
        return isReduced ? reduced : nil
    }

    /// The same of a whole plane, and of the plane with left and right exchanged: the blur along the columns is that of
    /// both.
    static func reduceBothWays(_ plane: LumaPlane) -> (plain: [Int32], mirrored: [Int32])? {
        var plain = [Int32](repeating: 0, count: side * side)
        var mirrored = plain
        let backwards = plane.width < smallestSide ? nil : JaroszKernels(length: plane.width).reversed
        let isReduced = forEachBand(of: plane, PlanePart(of: plane)) { band, first, kernels in
            sample(band, kernels, into: &plain, from: first)
            if let backwards { sample(band, backwards, into: &mirrored, from: first) }
        }
        return isReduced ? (plain, mirrored) : nil
    }

    /// Gives the 64 rows of `part`, blurred along the columns and sampled, to `body`, four after the other at a time, with
    /// the number of the first and the kernels of the other axis; false for a part with a side below 5.
    private static func forEachBand(
        of plane: LumaPlane, _ part: PlanePart,
        _ body: (Span<SIMD4<UInt32>>, _ first: Int, JaroszKernels) -> Void
    ) -> Bool {
        guard min(part.columns.count, part.rows.count) >= smallestSide else { return false }
        let columnKernels = JaroszKernels(length: part.columns.count)
        let rowKernels = JaroszKernels(length: part.rows.count)
        let width = part.columns.count
        let samples = plane.samples.span
        let weights = rowKernels.weights.span
        var sums = [UInt32](repeating: 0, count: rowsOfBand * width)
        var band = [SIMD4<UInt32>](repeating: SIMD4(), count: width)
        var small = [UInt16](repeating: 0, count: width)
        for (number, kernel) in rowKernels.kernels.enumerated() {
            let rows = samples.extracting((part.rows.lowerBound + kernel.start) * plane.width..<samples.count)
            let place = number % rowsOfBand * width
            if kernel.hasSmallWeights {
                weightSmall(
                    rows, plane.width, part.columns, weights.extracting(kernel.weights),
                    shift: kernel.commonZeros, &small, into: &sums, from: place)
            } else {
                weightRows(
                    rows, plane.width, part.columns, weights.extracting(kernel.weights), into: &sums,
                    from: place)
            }
            if number % rowsOfBand == rowsOfBand - 1 {
                putSideBySide(sums.span, into: &band)
                body(band.span, number + 1 - rowsOfBand, columnKernels)
            }
        }
        return true
    }

    /// Four rows that stand one after the other as columns of four.
    private static func putSideBySide(_ rows: Span<UInt32>, into band: inout [SIMD4<UInt32>]) {
        var output = band.mutableSpan
        let width = output.count
        let (row0, row1) = (rows.extracting(0..<width), rows.extracting(width..<2 * width))
        let (row2, row3) = (rows.extracting(2 * width..<3 * width), rows.extracting(3 * width..<4 * width))
        for x in output.indices { output[x] = SIMD4(row0[x], row1[x], row2[x], row3[x]) }
    }

    /// One weighted sum of rows: at most 255 * 2^22, which fits.
    private static func weightRows(
        _ rows: Span<UInt8>, _ width: Int, _ columns: Range<Int>, _ weights: Span<UInt32>,
        into all: inout [UInt32], from place: Int
    ) {
        var whole = all.mutableSpan
        var sums = whole._mutatingExtracting(place..<place + columns.count)
        for offset in weights.indices {
            let weight = weights[offset]
            let row = rows.extracting(
                offset * width + columns.lowerBound..<offset * width + columns.upperBound)
            if offset == 0 {
                for x in row.indices { sums[x] = weight &* UInt32(row[x]) }
            } else {
                for x in row.indices { sums[x] = sums[x] &+ weight &* UInt32(row[x]) }
            }
        }
    }

    /// The same for weights that are small but for the zeros they all end with, whose products fit 16 bits: twice as many
    /// at a time, with a multiplication that the oldest x86-64 has.
    private static func weightSmall(
        _ rows: Span<UInt8>, _ width: Int, _ columns: Range<Int>, _ weights: Span<UInt32>, shift: UInt32,
        _ small: inout [UInt16], into all: inout [UInt32], from place: Int
    ) {
        var sums = small.mutableSpan
        for offset in weights.indices {
            let weight = UInt16(truncatingIfNeeded: weights[offset] >> shift)
            let row = rows.extracting(
                offset * width + columns.lowerBound..<offset * width + columns.upperBound)
            if offset == 0 {
                for x in row.indices { sums[x] = weight &* UInt16(row[x]) }
            } else {
                for x in row.indices { sums[x] = sums[x] &+ weight &* UInt16(row[x]) }
            }
        }
        var whole = all.mutableSpan
        var output = whole._mutatingExtracting(place..<place + columns.count)
        for x in output.indices { output[x] = UInt32(sums[x]) &<< shift }
    }

    /// Samples four rows along the other axis: each value is at most 255 * 2^44 before it is rounded to 16 fraction bits.
    private static func sample(
        _ band: Span<SIMD4<UInt32>>, _ kernels: JaroszKernels, into reduced: inout [Int32], from first: Int
    ) {
        let weights = kernels.weights.span
        let shift = UInt64(2 * JaroszKernels.fractionBits - fractionBits)
        let half = SIMD2(repeating: UInt64(1) << (shift - 1))
        let low = SIMD2<UInt64>(repeating: 0xFFFF_FFFF)
        var output = reduced.mutableSpan
        for (position, kernel) in kernels.kernels.enumerated() {
            let taps = weights.extracting(kernel.weights)
            let columns = band.extracting(kernel.start..<kernel.start + taps.count)
            // Rows 0 and 2, and rows 1 and 3: a product of 32 bits by 32 is one instruction on every x86-64.
            var (evens, odds) = (half, half)
            for tap in taps.indices {
                // 16 bytes of lanes as 16 bytes of wider lanes: any bits are a value of both, and lane 0 is the low half as on
                // every little-endian machine Swift runs on under Linux.
                let pairs = unsafeBitCast(columns[tap], to: SIMD2<UInt64>.self)
                let weight = SIMD2(repeating: UInt64(taps[tap]))
                evens &+= (pairs & low) &* weight
                odds &+= pairs &>> 32 &* weight
            }
            let place = first * side + position
            output[place] = Int32(truncatingIfNeeded: evens[0] &>> shift)
            output[place + side] = Int32(truncatingIfNeeded: odds[0] &>> shift)
            output[place + 2 * side] = Int32(truncatingIfNeeded: evens[1] &>> shift)
            output[place + 3 * side] = Int32(truncatingIfNeeded: odds[1] &>> shift)
        }
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
