import Canonical
import Imaging
import SeededNumbers
import Testing

@testable import Stages

/// The index of pictures finds what a look at every form of every pair finds.
@Suite struct PictureIndexTests {
    private struct Pair: Hashable {
        let other: Int
        let picture: Int
    }

    private static let rules = DeduplicateRules(
        maxDHashDistance: 16, maxPDQDistance: 31, minPDQQuality: 50, narrowCrop: 16, wideCrop: 42,
        standstillDistance: 1000)

    /// Pictures of chance, and copies of earlier ones whose forms lie about the limit from one of theirs.
    private static func pictures(_ numbers: inout SplitMix64, count: Int) -> [PictureHashes] {
        var forms: [[PDQHash]] = []
        for _ in 0..<count {
            var some = (0..<4).map { _ in PDQIndexTests.random(&numbers) }
            if let near = forms.randomElement(using: &numbers), Bool.random(using: &numbers) {
                let distance = Int.random(in: 29...33, using: &numbers)
                let (from, to) = (
                    Int.random(in: 0..<4, using: &numbers), Int.random(in: 0..<4, using: &numbers)
                )
                some[to] = PDQIndexTests.changed(near[from], distance, &numbers)
            }
            forms.append(some)
        }
        return forms.enumerated().map { number, forms in
            PictureHashes(
                content: .of("\(number)"), dHash: DHash(bits: 0), pdq: forms[0],
                variants: PDQVariants(mirrored: forms[1], narrowCrop: forms[2], wideCrop: forms[3]),
                pdqQuality: 100)
        }
    }

    /// How many forms of a pair are within the limit.
    private static func forms(_ left: PictureHashes, _ right: PictureHashes) -> Int {
        let asTheyAre = left.pdq.distance(to: right.pdq) <= 31 ? 1 : 0
        return asTheyAre + left.variants.all.count { $0.distance(to: right.pdq) <= 31 }
            + right.variants.all.count { $0.distance(to: left.pdq) <= 31 }
    }

    private static func expectAll(_ pictures: [PictureHashes], _ others: [PictureHashes], _ note: String) {
        let index = PictureIndex(pictures, rules: rules)
        var found: [Pair: Int] = [:]
        index.forEachPair(others.map(\.pdq), variants: others.flatMap(\.variants.all)) {
            found[Pair(other: $0, picture: $1), default: 0] += 1
        }
        var expected: [Pair: Int] = [:]
        for (number, other) in others.enumerated() {
            for (place, picture) in pictures.enumerated() {
                let count = forms(other, picture)
                if count > 0 { expected[Pair(other: number, picture: place)] = count }
            }
        }
        if found != expected { Issue.record("\(note): \(found), \(expected)") }
    }

    @Test(arguments: 0..<5 as Range<UInt64>)
    func findsEveryPairInEveryForm(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        let pictures = Self.pictures(&numbers, count: 60)
        Self.expectAll(pictures, pictures, "seed \(seed)")
    }

    @Test func findsPicturesThatAreAllTheSame() {
        var numbers = SplitMix64(seed: 1)
        let pictures = Self.pictures(&numbers, count: 1)
        let same = pictures.flatMap { [PictureHashes](repeating: $0, count: 40) }
        Self.expectAll(same, same, "all the same")
        Self.expectAll([], same, "against nothing")
        Self.expectAll(same, [], "nothing")
    }
}
