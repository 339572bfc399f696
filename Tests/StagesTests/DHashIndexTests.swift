import Imaging
import SeededNumbers
import Testing

@testable import Stages

@Suite("DHashIndex")
struct DHashIndexTests {
    /// Finds what a look at every pair finds: the same places, each once.
    private static func expectAll(
        _ hashes: [DHash], _ queries: [DHash], distance: Int, _ note: String
    ) {
        let index = DHashIndex(hashes, maxDistance: distance)
        for query in queries {
            var found: [Int] = []
            index.forEach(near: query) { found.append($0) }
            let expected = hashes.indices.filter {
                (hashes[$0].bits ^ query.bits).nonzeroBitCount <= distance
            }
            if found.sorted() != expected { Issue.record("\(note): \(query.bits), \(found), \(expected)") }
        }
    }

    @Test("finds every pair among random and clustered hashes, each once", arguments: 0...7)
    func bruteForce(distance: Int) {
        for seed in UInt64(1)...3 {
            var numbers = SplitMix64(seed: seed)
            let centres = (0..<8).map { _ in numbers.next() }
            let clustered = (0..<400).map { _ -> DHash in
                var bits = centres.randomElement(using: &numbers) ?? 0
                // Up to two bits beyond the distance, anywhere.
                for _ in 0..<Int.random(in: 0...distance + 2, using: &numbers) {
                    bits ^= 1 << UInt64.random(in: 0..<64, using: &numbers)
                }
                return DHash(bits: bits)
            }
            let random = (0..<100).map { _ in DHash(bits: numbers.next()) }
            let some = [0, .max, 1, 1 << 63].map { DHash(bits: $0) }
            Self.expectAll(
                clustered + random + some, Array(clustered.prefix(60)) + random + some, distance: distance,
                "seed \(seed)")
        }
    }

    /// The hardest case of the pigeonhole: one bit in each band but one.
    @Test("finds hashes whose differing bits are spread over all bands", arguments: 0...7)
    func spread(distance: Int) {
        let base: UInt64 = 0x0123_4567_89AB_CDEF
        let step = 64 / (distance + 1)
        for free in 0...distance {
            var bits = base
            for band in 0...distance where band != free { bits ^= 1 << UInt64(band * step + step / 2) }
            Self.expectAll(
                [DHash(bits: bits)], [DHash(bits: base)], distance: distance, "distance \(distance), \(free)")
        }
    }

    @Test("finds equal hashes as often as they occur, and nothing in nothing")
    func equal() {
        let same = [DHash](repeating: DHash(bits: 7), count: 50)
        for distance in 0...7 {
            Self.expectAll(same, [DHash(bits: 7), DHash(bits: 0)], distance: distance, "equal")
        }
        Self.expectAll([], [DHash(bits: 7)], distance: 6, "empty")
    }
}
