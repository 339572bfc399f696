import Canonical
import Geo
import Imaging
import SeededNumbers
import Testing

@testable import Stages

/// Pictures change exactly if the car moves.
struct ImagerySignalsTests {
    /// A drive of `pictures`, a number each, `metres` apart. Hashes of different numbers are random: about 128 bits apart.
    private static func drive(
        _ pictures: [UInt64], metres: Double, changedBits: Int = 0, quality: Int = 100, every seconds: Int = 1
    ) throws -> [Observation] {
        let plane = try DriveImageryTests.plane(1)
        return try pictures.enumerated().map { number, picture in
            var words = SplitMix64(seed: picture)
            // Some bits differ from frame to frame, as they do when a picture is encoded again.
            let noise = number % 2 == 0 ? 0 : (UInt64(1) << UInt64(changedBits)) &- 1
            let hash = PDQHash(w0: words.next() ^ noise, w1: words.next(), w2: words.next(), w3: words.next())
            return try DriveImageryTests.frame(
                plane, second: number * seconds, metres: Double(number) * metres, pdq: hash, quality: quality)
        }
    }

    private static func flags(_ frames: [Observation], _ rules: PlausibilityRules = PlausibilityTests.rules)
        -> [Finding]
    {
        Plausibility.flags(of: frames, rules: rules)
    }

    @Test func aDrivenDriveHasNone() throws {
        #expect(Self.flags(try Self.drive(Array(0..<60), metres: 8)) == [])
        #expect(Self.flags([]) == [])
    }

    /// 39 of 40 frames show what the first one does.
    @Test(arguments: [0, 12, 31]) func aFrozenPicture(changedBits: Int) throws {
        let frames = try Self.drive([UInt64](repeating: 7, count: 40), metres: 8, changedBits: changedBits)
        #expect(
            Self.flags(frames) == [
                Finding(.traceFrozen, value: 975, limit: 200, unit: "permille of moving frames")
            ])
    }

    @Test func aPictureThatDiffersByMoreIsAnother() throws {
        let frames = try Self.drive([UInt64](repeating: 7, count: 40), metres: 8, changedBits: 32)
        // Every second frame is like those two before it: 38 of 40.
        #expect(Self.flags(frames).first?.value == 950)
    }

    /// Three rounds of ten pictures: 20 of 30 frames.
    @Test func aLoop() throws {
        let frames = try Self.drive((0..<30).map { $0 % 10 }, metres: 8)
        #expect(Self.flags(frames).map(\.rule) == [.traceFrozen])
        #expect(Self.flags(frames).first?.value == 666)
        var rules = PlausibilityTests.rules
        rules.maxLoopPictures = 5
        // Only five pictures are remembered: ten of the frames are found.
        #expect(Self.flags(frames, rules).first?.value == 333)
    }

    /// Who comes by again sees the same again.
    @Test func theSamePlaceShowsTheSamePicture() throws {
        let there = try Self.drive(Array(0..<30), metres: 8)
        let plane = try DriveImageryTests.plane(1)
        let back = try there.reversed().enumerated().map { number, frame in
            try DriveImageryTests.frame(
                plane, second: 100 + number, metres: Double(29 - number) * 8, pdq: frame.image.pdq)
        }
        #expect(Self.flags(there + back) == [])
    }

    @Test func whatTellsNothingIsLeftOut() throws {
        #expect(Self.flags(try Self.drive([UInt64](repeating: 7, count: 19), metres: 8)) == [], "too few")
        #expect(
            Self.flags(try Self.drive([UInt64](repeating: 7, count: 40), metres: 8, quality: 49)) == [],
            "no structure")
        #expect(Self.flags(try Self.drive([UInt64](repeating: 7, count: 90), metres: 0.1)) == [], "it stands")
    }

    @Test func aStandingTraceWithADrivingPicture() throws {
        let frames = try Self.drive(Array(0..<40), metres: 0.1)
        #expect(
            Self.flags(frames) == [
                Finding(.traceMotion, value: 1000, limit: 400, unit: "permille of standing steps")
            ])
        #expect(Self.flags(try Self.drive(Array(0..<20), metres: 0.1)) == [], "19 steps are too few")
        #expect(Self.flags(try Self.drive(Array(0..<40), metres: 0.1, every: 11)) == [], "too long apart")
        // A third of the steps changes: traffic.
        #expect(Self.flags(try Self.drive((0..<40).map { $0 / 3 }, metres: 0.1)) == [])
    }

    @Test func theRulesetSaysWhatFollows() throws {
        let frames = try Self.drive([UInt64](repeating: 7, count: 40), metres: 8)
        var rules = PlausibilityTests.rules
        #expect(Plausibility.refusal(for: Self.flags(frames, rules), rules: rules) == nil)
        rules.frozenAction = 3
        #expect(
            Plausibility.refusal(for: Self.flags(frames, rules), rules: rules)?.finding.rule == .traceFrozen)
        rules.frozenAction = 0
        #expect(Self.flags(frames, rules) == [])
    }

    @Test(arguments: 0..<50 as Range<UInt64>) func orderDecidesNothing(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let pictures = (0..<30).map { _ in UInt64.random(in: 0...12, using: &random) }
        let frames = try Self.drive(pictures, metres: Double.random(in: 0...9, using: &random))
        let expected = Self.flags(frames)
        #expect(Self.flags(frames.shuffled(using: &random)) == expected, "seed \(seed)")
    }
}
