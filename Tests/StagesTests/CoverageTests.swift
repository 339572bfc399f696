import Canonical
import Geo
import SeededNumbers
import Testing

@testable import Stages

@Suite("Coverage")
struct CoverageTests {
    private static func coverage(_ numbers: inout SplitMix64) throws -> Coverage {
        let precision = Int.random(in: 1...12, using: &numbers)
        // Often the first and the last cell of a length.
        let last = (UInt64(1) << UInt64(5 * precision)) - 1
        let between = UInt64.random(in: 0...last, using: &numbers)
        let choices: [UInt64] = [0, last, between]
        let bits: UInt64 = choices.randomElement(using: &numbers) ?? 0
        let octant = Int64.random(in: 0...7, using: &numbers)
        return Coverage(
            cell: try #require(Geohash(bits: bits, precision: precision)),
            octant: try #require(HeadingOctant(number: octant)))
    }

    @Test("is ordered as its number is", arguments: [1, 2] as [UInt64])
    func key(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<10_000 {
            let (left, right) = (try Self.coverage(&numbers), try Self.coverage(&numbers))
            #expect((left < right) == (left.key < right.key))
            #expect((left == right) == (left.key == right.key))
        }
    }

    @Test("of passes goes into a history in order, epoch by epoch", arguments: [1, 2] as [UInt64])
    func history(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<200 {
            var history = CoverageHistory()
            var entries: [CoverageHistory.Entry] = []
            for _ in 0..<3 {
                let passes = try (0..<Int.random(in: 0...10, using: &numbers)).map { _ in
                    Pass(
                        coverage: try Self.coverage(&numbers), drive: 0, frames: 1,
                        coveredAt: UTCTime(
                            milliseconds: [.min, -1, 0, 1, .max].randomElement(using: &numbers) ?? 0),
                        bestFrame: 0, quality: 0, previousAt: nil, freshness: 0, credit: 0, area: 0, late: 0,
                        trust: 0)
                }
                history.add(passes)
                entries += passes.map { .init($0.coverage, at: $0.coveredAt) }
                #expect(history == CoverageHistory(entries))
            }
        }
    }
}
