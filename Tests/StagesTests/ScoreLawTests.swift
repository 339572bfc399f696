import Canonical
import Geo
import SeededNumbers
import Testing

@testable import Stages

/// Laws of scoring, each on a thousand made epochs. The seed of a case that fails is in the message.
@Suite("Laws of scoring")
struct ScoreLawTests {
    private func check(
        _ law: (inout MadePasses, inout SplitMix64) throws -> Bool,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        for seed in 0..<1000 as Range<UInt64> {
            var numbers = SplitMix64(seed: seed)
            var made = try MadePasses(&numbers)
            try #require(try law(&made, &numbers), "seed \(seed)", sourceLocation: location)
        }
    }

    @Test("the order of frames and history, and frames given twice, change nothing")
    func order() throws {
        try check { made, numbers in
            let before = made.passes()
            made.frames.shuffle(using: &numbers)
            made.history.shuffle(using: &numbers)
            made.frames += made.frames.prefix(3)
            return made.passes() == before
        }
    }

    @Test("more frames of the same quality earn the same: doubling the frame rate pays nothing")
    func frameRate() throws {
        try check { made, _ in
            let before = made.passes().map(\.points)
            // Between a frame and the next one of its pass, another.
            made.frames += made.frames.map { frame in
                CreditedFrame(
                    frame: frame.frame + 1000, drive: frame.drive,
                    capturedAt: UTCTime(milliseconds: frame.capturedAt.milliseconds + 1),
                    coverage: frame.coverage, quality: frame.quality)
            }
            return made.passes().map(\.points) == before
        }
    }

    @Test("whose drives they are changes nothing: many accounts earn together what one would")
    func identity() throws {
        try check { made, numbers in
            // Passes know drives and no contributors; renaming drives in their order is all an account could do.
            let before = made.points
            made.trust += made.trust
            let from = UInt32.random(in: 0...6, using: &numbers)
            made.frames = made.frames.map {
                CreditedFrame(
                    frame: $0.frame, drive: $0.drive + ($0.drive >= from ? 6 : 0), capturedAt: $0.capturedAt,
                    coverage: $0.coverage, quality: $0.quality)
            }
            return made.points == before
        }
    }

    @Test("cutting a drive in two earns nothing where a cell just covered is worth nothing")
    func cutting() throws {
        try check { made, numbers in
            made.rules.freshness = Curve(from: 0, to: 1000, over: MadePasses.week)
            // Where a cell is saturated, credit moves between passes of different quality as well.
            made.rules.redundancyTarget = 1000
            let before = made.points
            // Even numbers for what was there, so that the second part stands beside its drive where times are equal.
            made.trust = made.trust.flatMap { [$0, $0] }
            let at = UTCTime(milliseconds: Int64.random(in: 0...8, using: &numbers) * MadePasses.week / 8)
            let drive = UInt32.random(in: 0..<6, using: &numbers)
            let cut = made.frames.map {
                CreditedFrame(
                    frame: $0.frame, drive: 2 * $0.drive + ($0.drive == drive && $0.capturedAt >= at ? 1 : 0),
                    capturedAt: $0.capturedAt, coverage: $0.coverage, quality: $0.quality)
            }
            // A part is worth what passes of as much time between them are, and at most one of each cell and octant is cut.
            let gaps = Set(made.frames.filter { $0.drive == drive }.map(\.coverage)).reduce(Int64(0)) {
                sum, coverage in
                let own = made.frames.filter { $0.drive == drive && $0.coverage == coverage }.map(
                    \.capturedAt)
                guard let first = own.min(), let next = own.filter({ $0 >= at }).min() else { return sum }
                return sum + made.rules.freshness.value(at: max(0, first.milliseconds(until: next)))
            }
            made.frames = cut
            return made.points <= before + UInt64(gaps) * 1000 + 6
        }
    }

    @Test("the credit of a cell is at most the target and one more, however many pass")
    func redundancy() throws {
        try check { made, numbers in
            for index in 0..<UInt32.random(in: 0...60, using: &numbers) {
                made.frames.append(
                    try MadePasses.frame(
                        2000 + index, drive: index % 6, at: Int64(index) * 1000,
                        octant: Int64.random(in: 0..<8, using: &numbers)))
            }
            var credits: [Geohash: Int64] = [:]
            for pass in made.passes() { credits[pass.coverage.cell, default: 0] += Int64(pass.credit) }
            return credits.values.allSatisfy { $0 <= 1000 * (made.rules.redundancyTarget + 1) }
        }
    }

    @Test("a pass that is better, fresher, less late or more trusted is not worth less")
    func monotonicity() throws {
        try check { made, numbers in
            guard let index = made.frames.indices.randomElement(using: &numbers) else { return true }
            let before = made.points
            let frame = made.frames[index]
            var better = made
            better.frames[index] = CreditedFrame(
                frame: frame.frame, drive: frame.drive, capturedAt: frame.capturedAt,
                coverage: frame.coverage, quality: min(1000, frame.quality + 250))
            var trusted = made
            trusted.trust[Int(frame.drive)] = min(1000, trusted.trust[Int(frame.drive)] + 250)
            var earlier = made
            earlier.windowStart = UTCTime(milliseconds: made.windowStart.milliseconds - MadePasses.week / 4)
            var forgotten = made
            forgotten.history = []
            // Without history every single pass is at least as fresh; what is left of it may be less.
            let fresher = zip(made.passes(), forgotten.passes()).allSatisfy { $0.freshness <= $1.freshness }
            return better.points >= before && trusted.points >= before && earlier.points >= before && fresher
        }
    }

    @Test("late and out-of-order uploads give the numbers that in-order ones give")
    func batches() throws {
        try check { made, numbers in
            // The epoch is scored once, from a set: where the cut between two batches lies is not in it.
            let whole = made.passes()
            let cut = Int.random(in: 0...made.frames.count, using: &numbers)
            made.frames = Array(made.frames[cut...] + made.frames[..<cut])
            return made.passes() == whole
        }
    }
}
