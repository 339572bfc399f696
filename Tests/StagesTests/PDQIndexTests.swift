import Imaging
import SeededNumbers
import Testing

@testable import Stages

@Suite("PDQIndex")
struct PDQIndexTests {
    /// Hashes of chance, some exactly `distance` and some one more away from others, and equal ones.
    static func hashes(_ numbers: inout SplitMix64, distance: Int, count: Int) -> [PDQHash] {
        var result: [PDQHash] = []
        for _ in 0..<count {
            let near = result.randomElement(using: &numbers)
            switch Int.random(in: 0..<4, using: &numbers) {
            case 0: result.append(near ?? changed(PDQHash(w0: 0, w1: 0, w2: 0, w3: 0), 0, &numbers))
            case 1: result.append(changed(near ?? random(&numbers), distance, &numbers))
            case 2: result.append(changed(near ?? random(&numbers), distance + 1, &numbers))
            default: result.append(random(&numbers))
            }
        }
        return result
    }

    static func random(_ numbers: inout SplitMix64) -> PDQHash {
        PDQHash(w0: numbers.next(), w1: numbers.next(), w2: numbers.next(), w3: numbers.next())
    }

    /// `hash` with exactly `count` bits changed.
    static func changed(_ hash: PDQHash, _ count: Int, _ numbers: inout SplitMix64) -> PDQHash {
        var words = [hash.w0, hash.w1, hash.w2, hash.w3]
        for bit in Array(0..<256).shuffled(using: &numbers).prefix(count) {
            words[bit / 64] ^= 1 << UInt64(bit % 64)
        }
        return PDQHash(w0: words[0], w1: words[1], w2: words[2], w3: words[3])
    }

    private static func difference(_ left: PDQHash, _ right: PDQHash) -> Int {
        zip([left.w0, left.w1, left.w2, left.w3], [right.w0, right.w1, right.w2, right.w3])
            .reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
    }

    /// Finds what a look at every pair finds: the same places, each once.
    private static func expectAll(
        _ hashes: [PDQHash], _ queries: [PDQHash], distance: Int, _ note: String
    ) {
        let index = PDQIndex(hashes, maxDistance: distance)
        var all = [[Int]](repeating: [], count: queries.count)
        index.forEachPair(queries) { all[$0].append($1) }
        for (query, found) in zip(queries, all) {
            let expected = hashes.indices.filter { difference(hashes[$0], query) <= distance }
            if found.sorted() != expected { Issue.record("\(note): \(query), \(found), \(expected)") }
        }
    }

    @Test("finds every pair among random and clustered hashes, each once", arguments: [0, 1, 15, 16, 30, 31])
    func bruteForce(distance: Int) {
        for seed in UInt64(1)...3 {
            var numbers = SplitMix64(seed: seed)
            let hashes = Self.hashes(&numbers, distance: distance, count: 150)
            let queries = Self.hashes(&numbers, distance: distance, count: 30) + hashes
            Self.expectAll(hashes, queries, distance: distance, "seed \(seed)")
        }
    }

    @Test("finds every pair whatever the seed and the distance", arguments: 0..<10)
    func manySeeds(part: Int) {
        for seed in UInt64(part * 100)..<UInt64(part * 100 + 100) {
            var numbers = SplitMix64(seed: seed)
            let distance = Int(seed % 32)
            let hashes = Self.hashes(&numbers, distance: distance, count: 24)
            Self.expectAll(hashes, hashes, distance: distance, "seed \(seed)")
        }
    }

    /// The hardest case of the pigeonhole: two bits in every band of 16 but one, and one there.
    @Test("finds hashes whose 31 differing bits are spread over all bands", arguments: 0..<16)
    func spread(free: Int) {
        var numbers = SplitMix64(seed: UInt64(free))
        let base = Self.random(&numbers)
        var words = [base.w0, base.w1, base.w2, base.w3]
        for band in 0..<16 {
            for bit in Array(0..<16).shuffled(using: &numbers).prefix(band == free ? 1 : 2) {
                words[band / 4] ^= 1 << UInt64(band % 4 * 16 + bit)
            }
        }
        let other = PDQHash(w0: words[0], w1: words[1], w2: words[2], w3: words[3])
        #expect(base.distance(to: other) == 31)
        Self.expectAll([other], [base], distance: 31, "band \(free)")
        Self.expectAll([other], [base], distance: 30, "band \(free)")
    }

    /// Hashes whose 31 differing bits are heaped on bands by chance: some have many, some none, so that often just one band
    /// can begin the search.
    @Test("finds hashes whose differing bits are heaped on few bands", arguments: 0..<10 as Range<UInt64>)
    func heaped(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        let bases = (0..<25).map { _ in Self.random(&numbers) }
        let others = bases.flatMap { base in (0..<4).map { _ in Self.heaped(base, 31, &numbers) } }
        Self.expectAll(others, bases, distance: 31, "seed \(seed)")
    }

    /// `hash` with exactly `count` bits changed, more of them in the bands that have some already.
    private static func heaped(_ hash: PDQHash, _ count: Int, _ numbers: inout SplitMix64) -> PDQHash {
        var words = [hash.w0, hash.w1, hash.w2, hash.w3]
        var changed: [Int] = []
        while changed.count < count {
            let neighbour = changed.randomElement(using: &numbers)
            let isHeaped = Int.random(in: 0..<4, using: &numbers) > 0
            let bit =
                if isHeaped, let neighbour {
                    neighbour / 16 * 16 + Int.random(in: 0..<16, using: &numbers)
                } else {
                    Int.random(in: 0..<256, using: &numbers)
                }
            if changed.contains(bit) { continue }
            changed.append(bit)
            words[bit / 64] ^= 1 << UInt64(bit % 64)
        }
        return PDQHash(w0: words[0], w1: words[1], w2: words[2], w3: words[3])
    }

    /// Hashes that all have the same bits in most bands, as frames of one camera do.
    @Test("finds every pair among hashes that share most of their bands", arguments: 0..<2 as Range<UInt64>)
    func crowded(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        let base = Self.random(&numbers)
        let hashes = (0..<60).map { _ in
            PDQHash(w0: base.w0, w1: base.w1, w2: base.w2, w3: numbers.next() & numbers.next())
        }
        Self.expectAll(hashes, hashes, distance: 31, "seed \(seed)")
        Self.expectAll(hashes, hashes, distance: 12, "seed \(seed)")
    }

    @Test("finds equal hashes as often as they occur, and nothing in nothing")
    func equal() {
        let zero = PDQHash(w0: 0, w1: 0, w2: 0, w3: 0)
        let ones = PDQHash(w0: .max, w1: .max, w2: .max, w3: .max)
        let same = [PDQHash](repeating: zero, count: 50)
        Self.expectAll(same, [zero, ones], distance: 31, "equal")
        Self.expectAll([], [zero], distance: 31, "empty")
    }
}
