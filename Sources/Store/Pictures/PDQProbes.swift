import Imaging

/// What is looked for in one section: hashes, each filed under what it has in the band and under that with every single
/// bit changed.
struct PDQProbes {
    /// `starts[v]..<starts[v + 1]` are the places in `probes` of what is filed under v.
    private let starts: [UInt32]
    private let probes: [Probe]
    /// Of every hash, the band behind the next one.
    private let third: [UInt16]

    private struct Probe {
        /// The number of the hash.
        let hash: UInt32
        /// What it has in the next band.
        let next: UInt16
        /// How many bits were changed.
        let changed: UInt16
    }

    /// The most entries in memory at a time.
    private static let window = 1 << 17
    /// So many entries that nobody looks for are rather read than left out: 4 kB of each column.
    private static let gap = 1 << 11
    private static let lanes = SIMD8<UInt16>.scalarCount

    /// Files `hashes` by `band`.
    init(_ hashes: [PDQHash], band: Int) {
        let hashes = hashes.span
        var starts = [UInt32](repeating: 0, count: PDQBand.values + 1)
        var places = starts.mutableSpan
        for number in hashes.indices {
            Self.forEachNeighbour(hashes[number].band(band)) { value, _ in places[value] &+= 1 }
        }
        // The ends of each file, and at last, when everything is filed from its end, the starts.
        for value in 1..<places.count { places[value] &+= places[value &- 1] }
        let count = Int(places[PDQBand.values])
        var third = [UInt16](repeating: 0, count: hashes.count)
        var thirds = third.mutableSpan
        probes = [Probe](unsafeUninitializedCapacity: count) { filed, initialized in
            for number in hashes.indices {
                let hash = hashes[number]
                thirds[number] = hash.band(band + 2)
                let next = hash.band(band + 1)
                Self.forEachNeighbour(hash.band(band)) { value, changed in
                    places[value] &-= 1
                    filed[Int(places[value])] = Probe(
                        hash: UInt32(truncatingIfNeeded: number), next: next, changed: changed)
                }
            }
            initialized = count
        }
        self.starts = starts
        self.third = third
    }

    /// `value`, and it with one bit changed, with the number of changed bits.
    @inline(__always)
    private static func forEachNeighbour(_ value: UInt16, _ body: (Int, UInt16) -> Void) {
        body(Int(value), 0)
        for bit in 0..<16 { body(Int(value ^ (1 << UInt16(bit))), 1) }
    }

    /// Calls `found` for every hash and every entry that it meets in a section whose files begin at `stored`, of which
    /// `entries` gives those at some places.
    func forEachMeeting(
        stored: [UInt32], entries: (Range<Int>) throws -> PictureEntries,
        _ found: (_ hash: Int, _ entry: Int) throws -> Void
    ) throws {
        var known = PictureEntries(
            first: 0, next: [UInt16](repeating: 0, count: PictureEntries.padding),
            third: [UInt16](repeating: 0, count: PictureEntries.padding))
        var range = 0..<0
        for value in 0..<PDQBand.values {
            guard starts[value] < starts[value + 1], stored[value] < stored[value + 1] else { continue }
            let file = Int(stored[value])..<Int(stored[value + 1])
            for first in stride(from: file.lowerBound, to: file.upperBound, by: Self.window) {
                let part = first..<min(first + Self.window, file.upperBound)
                if part.lowerBound < range.lowerBound || part.upperBound > range.upperBound {
                    range = reach(from: value, part, stored)
                    known = try entries(range)
                }
                try forEachMeeting(value, part, known, found)
            }
        }
    }

    /// What is to be read from `part` of the file of `value` on: as far as there are files that are looked for not far apart.
    private func reach(from value: Int, _ part: Range<Int>, _ stored: [UInt32]) -> Range<Int> {
        var end = part.upperBound
        guard end == Int(stored[value + 1]) else { return part }
        var next = value + 1
        while next < PDQBand.values {
            let file = Int(stored[next])..<Int(stored[next + 1])
            if file.upperBound - part.lowerBound > Self.window || file.lowerBound - end > Self.gap { break }
            if !file.isEmpty, starts[next] < starts[next + 1] { end = file.upperBound }
            next += 1
        }
        return part.lowerBound..<end
    }

    @inline(__always)
    private func forEachMeeting(
        _ value: Int, _ part: Range<Int>, _ entries: PictureEntries,
        _ found: (_ hash: Int, _ entry: Int) throws -> Void
    ) throws {
        let (probes, third) = (probes.span, third.span)
        let (next, behind) = (entries.next.span.bytes, entries.third.span)
        let (first, last) = (part.lowerBound - entries.first, part.upperBound - entries.first)
        precondition(first >= 0 && last <= entries.count)
        for number in Int(starts[value])..<Int(starts[value + 1]) {
            let probe = probes[number]
            let check = Self.splat(probe.next)
            let isChanged = probe.changed != 0
            for place in stride(from: first, to: last, by: Self.lanes) {
                let differences =
                    next.unsafeLoadUnaligned(
                        fromByteOffset: place &* MemoryLayout<UInt16>.size, as: SIMD8<UInt16>.self) ^ check
                let near = Self.isNear(differences, isChanged: isChanged)
                // A mask's 16 bytes as two words, only to ask whether any bit is set: any bits are a value of both.
                let words = unsafeBitCast(near, to: SIMD2<UInt64>.self)
                if words[0] | words[1] == 0 { continue }
                // What comes behind the last one is filed elsewhere.
                for lane in 0..<min(Self.lanes, last - place) where near[lane] {
                    let rest = behind[place + lane] ^ third[Int(probe.hash)]
                    let bits =
                        Int(probe.changed) + differences[lane].nonzeroBitCount + rest.nonzeroBitCount
                    if bits <= PDQBand.limits.three {
                        try found(Int(probe.hash), place + lane + entries.first)
                    }
                }
            }
        }
    }

    /// Whether each of eight differences in the next band has at most 3 bits, or 2 where one was changed in the band.
    @inline(__always)
    private static func isNear(_ differences: SIMD8<UInt16>, isChanged: Bool) -> SIMDMask<SIMD8<Int16>> {
        let one = splat(1)
        var rest = differences
        // Each takes the lowest bit.
        rest &= rest &- one
        rest &= rest &- one
        if !isChanged { rest &= rest &- one }
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
