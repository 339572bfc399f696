import Canonical
import DriveFormats
import ForgedTraces
import SeededNumbers
import Testing

@testable import Stages

/// Drives that collide with each other.
struct TraceCollisionsTests {
    static let rules = CollisionRules(
        twoPlacesDistance: 200_000, sameCarDistance: 20_000, minShare: 900, minMoments: 60, minWay: 300_000,
        maxGapTime: 10_000, replayStep: 4_000, replayPrecision: 7, minReplayWindows: 3, replayWindowsPart: 3)

    /// The drive `name` with these fixes, received `received` seconds behind the others' beginning.
    static func trace(
        _ name: String, _ fixes: [RawFix], by contributor: String = "ada", device: String? = nil,
        received: Double = 90_000
    ) -> ComparedTrace {
        let verified = SampleTrip.verified(
            SampleTrip.ofTrace(fixes, frames: []), asOf: UTCTime(milliseconds: .max))
        return ComparedTrace(
            drive: name, contributor: contributor, device: device, receivedAt: SampleTrip.time(received),
            parts: verified.trace.parts.map { part in
                part.map { TracePoint(time: $0.time, position: $0.position) }
            })
    }

    static func found(_ traces: [ComparedTrace], _ rules: CollisionRules = rules) -> [TraceCollision] {
        TraceCollisions.all(among: traces, rules: rules)
    }

    @Test func oneAccountInTwoPlaces() throws {
        let here = PlausibilityTests.driven(200, noise: 2, seed: 1)
        let there = PlausibilityTests.driven(200, noise: 2, seed: 2).map { $0.moved(east: 5000) }
        let collisions = Self.found([
            Self.trace("b", there, received: 95_000), Self.trace("a", here),
            Self.trace("c", there, by: "ben"),
        ])
        let first = try #require(collisions.first { $0.kind == .twoPlaces })
        #expect(first.kind == .twoPlaces && first.earlier == "a" && first.later == "b")
        #expect(first.share == 1000 && first.delay == 0 && first.distance > 4_900_000)
        // Ben's is the same as ada's b, and received first.
        #expect(collisions.map(\.kind) == [.oneCar, .twoPlaces])
        #expect(collisions.contains { $0.kind == .oneCar && $0.earlier == "c" && $0.later == "b" })
    }

    @Test func oneCameraInTwoPlaces() {
        let here = PlausibilityTests.driven(200, noise: 2, seed: 1)
        let there = here.map { $0.moved(east: 5000) }
        #expect(
            Self.found([
                Self.trace("a", here, device: "Bee #7"), Self.trace("b", there, by: "ben", device: "Bee #7"),
            ]).map(\.kind) == [.twoPlaces])
        #expect(
            Self.found([Self.trace("a", here), Self.trace("b", there, by: "ben")]) == [],
            "two people may drive at one time")
    }

    @Test func twoAccountsInOneCar() {
        let drive = PlausibilityTests.driven(200, noise: 2, seed: 3)
        let other = Forgery.replayed(drive, after: 0, noise: 5)
        let collisions = Self.found([Self.trace("x", drive), Self.trace("y", other, by: "ben")])
        #expect(collisions.map(\.kind) == [.oneCar])
        #expect(collisions.first?.earlier == "x")
        // Two cars that stand beside each other are two cars.
        let standing = (0..<300).map { SampleTrip.standing($0) }
        #expect(Self.found([Self.trace("x", standing), Self.trace("y", standing, by: "ben")]) == [])
        // One that passes the other, too.
        let passing = drive.map { $0.moved(north: 300) }
        #expect(Self.found([Self.trace("x", drive), Self.trace("y", passing, by: "ben")]) == [])
    }

    @Test(arguments: [3600, 86_400, 12_345_678] as [Int64], [0.0, 3]) func aReplay(
        after: Int64, noise: Double
    ) throws {
        let drive = PlausibilityTests.driven(400, noise: 2, seed: 4)
        let copy = Forgery.replayed(drive, after: after, noise: noise)
        let again = PlausibilityTests.driven(400, noise: 2, seed: 5).map { fix in
            Forgery.replayed([fix], after: 7200)[0]
        }
        let collisions = Self.found([
            Self.trace("copy", copy, by: "eve", received: Double(after) + 100_000),
            Self.trace("first", drive),
            Self.trace("honest", again, by: "ben", received: 100_000),
        ])
        #expect(collisions.map(\.kind) == [.replayed])
        let replay = try #require(collisions.first)
        #expect(replay.earlier == "first" && replay.later == "copy")
        #expect(abs(replay.delay - after * 1000) <= 1000)
    }

    @Test func theRulesetSaysWhatIsCompared() {
        let drive = PlausibilityTests.driven(400, noise: 2, seed: 4)
        var rules = Self.rules
        let copy = Forgery.replayed(drive, after: 3600, noise: 3)
        let replay = [Self.trace("a", drive), Self.trace("b", copy, by: "eve", received: 100_000)]
        #expect(Self.found(replay, rules).map(\.kind) == [.replayed])
        rules.minReplayWindows = 1000
        #expect(Self.found(replay, rules) == [], "no drive has so many windows")
        // A fix every five seconds is interpolated, or not.
        let sparse = drive.enumerated().filter { $0.offset % 5 == 0 }.map(\.element)
        let car = [Self.trace("a", sparse), Self.trace("b", drive, by: "ben")]
        rules.minMoments = 100
        #expect(Self.found(car, rules).map(\.kind) == [.oneCar])
        rules.maxGapTime = 4_999
        #expect(Self.found(car, rules) == [], "80 moments are left")
    }

    /// Whatever order the drives come in, the same is found.
    @Test(arguments: 0..<30 as Range<UInt64>) func orderDecidesNothing(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let drive = PlausibilityTests.driven(300, noise: 2, seed: seed)
        let traces = [
            Self.trace("a", drive), Self.trace("b", Forgery.replayed(drive, after: 0, noise: 3), by: "ben"),
            Self.trace("c", Forgery.replayed(drive, after: 5000, noise: 3), by: "cleo"),
            Self.trace("d", drive.map { $0.moved(east: 900) }),
        ]
        let expected = Self.found(traces)
        #expect(!expected.isEmpty)
        #expect(Self.found(traces.shuffled(using: &random)) == expected, "seed \(seed)")
    }

    @Test func nothingTraps() {
        let times: [Int64] = [.min, .max, 0, .min + 1]
        for seed in 0..<60 as Range<UInt64> {
            var trips = RandomTrips(seed: seed)
            let traces = (0..<4).map { number -> ComparedTrace in
                let points = trips.next().enumerated().map { index, fix in
                    TracePoint(
                        time: UTCTime(
                            milliseconds: seed % 2 == 0 ? fix.time?.milliseconds ?? 0 : times[index % 4]),
                        position: SampleTrip.verified(SampleTrip.ofTrace([fix], frames: [])).trace.parts[0][0]
                            .position)
                }
                return ComparedTrace(
                    drive: "\(number)", contributor: "a", device: nil, receivedAt: UTCTime(milliseconds: 0),
                    parts: [points.sorted { $0.time < $1.time }, []])
            }
            _ = Self.found(traces)
        }
        #expect(Self.found([]) == [])
    }
}
