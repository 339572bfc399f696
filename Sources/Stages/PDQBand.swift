/// Hashes by one band of 16 bits, each filed under what it has there and under that with every single bit changed.
struct PDQBand: Sendable {
    private static let values = 1 << 16
    private static let lanes = SIMD8<UInt16>.scalarCount

    /// `starts[v]..<starts[v + 1]` are the places in `members` and `checks` of what is filed under v.
    private let starts: [Int32]
    private let members: [Int32]
    /// The next band of every member, and some zeros, so that eight can be read from any place.
    private let checks: [UInt16]

    /// Files the hashes with `values` in this band and `next` in the next one.
    init(_ values: [UInt16], next: [UInt16]) {
        // Counts, then the ends of each file, and at last, when everything is filed from its end, the starts.
        var starts = [Int32](repeating: 0, count: Self.values + 1)
        var places = starts.mutableSpan
        for value in values { Self.forEachNeighbour(value) { places[$0] &+= 1 } }
        for value in 1..<places.count { places[value] &+= places[value - 1] }
        let count = Int(places[Self.values])
        var members = [Int32](repeating: 0, count: count)
        var checks = [UInt16](repeating: 0, count: count + Self.lanes)
        var filed = members.mutableSpan
        var seconds = checks.mutableSpan
        for (place, value) in values.enumerated() {
            Self.forEachNeighbour(value) {
                places[$0] &-= 1
                filed[Int(places[$0])] = Int32(truncatingIfNeeded: place)
                seconds[Int(places[$0])] = next[place]
            }
        }
        self.starts = starts
        self.members = members
        self.checks = checks
    }

    /// Whether two hashes with this difference in the band meet there.
    static func meet(_ difference: UInt16) -> Bool { difference & (difference &- 1) == 0 }

    /// Whether two hashes that meet in a band and have this difference in the next one can be within 31 bits.
    static func meetNext(_ difference: UInt16) -> Bool { difference.nonzeroBitCount <= 3 }

    /// `value`, and it with one bit changed.
    @inline(__always)
    private static func forEachNeighbour(_ value: UInt16, _ body: (Int) -> Void) {
        body(Int(value))
        for bit in 0..<16 { body(Int(value ^ (1 << UInt16(bit)))) }
    }

    /// Calls `found` for each of `queries` and every hash that meets it here, if they can be within 31 bits by the next band.
    @inline(__always)
    func forEachCandidate(
        _ queries: PDQBandQueries, _ found: (_ query: Int, _ member: Int) throws -> Void
    ) rethrows {
        let (starts, members) = (starts.span, members.span)
        let checks = checks.span.bytes
        for number in 0..<queries.count {
            let query = queries.query(number)
            let end = Int(starts[Int(query.value) + 1])
            let check = Self.splat(query.next)
            for place in stride(from: Int(starts[Int(query.value)]), to: end, by: Self.lanes) {
                let near = Self.meetsNext(Self.eight(checks, place) ^ check)
                // A mask's 16 bytes as two words, only to ask whether any bit is set: any bits are a value of both.
                let words = unsafeBitCast(near, to: SIMD2<UInt64>.self)
                if words[0] | words[1] == 0 { continue }
                // What comes behind the last one is filed elsewhere.
                for lane in 0..<min(Self.lanes, end - place) where near[lane] {
                    try found(query.number, Int(members[place + lane]))
                }
            }
        }
    }

    @inline(__always)
    private static func eight(_ checks: RawSpan, _ place: Int) -> SIMD8<UInt16> {
        checks.unsafeLoadUnaligned(
            fromByteOffset: place * MemoryLayout<UInt16>.size, as: SIMD8<UInt16>.self)
    }

    /// ``meetNext(_:)`` of eight.
    @inline(__always)
    private static func meetsNext(_ differences: SIMD8<UInt16>) -> SIMDMask<SIMD8<Int16>> {
        let one = splat(1)
        var rest = differences
        // Each takes the lowest bit.
        rest &= rest &- one
        rest &= rest &- one
        rest &= rest &- one
        return rest .== SIMD8()
    }

    /// Eight times the same number. `SIMD8(repeating:)` is a loop.
    @inline(__always)
    private static func splat(_ value: UInt16) -> SIMD8<UInt16> {
        let four = UInt64(value) &* 0x0001_0001_0001_0001
        // 16 bytes as 16 bytes, all four lanes of a word alike: byte order does not matter.
        return unsafeBitCast(SIMD2(four, four), to: SIMD8<UInt16>.self)
    }
}
