import Imaging
import SeededNumbers
import Testing

@testable import Store

/// The index of pictures finds what a look at every form of every pair finds.
@Suite struct PictureQueriesTests {
    /// A picture as it is, its mirror image and its two crops.
    struct Picture {
        var forms: [HashWords]

        static func random(_ numbers: inout SplitMix64) -> Picture {
            Picture(forms: (0..<4).map { _ in MadeHashes.random(&numbers) })
        }
    }

    private struct Pair: Hashable {
        let new: Int
        let frame: Int64
    }

    static func hash(_ words: HashWords) -> PDQHash {
        PDQHash(w0: words[0], w1: words[1], w2: words[2], w3: words[3])
    }

    static func table(_ pictures: [Picture]) -> PictureTable {
        PictureTable(
            ids: pictures.indices.map { Int64($0) }, pdq: pictures.map { hash($0.forms[0]) },
            variants: pictures.flatMap { $0.forms[1...].map(hash) })
    }

    static func queries(_ pictures: [Picture], distance: Int) -> PictureQueries {
        PictureQueries(
            pdq: pictures.map { hash($0.forms[0]) }, variants: pictures.flatMap { $0.forms[1...].map(hash) },
            maxDistance: distance)
    }

    /// How many forms of a pair are within the limit: as they are, and either one's variants against the other as it is.
    private static func forms(_ left: Picture, _ right: Picture, _ distance: Int) -> Int {
        func near(_ first: Int, _ second: Int) -> Int {
            MadeHashes.distance(left.forms[first], right.forms[second]) <= distance ? 1 : 0
        }
        return near(0, 0) + (1...3).reduce(0) { $0 + near($1, 0) + near(0, $1) }
    }

