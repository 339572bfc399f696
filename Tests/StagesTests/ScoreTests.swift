import Canonical
import Geo
import SeededNumbers
import Testing

@testable import Stages

@Suite("Score")
struct ScoreTests {
    static let week: Int64 = 7 * 86_400_000
    static let rules = MadePasses.rules

    @Test("makes one pass of a drive through a cell, named after its best frame")
    func onePass() throws {
        let frames = try [
            MadePasses.frame(3, at: 3000, quality: 700), MadePasses.frame(2, at: 2000, quality: 700),
            MadePasses.frame(1, at: 1000, quality: 400), MadePasses.frame(4, at: 2000, quality: 700),
        ]
        let passes = MadePasses.scored(frames)
        let pass = try #require(passes.first)
        #expect(passes.count == 1)
        #expect(pass.coveredAt == UTCTime(milliseconds: 1000))
        #expect(pass.frames == 4)
        #expect(pass.bestFrame == 2)
        #expect(pass.quality == 700)
        #expect(pass.previousAt == nil)
        #expect(pass.freshness == 1000 && pass.credit == 1000 && pass.late == 1000 && pass.trust == 1000)
        // cos(37.77 degrees) = 0.7905
        #expect(pass.area == 790)
        #expect(pass.points == 790 * 700)
    }

    @Test("takes a frame given twice once")
    func twice() throws {
        let frame = try MadePasses.frame(1, at: 0)
        #expect(MadePasses.scored([frame, frame]).map(\.frames) == [1])
        #expect(MadePasses.scored([]).isEmpty)
    }

    @Test(
        "grows fresh along the curve",
        arguments: [
            (0, 0), (1, 0), (week / 1000 - 1, 0), (week / 1000, 1), (week / 2, 500), (week - 1, 999),
            (week, 1000),
            (10 * week, 1000),
        ] as [(Int64, UInt16)])
    func freshness(elapsed: Int64, permille: UInt16) throws {
        let first = try MadePasses.frame(1, drive: 1, at: 5000)
        let second = try MadePasses.frame(2, drive: 2, at: 5000 + elapsed)
        let passes = MadePasses.scored([second, first])
        #expect(passes.map(\.freshness) == [1000, permille])
        #expect(passes.last?.previousAt == first.capturedAt)
        #expect(passes.last?.points == 790 * UInt64(permille))
    }

    @Test("looks at what was covered before, not at what was covered later")
    func history() throws {
        let frame = try MadePasses.frame(1, at: 2 * Self.week)
        func previous(_ times: [Int64]) -> Int64? {
            let history = CoverageHistory(
                times.map { .init(frame.coverage, at: UTCTime(milliseconds: $0)) })
            return MadePasses.scored([frame], history: history).first?.previousAt?.milliseconds
        }
        #expect(previous([]) == nil)
        #expect(previous([2 * Self.week + 1]) == nil)
        #expect(previous([3 * Self.week, 7, 2 * Self.week - 1, 9]) == 2 * Self.week - 1)
        #expect(previous([2 * Self.week, 5]) == 2 * Self.week)
    }

    @Test("pays what came late along its curve, and devices as they are trusted")
    func lateAndTrust() throws {
        let frames = try [
            MadePasses.frame(1, drive: 0, at: 1000),
            MadePasses.frame(2, drive: 1, at: 1000, cell: "9q8yyk8z"),
        ]
        // 1,000 ms before the window; the curve falls from 1000 to 0 over 4,000 ms.
        var rules = Self.rules
        rules.late = Curve(from: 1000, to: 0, over: 4000)
        let passes = Score.passes(
            of: frames, windowStart: UTCTime(milliseconds: 2000), trust: [1000, 500],
            rules: ScoreSchedule(rules))
        #expect(passes.map(\.late) == [750, 750])
        #expect(passes.map(\.trust) == [1000, 500])
        #expect(passes.map(\.points) == [790 * 750, 790 * 375])
        let inTime = Score.passes(
            of: frames, windowStart: UTCTime(milliseconds: 1000), trust: [1000, 0],
            rules: ScoreSchedule(rules))
        #expect(inTime.map(\.late) == [1000, 1000])
        #expect(inTime.map(\.worthlessness) == [nil, .noTrust])
    }

    @Test("does not overflow on absurd times and qualities")
    func extremes() throws {
        let frames = try [
            MadePasses.frame(1, drive: 1, at: CanonicalTime.least, quality: .max),
            MadePasses.frame(2, drive: 2, at: CanonicalTime.greatest, quality: .min),
        ]
        let passes = MadePasses.scored(frames)
        #expect(passes.map(\.points) == [790_000, 0])
        #expect(passes.map(\.freshness) == [1000, 1000])
    }

    @Test(
        "saturates behind the target, and never above one more",
        arguments: [
            (0, 0), (1000, 1000), (2000, 2000), (2001, 2000), (2010, 2009), (3000, 2500), (5000, 2750),
            (1_002_000, 2999), (1_000_000_000, 2999),
        ] as [(Int64, Int64)])
    func saturation(sum: Int64, credit: Int64) {
        // With N = 2: 2000 + 1000 y / (y + 1000), y behind 2000.
        #expect(Score.saturated(sum, target: 2) == credit)
    }

    @Test(
        "equals the definition, in whatever order frames and history come",
        arguments: [1, 2, 3, 4] as [UInt64])
    func definition(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let made = try MadePasses(&numbers)
            let passes = made.passes()
            try #require(passes == made.passesByDefinition())
        }
    }
}

/// The bounds of times that JSON carries: no frame has others.
enum CanonicalTime {
    static let least: Int64 = -(1 << 53 - 1)
    static let greatest: Int64 = 1 << 53 - 1
}
