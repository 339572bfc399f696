import Canonical
import SeededNumbers
import Testing

@testable import Rewards

@Suite("Storage audit")
struct StorageChallengeTests {
    private static let root = ContentHash.of("root")

    private static func frames(_ count: Int, _ numbers: inout SplitMix64) -> [ContentHash] {
        (0..<count).map { _ in ContentHash.of(String(numbers.next())) }
    }

    @Test("visits every frame exactly once in a period", arguments: [1, 2, 3] as [UInt64])
    func partition(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for round in 0..<20 {
            let frames = Self.frames(Int.random(in: 0...200, using: &numbers), &numbers)
            let days = Int.random(in: 1...40, using: &numbers)
            let parts = try (0..<days).map { day in
                try #require(StorageChallenge(root: Self.root, period: 7, day: day, of: days)).frames(
                    of: frames)
            }
            try #require(parts.flatMap { $0 }.sorted() == frames.sorted(), "seed \(seed), round \(round)")
        }
    }

    @Test("visits a frame that stays exactly once, whatever comes and goes", arguments: [6, 7] as [UInt64])
    func changes(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for round in 0..<20 {
            let staying = Self.frames(100, &numbers)
            let days = Int.random(in: 1...40, using: &numbers)
            let visits = try (0..<days).flatMap { day in
                let passing = Self.frames(Int.random(in: 0...100, using: &numbers), &numbers)
                return try #require(StorageChallenge(root: Self.root, period: 7, day: day, of: days))
                    .frames(of: (staying + passing).shuffled(using: &numbers))
            }
            let visited = visits.filter(Set(staying).contains)
            try #require(visited.sorted() == staying.sorted(), "seed \(seed), round \(round)")
        }
    }

    @Test("gives every day about as much to do")
    func balance() throws {
        var numbers = SplitMix64(seed: 8)
        let frames = Self.frames(30_000, &numbers)
        for day in 0..<30 {
            let challenge = try #require(StorageChallenge(root: Self.root, period: 0, day: day, of: 30))
            // Six standard deviations of 31 around 1000.
            #expect((810...1190).contains(challenge.frames(of: frames).count))
        }
    }

    @Test("does not depend on the order of frames, and does on root, period and day")
    func dependence() throws {
        var numbers = SplitMix64(seed: 4)
        let frames = Self.frames(100, &numbers)
        let one = try #require(StorageChallenge(root: Self.root, period: 1, day: 3, of: 5))
        #expect(one.frames(of: frames.shuffled(using: &numbers) + frames) == one.frames(of: frames))
        let others = [
            StorageChallenge(root: .of("other"), period: 1, day: 3, of: 5),
            StorageChallenge(root: Self.root, period: 2, day: 3, of: 5),
            StorageChallenge(root: Self.root, period: 1, day: 4, of: 5),
        ]
        for other in others {
            let other = try #require(other)
            #expect(other.frames(of: frames) != one.frames(of: frames))
            #expect(other.answer([1]) != one.answer([1]))
        }
    }

    /// Made with Python's hashlib.
    @Test("has the seeds an outsider works out")
    func seeds() throws {
        let challenge = try #require(StorageChallenge(root: Self.root, period: 1, day: 3, of: 5))
        #expect(challenge.seed.hex == "1c2fe7018bd15d0fe168c63fc0b5644413cb3db6bb43863e26e311184a21bf64")
        #expect(challenge.daySeed.hex == "9f980c404e530c34dc808f08b74d9e065eeabfdc08454e7cc58d7f446be83469")
        #expect(challenge.range(of: Self.root, size: 100_000).lowerBound == 53_474)
        #expect(
            challenge.answer([1, 2, 3]).hex
                == "1e177315cb7d35548356ff9c10f6b7be0d58defd1f76806ecf8940dce6ef32bf")
    }

    @Test("looks at bytes that are there, and at all of a small frame")
    func ranges() throws {
        let challenge = try #require(StorageChallenge(root: Self.root, period: 1, day: 0, of: 1))
        var numbers = SplitMix64(seed: 5)
        for _ in 0..<2000 {
            let size = numbers.next() >> UInt64.random(in: 0...63, using: &numbers)
            let range = challenge.range(of: .of(String(size)), size: size)
            #expect(range.upperBound <= size)
            #expect(UInt64(range.count) == min(size, StorageChallenge.rangeBytes))
        }
        #expect(challenge.range(of: Self.root, size: .max).count == 4096)
    }

    @Test(
        "has no days that are not there",
        arguments: [(0, 0), (-1, 5), (5, 5), (0, 367), (0, -1), (Int.max, 5)])
    func days(day: Int, of days: Int) {
        #expect(StorageChallenge(root: Self.root, period: 0, day: day, of: days) == nil)
    }
}
