import Testing

@testable import Rewards

/// Which frames are measured again.
@Suite struct FrameSampleTests {
    @Test func onlySharesThereAre() {
        #expect(FrameSample(percent: 0, seed: "") == nil)
        #expect(FrameSample(percent: 101, seed: "") == nil)
        #expect(FrameSample(percent: 1, seed: "") != nil)
    }

    /// SHA-256 of "waggle-sample/1\nseed\nframe-4" by sha256sum begins with 621a7658: 38.3 percent of the way.
    @Test func theDrawIsThatOfTheHash() throws {
        let draws = try (1...100).map { try #require(FrameSample(percent: $0, seed: "seed")).has("frame-4") }
        let first = try #require(draws.firstIndex(of: true)) + 1
        #expect(first == 39)
        #expect(draws[38...].allSatisfy { $0 }, "a greater share has all that a lesser one has")
    }

    @Test(arguments: [1, 10, 50, 100]) func itHasItsShare(percent: Int) throws {
        let sample = try #require(FrameSample(percent: percent, seed: "a"))
        let count = (0..<20_000).count { sample.has("f\($0)") }
        // Five standard deviations of 20,000 draws.
        #expect(abs(count - 200 * percent) <= 360, "\(count)")
        if percent == 100 { #expect(count == 20_000) }
    }

    @Test func anotherSeedDrawsOthers() throws {
        let (a, b) = (
            try #require(FrameSample(percent: 50, seed: "a")),
            try #require(FrameSample(percent: 50, seed: "b"))
        )
        #expect((0..<1000).count { a.has("f\($0)") != b.has("f\($0)") } > 400)
    }

    /// By exact fractions: (1 - 1/n)^k in millionths, rounded up. It may be one more, never less.
    @Test(
        arguments: [
            (10, 0, 1_000_000), (10, 1, 900_000), (10, 32, 34_337), (100, 32, 724_981), (1000, 181, 834_360),
            (10, 1000, 1), (1, 0, 1_000_000), (1, 1, 0), (10_000, 1_000_000, 1), (0, 5, 0),
        ] as [(UInt64, Int, UInt64)])
    func theChanceOfMissing(n: UInt64, compared: Int, expected: UInt64) {
        let chance = FrameSample.chanceOfMissing(oneIn: n, compared: compared)
        #expect(chance == expected || (chance == expected + 1 && expected < 1_000_000))
    }
}
