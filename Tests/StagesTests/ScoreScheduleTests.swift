import Canonical
import Geo
import SeededNumbers
import Testing

@testable import Stages

/// Passes go by the rules of the time they were driven at.
@Suite struct ScoreScheduleTests {
    private static func rules(worth: Int64, target: Int64) -> ScoreRules {
        var rules = MadePasses.rules
        rules.freshness = Curve(from: worth, to: worth, over: 1000)
        rules.late = Curve(from: worth, to: worth, over: 1000)
        rules.redundancyTarget = target
        return rules
    }

    @Test func rulesChangeAtTheirMomentAndNotBefore() throws {
        let (first, second, third) = (
            Self.rules(worth: 1, target: 1), Self.rules(worth: 2, target: 2), Self.rules(worth: 3, target: 3)
        )
        let schedule = ScoreSchedule(
            first,
            changes: [
                .init(from: UTCTime(milliseconds: 200), rules: third),
                .init(from: UTCTime(milliseconds: 100), rules: second),
            ])
        for (time, rules) in [
            (Int64.min, first), (99, first), (100, second), (199, second), (200, third), (.max, third),
        ] {
            #expect(schedule[UTCTime(milliseconds: time)] == rules, "\(time)")
        }
        #expect(ScoreSchedule(first)[UTCTime(milliseconds: 5)] == first)
    }

    /// One cell, three passes: at 50 under rules that give half for what is not fresh or late, and pay a cell once; at 150 and
    /// 160 under rules that give a quarter and pay twice. The epoch begins at 155.
    @Test func freshnessLatenessAndCreditAreThoseOfThePassesOwnTime() throws {
        let frames = try [
            MadePasses.frame(1, drive: 0, at: 50), MadePasses.frame(2, drive: 1, at: 150),
            MadePasses.frame(3, drive: 2, at: 160),
        ]
        let schedule = ScoreSchedule(
            Self.rules(worth: 500, target: 1),
            changes: [.init(from: UTCTime(milliseconds: 100), rules: Self.rules(worth: 250, target: 2))])
        let passes = Score.passes(of: frames, windowStart: UTCTime(milliseconds: 155), rules: schedule)
        #expect(passes.map(\.freshness) == [1000, 250, 250])
        #expect(passes.map(\.late) == [500, 250, 1000])
        // By the first rules the second pass would have been beyond what is paid in full: 1000 x 250 / 1250 = 200.
        #expect(passes.map(\.credit) == [1000, 250, 250])
        let first = ScoreSchedule(Self.rules(worth: 250, target: 1))
        let before = Score.passes(of: frames, windowStart: UTCTime(milliseconds: 155), rules: first)
        #expect(before.map(\.credit) == [1000, 200, 133])
    }

    /// Whatever the rules change to, a cell earns no more than once above the greatest target, and what was driven before a
    /// change is worth what it was without it.
    @Test func changesBoundWhatACellEarnsAndLeaveThePastAlone() throws {
        for seed in 0..<1000 as Range<UInt64> {
            var numbers = SplitMix64(seed: seed)
            let moment = Int64.random(in: 0...1000, using: &numbers)
            let targets = (0..<2).map { _ in Int64.random(in: 1...4, using: &numbers) }
            let worth = (0..<2).map { _ in Int64.random(in: 0...1000, using: &numbers) }
            let old = Self.rules(worth: worth[0], target: targets[0])
            let schedule = ScoreSchedule(
                old,
                changes: [
                    .init(
                        from: UTCTime(milliseconds: moment),
                        rules: Self.rules(worth: worth[1], target: targets[1]))
                ])
            let frames = try (0..<UInt32.random(in: 1...12, using: &numbers)).map {
                try MadePasses.frame(
                    $0, drive: $0, at: Int64.random(in: 0...1000, using: &numbers),
                    octant: Int64.random(in: 0...1, using: &numbers))
            }
            let start = UTCTime(milliseconds: Int64.random(in: 0...1000, using: &numbers))
            let passes = Score.passes(of: frames, windowStart: start, rules: schedule)
            // Where the target changes, a quotient may be rounded once more.
            let most = 1000 * (max(targets[0], targets[1]) + 1) + 1
            try #require(passes.reduce(0) { $0 + Int64($1.credit) } <= most, "seed \(seed)")
            let without = Score.passes(of: frames, windowStart: start, rules: ScoreSchedule(old))
            for (pass, same) in zip(passes, without) where pass.coveredAt.milliseconds < moment {
                try #require(pass == same, "seed \(seed)")
            }
        }
    }
}