    /// `clusters` are of pictures that have nothing to do with those of another one.
    private static func expectAll(
        _ clusters: [(stored: [Picture], new: [Picture])], distance: Int, _ note: String
    ) throws {
        var expected: [Pair: Int] = [:]
        var (stored, new) = ([Picture](), [Picture]())
        for cluster in clusters {
            for (number, query) in cluster.new.enumerated() {
                for (place, picture) in cluster.stored.enumerated() {
                    let count = forms(query, picture, distance)
                    if count == 0 { continue }
                    expected[Pair(new: new.count + number, frame: Int64(stored.count + place))] = count
                }
            }
            stored += cluster.stored
            new += cluster.new
        }
        var found: [Pair: Int] = [:]
        try queries(new, distance: distance).forEachPair(in: [PictureTableSearch(table(stored))]) {
            for frame in $1 { found[Pair(new: $0, frame: frame), default: 0] += 1 }
        }
        if found == expected { return }
        let wrong = Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }
        Issue.record("\(note): \(wrong.count) of \(expected.count) pairs, \(wrong.prefix(3))")
    }

    /// Pictures of chance, and copies of earlier ones of which one form lies about the limit from one of theirs.
    private static func cluster(_ numbers: inout SplitMix64, distance: Int, count: Int) -> [Picture] {
        var pictures: [Picture] = []
        for _ in 0..<count {
            var picture = Picture.random(&numbers)
            if let near = pictures.randomElement(using: &numbers), Int.random(in: 0..<3, using: &numbers) > 0
            {
                let from = near.forms[Int.random(in: 0..<4, using: &numbers)]
                let to = Int.random(in: 0..<4, using: &numbers)
                let bits = distance + Int.random(in: -2...2, using: &numbers)
                picture.forms[to] =
                    switch Int.random(in: 0..<4, using: &numbers) {
                    case 0: MadeHashes.heaped(from, max(0, bits), &numbers)
                    case 1 where distance == 31:
                        MadeHashes.spread(from, free: Int.random(in: 0..<16, using: &numbers), &numbers)
                    default: MadeHashes.changed(from, max(0, bits), &numbers)
                    }
                // Some are the same in every form.
                if Int.random(in: 0..<8, using: &numbers) == 0 { picture = near }
            }
            pictures.append(picture)
        }
        return pictures
    }

    /// A thousand cases, a hundred at a time: setting up tables of all values of a band takes most of the time.
    @Test(arguments: [(0, 31), (1, 31), (2, 31), (3, 31), (4, 30), (5, 31), (6, 16), (7, 15), (8, 1), (9, 0)])
    func findsEveryPairInEveryForm(part: UInt64, distance: Int) throws {
        let seeds = part * 100..<part * 100 + 100
        let clusters = seeds.map { seed in
            var numbers = SplitMix64(seed: seed)
            let pictures = Self.cluster(&numbers, distance: distance, count: 16)
            return (stored: pictures, new: pictures)
        }
        try Self.expectAll(clusters, distance: distance, "seeds \(seeds)")
    }

    /// The hardest case of the pigeonhole: 31 bits spread over all bands, with one band that can begin the search.
    @Test func findsWhatDiffersInAllBands() throws {
        var numbers = SplitMix64(seed: 1)
        let cases = (0..<16).map { free in
            let base = Picture.random(&numbers)
            var other = Picture.random(&numbers)
            other.forms[0] = MadeHashes.spread(base.forms[0], free: free, &numbers)
            #expect(MadeHashes.distance(base.forms[0], other.forms[0]) == 31)
            return (stored: [base], new: [other])
        }
        try Self.expectAll(cases, distance: 31, "spread")
        try Self.expectAll(cases, distance: 30, "spread")
    }

    /// Pictures that all have the same bits in most bands, as frames of one camera do, and more than are looked at at a time.
    @Test func findsEveryPairInOneCrowd() throws {
        var numbers = SplitMix64(seed: 2)
        let base = MadeHashes.random(&numbers)
        let pictures = (0..<60).map { _ in
            Picture(
                forms: (0..<4).map { _ in [base[0], base[1], base[2], numbers.next() & numbers.next()] })
        }
        try Self.expectAll([(stored: pictures, new: pictures)], distance: 31, "crowd")
        try Self.expectAll([(stored: pictures, new: pictures)], distance: 12, "crowd")
    }

    @Test func findsPicturesThatAreAllTheSame() throws {
        var numbers = SplitMix64(seed: 3)
        let one = Picture.random(&numbers)
        let same = [Picture](repeating: one, count: 50)
        #expect(Self.table(same).pdq.count == 1)
        try Self.expectAll([(stored: same, new: [one])], distance: 31, "all the same")
        try Self.expectAll([(stored: [], new: same)], distance: 31, "against nothing")
        try Self.expectAll([(stored: same, new: [])], distance: 31, "nothing")
    }

    /// A file of one value that is longer than what is in memory at a time.
    @Test func findsPairsInALongFile() throws {
        var numbers = SplitMix64(seed: 4)
        let count = 140_000
        let word = numbers.next()
        let hashes = (0..<UInt64(count)).map { number in
            // Only the last band tells them apart, by 0 to 16 bits.
            PDQHash(w0: word, w1: word, w2: word, w3: word & ~0xFFFF | number & 0xFFFF)
        }
        let contents = PictureSectionContents(hashes, band: 0)
        let probes = PDQProbes([PDQHash(w0: word, w1: word, w2: word, w3: word)], band: 0)
        var (found, reads) = (0, 0)
        try probes.forEachMeeting(
            stored: contents.starts,
            entries: { range in
                reads += 1
                return PictureEntries(
                    first: range.lowerBound,
                    next: Array(contents.entries.next[range]) + [UInt16](repeating: 0, count: 8),
                    third: Array(contents.entries.third[range]) + [UInt16](repeating: 0, count: 8))
            }
        ) { _, _ in found += 1 }
        #expect(found == count && reads == 2, "\(found) in \(reads) reads")
    }
}
