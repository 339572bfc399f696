import Canonical
import DriveFormats
import Foundation
import Geo
import Imaging
import SeededNumbers
import Testing

@testable import Stages

/// A car that turns sees its surroundings move the other way.
struct TurningTests {
    /// Columns of light all around, 360 of them: one a degree.
    private static let panorama: [UInt8] = {
        var random = SplitMix64(seed: 8)
        return (0..<360).map { _ in UInt8.random(in: 30...220, using: &random) }
    }()

    /// Frames 8 m and a second apart whose trace has `headings`, degrees, and whose camera, 64 degrees wide, looks to `views`.
    private static func drive(_ headings: [Int], looking views: [Int], every seconds: Int = 1) throws
        -> [Observation]
    {
        try zip(headings, views).enumerated().map { number, pair in
            let samples = (0..<128 * 64).map { index in panorama[(pair.1 + index % 128 / 2 + 720) % 360] }
            let plane = try #require(LumaPlane(width: 128, height: 64, samples: samples))
            var words = SplitMix64(seed: UInt64(number))
            let hash = PDQHash(w0: words.next(), w1: words.next(), w2: words.next(), w3: words.next())
            let frame = try DriveImageryTests.frame(
                plane, second: number * seconds, metres: Double(number) * 8, pdq: hash)
            let place = Place(
                time: frame.place.time, position: frame.place.position, heading: (pair.0 + 720) % 360 * 100,
                horizontalError: 5_000, basis: .own)
            return Observation(place: place, image: frame.image, quality: frame.quality)
        }
    }

    private static func flags(
        _ frames: [Observation], _ rules: PlausibilityRules = PlausibilityTests.rules
    ) -> [Finding] {
        Plausibility.flags(of: frames, rules: rules)
    }

    /// Straight on, and then turns of ten degrees a frame, to the right where `turn` is 1.
    private static func headings(_ turn: Int) -> [Int] {
        (0..<10).map { _ in 350 } + (1...8).map { 350 + turn * $0 * 10 }
            + (0..<10).map { _ in 350 + turn * 80 }
    }

    @Test(arguments: [1, -1], [0, 90, 180]) func whoTurnsSeesIt(turn: Int, mounting: Int) throws {
        let headings = Self.headings(turn)
        #expect(Self.flags(try Self.drive(headings, looking: headings.map { $0 + mounting })) == [])
    }

    @Test(arguments: [1, -1]) func picturesOfAnotherWay(turn: Int) throws {
        let headings = Self.headings(turn)
        let found = Finding(.traceTurning, value: 0, limit: 300, unit: "permille of turning steps")
        #expect(Self.flags(try Self.drive(headings, looking: Self.headings(-turn))) == [found], "mirrored")
        #expect(
            Self.flags(try Self.drive(headings, looking: headings.map { _ in 7 })) == [found], "straight on")
        // Two of eight turn, which is less than three in ten; three of eight are not.
        func partly(_ count: Int) -> [Int] {
            headings.enumerated().map { $0.offset < 10 + count ? $0.element : headings[9 + count] }
        }
        #expect(Self.flags(try Self.drive(headings, looking: partly(2))).map(\.value) == [250])
        #expect(Self.flags(try Self.drive(headings, looking: partly(3))) == [])
    }

    @Test func whatTellsNothingIsLeftOut() throws {
        let headings = Self.headings(1)
        let wrong = Self.headings(-1)
        #expect(Self.flags(try Self.drive(headings, looking: wrong, every: 4)) == [], "too long apart")
        let few = Array(headings[8..<14])
        #expect(Self.flags(try Self.drive(few, looking: Array(wrong[8..<14]))) == [], "four turning steps")
        let curve = (0..<40).map { $0 * 5 }
        #expect(Self.flags(try Self.drive(curve, looking: curve.map { -$0 })) == [], "a wide curve")
        let corners = (0..<8).map { $0 * 45 }
        #expect(Self.flags(try Self.drive(corners, looking: corners.map { -$0 })) == [], "sharp corners")
        var rules = PlausibilityTests.rules
        rules.turningAction = 0
        #expect(Self.flags(try Self.drive(headings, looking: wrong), rules) == [])
        rules.turningAction = 3
        let refused = Plausibility.refusal(
            for: Self.flags(try Self.drive(headings, looking: wrong), rules), rules: rules)
        #expect(refused?.finding.rule == .traceTurning)
    }
}
