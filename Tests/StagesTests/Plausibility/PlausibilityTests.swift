import Canonical
import DriveFormats
import ForgedTraces
import Testing

@testable import Stages

/// What no honest trace has.
struct PlausibilityTests {
    static let rules = PlausibilityRules(
        teleportAction: 1, accelerationAction: 1, constantSpeedAction: 1, tooSmoothAction: 1, maxTeleports: 0,
        maxAcceleration: 8_000, accelerationTime: 4_000, maxAccelerationStretches: 5, maxConstantSpeed: 500,
        constantSpeedTolerance: 30,
        minDeviation: 50, minMovingSteps: 60, movingSpeed: 2_000, minStepTime: 700,
        frozenAction: 1, motionAction: 1, minImagerySteps: 20, imageryStep: 5_000, samePictureBits: 31,
        minPictureQuality: 50, maxFrozen: 200, maxLoopPictures: 4_096, standingDistance: 1_000,
        standingTime: 10_000,
        otherPictureBits: 80, maxMotion: 400, turningAction: 1, minTurningSteps: 5, minTurn: 800,
        maxTurn: 3_500, turningTime: 3_000, turningShift: 60, minTurning: 300)

    static func flags(_ trace: [RawFix], _ rules: PlausibilityRules = rules) -> [Finding] {
        Plausibility.flags(of: SampleTrip.verified(SampleTrip.ofTrace(trace, frames: [])), rules: rules)
    }

    /// A drive northwards that speeds up and slows down between 5 and 17 m/s, with noise up to `noise` metres.
    static func driven(_ count: Int, noise: Double, seed: UInt64) -> [RawFix] {
        HonestTrips.driven(count, noise: noise, seed: seed, time: SampleTrip.time(0))
    }

    @Test(arguments: 0..<200 as Range<UInt64>) func drivenTracesHaveNone(_ seed: UInt64) {
        #expect(Self.flags(Self.driven(200, noise: 3, seed: seed)) == [], "seed \(seed)")
        #expect(Self.flags(Self.driven(59, noise: 0, seed: seed)) == [], "too short to tell, seed \(seed)")
    }

    @Test func aJumpIsATeleport() {
        let trace = Self.driven(200, noise: 2, seed: 1).enumerated().map { second, fix in
            second < 100 ? fix : fix.moved(east: 5000)
        }
        #expect(
            Self.flags(trace) == [Finding(.traceTeleport, value: 1, limit: 0, unit: "steps")])
        var outlier = Self.driven(200, noise: 2, seed: 2)
        outlier[50] = outlier[50].moved(north: 3000)
        #expect(Self.flags(outlier).map(\.rule) == [.traceTeleport])
        var rules = Self.rules
        rules.maxTeleports = 1
        #expect(Self.flags(outlier, rules) == [])
    }

    @Test func oneSpeedAllTheTimeIsNoDriver() throws {
        // The noise is what rounding to 10^-7 degree makes of it.
        let flags = Self.flags(SampleTrip.straight(120, metresPerSecond: 12))
        #expect(flags.map(\.rule) == [.traceConstantSpeed, .traceTooSmooth])
        let first = try #require(flags.first)
        #expect(first.limit == 500 && first.unit == "permille")
        #expect(try #require(first.value) > 950)
        // Steps of 59 moving seconds are too few.
        #expect(Self.flags(SampleTrip.straight(60, metresPerSecond: 12)) == [])
        // A car that stands is not steady, it stands.
        #expect(Self.flags(SampleTrip.straight(200, metresPerSecond: 1)) == [])
    }

    @Test func aTraceWithoutNoiseIsTooSmooth() {
        let flags = Self.flags(Self.driven(200, noise: 0.01, seed: 3))
        #expect(flags.map(\.rule) == [.traceTooSmooth])
        // A receiver that writes ten fixes a second is not steadier for that.
        let quick = Self.driven(200, noise: 2, seed: 4).flatMap { fix in
            (0..<10).map { tenth in
                var copy = fix
                copy.time = fix.time.map { UTCTime(milliseconds: $0.milliseconds + Int64(tenth) * 100) }
                return copy
            }
        }
        #expect(Self.flags(quick) == [])
    }

    @Test func noCarStopsFromFullSpeedWithinASecond() throws {
        // 45 m/s for a minute, then nothing: over stretches of 4 s that is 45 m/s in 4 s.
        let trace = (0..<120).map { second in
            SampleTrip.fix(Double(second), north: Double(min(second, 60)) * 45)
        }
        var rules = Self.rules
        rules.constantSpeedAction = 0
        rules.tooSmoothAction = 0
        let flag = try #require(Self.flags(trace, rules).first)
        #expect(flag.rule == .traceAcceleration && flag.unit == "mm/s2")
        #expect(abs(try #require(flag.value) - 11_250) < 20)
        // Braking fully, 8 m/s2, is possible.
        let braking = (0..<120).map { second in
            let left = min(max(0, Double(second) - 60), 5.6)
            let north = Double(min(second, 60)) * 45 + 45 * left - 4 * left * left
            return SampleTrip.fix(Double(second), north: north)
        }
        #expect(Self.flags(braking, rules) == [])
    }

    @Test func theRulesetSaysWhatFollows() {
        let drive = SampleTrip.ofTrace(
            SampleTrip.straight(120, metresPerSecond: 12), frames: [1.5, 2.5, 900])
        let verified = SampleTrip.verified(drive)
        let places = Locate.frames(of: verified, rules: SampleTrip.locateRules)
        var rules = Self.rules
        let warned = Plausibility.flags(of: verified, rules: rules)
        #expect(
            Plausibility.apply(warned, to: places, rules: rules).map { $0.finding?.rule } == [
                nil, nil, .positionGap,
            ])
        rules.tooSmoothAction = 3
        let refused = Plausibility.apply(
            Plausibility.flags(of: verified, rules: rules), to: places, rules: rules)
        #expect(
            refused.map { $0.finding?.rule } == [.traceTooSmooth, .traceTooSmooth, .positionGap],
            "what was refused already keeps its reason")
        (rules.tooSmoothAction, rules.constantSpeedAction) = (0, 0)
        #expect(Plausibility.flags(of: verified, rules: rules) == [])
    }

    @Test func nothingTraps() {
        let rules = PlausibilityRules(
            teleportAction: 2, accelerationAction: 2, constantSpeedAction: 2, tooSmoothAction: 2,
            maxTeleports: .max, maxAcceleration: .max, accelerationTime: .max, maxAccelerationStretches: .min,
            maxConstantSpeed: .min,
            constantSpeedTolerance: .min, minDeviation: .max, minMovingSteps: .min, movingSpeed: .min,
            minStepTime: .min, frozenAction: 2, motionAction: 2, minImagerySteps: .min, imageryStep: .min,
            samePictureBits: .max, minPictureQuality: .min, maxFrozen: .min, maxLoopPictures: .max,
            standingDistance: .max, standingTime: .max, otherPictureBits: .min, maxMotion: .min,
            turningAction: 2, minTurningSteps: .min, minTurn: .min,
            maxTurn: .max, turningTime: .max, turningShift: .min, minTurning: .max)
        for seed in 0..<100 as Range<UInt64> {
            var trips = RandomTrips(seed: seed)
            let trip = trips.next()
            _ = Self.flags(trip, rules)
            _ = Self.flags(trip)
        }
        #expect(Self.flags([], rules).isEmpty)
    }
}
