import Canonical
import DriveFormats
import Geo
import Testing

@testable import Stages

@Suite("Locate")
struct LocateTests {
    private static func places(
        _ trace: [RawFix], at seconds: [Double], locate: LocateRules = SampleTrip.locateRules
    )
        -> [Result<Place, Refusal>]
    {
        SampleTrip.located(SampleTrip.ofTrace(trace, frames: seconds), locate: locate)
    }

    private static func coordinate(_ fix: RawFix) -> Coordinate? {
        Coordinate(latitude: fix.latitude, longitude: fix.longitude)
    }

    @Test("places frames on the line between two fixes, in proportion to time")
    func interpolation() throws {
        let trace = [
            SampleTrip.fix(0, latitude: 50, longitude: 8),
            SampleTrip.fix(4, latitude: 50.0004, longitude: 7.9996),
        ]
        let places = try Self.places(trace, at: [0, 1, 2, 3.5, 4]).map { try $0.get() }
        #expect(
            places.map(\.position.description) == [
                "50.0000000,8.0000000", "50.0001000,7.9999000", "50.0002000,7.9998000",
                "50.0003500,7.9996500", "50.0004000,7.9996000",
            ])
        #expect(places.allSatisfy { $0.basis == .trace })
        #expect(places.map(\.time) == [0, 1, 2, 3.5, 4].map(SampleTrip.time))
    }

    @Test("interpolates over 10 s, and not over a millisecond more")
    func gapTime() throws {
        func middle(_ seconds: Double) -> Result<Place, Refusal>? {
            Self.places([SampleTrip.fix(0), SampleTrip.fix(seconds, north: 50)], at: [seconds / 2]).first
        }
        #expect(try middle(10)?.get().basis == .trace)
        #expect(
            middle(10.001)?.finding == Finding(.positionGap, value: 10_001, limit: 10_000, unit: "ms"))
    }

    /// 10^-4 degree of latitude are 11,120 mm; see GeodesyTests.
    @Test("interpolates over the longest way, and not over a millimetre more")
    func gapDistance() throws {
        let trace = [
            SampleTrip.fix(0, latitude: 37.7968769, longitude: -122.4),
            SampleTrip.fix(4, latitude: 37.7969769, longitude: -122.4),
        ]
        var rules = SampleTrip.locateRules
        rules.maxGapDistance = 11_120
        #expect(try Self.places(trace, at: [2], locate: rules)[0].get().basis == .trace)
        rules.maxGapDistance = 11_119
        #expect(
            Self.places(trace, at: [2], locate: rules)[0].finding
                == Finding(.positionGap, value: 11_120, limit: 11_119, unit: "mm"))
        // On a fix there is nothing to interpolate.
        #expect(Self.places(trace, at: [0, 4], locate: rules).allSatisfy { $0.finding == nil })
    }

    @Test("places nothing before the first fix or after the last")
    func outside() throws {
        let places = Self.places(SampleTrip.straight(3), at: [-0.001, 0, 2, 2.001])
        #expect(
            places[0].finding
                == Finding(
                    .positionGap, value: 1, limit: 0, unit: "ms", message: "before the trace begins"))
        #expect(places[1].finding == nil && places[2].finding == nil)
        #expect(
            places[3].finding
                == Finding(.positionGap, value: 1, limit: 0, unit: "ms", message: "after the trace ends"))
    }

    @Test("says that a trace without a usable fix is none")
    func nothingUsable() {
        let places = Self.places([SampleTrip.fix(0, latitude: 0, longitude: 0)], at: [0])
        #expect(places[0].finding?.rule == .positionMissing)
    }

    @Test("does not interpolate over a jump, and says what is wrong with it")
    func jump() throws {
        // 90 m in half a second: neither a long gap nor a far one.
        let trace = (0..<8).map { step in
            SampleTrip.fix(Double(step) / 2, north: Double(step), east: step < 4 ? 0 : 90)
        }
        let finding = try #require(Self.places(trace, at: [1.75])[0].finding)
        #expect(finding.rule == .positionImpossibleSpeed)
        #expect(finding.limit == 55_000)
        #expect((179_000...181_000).contains(finding.value ?? 0))
        let long = (0..<8).map { SampleTrip.fix(Double($0), east: $0 < 4 ? 0 : 5000) }
        #expect(Self.places(long, at: [3.5])[0].finding?.rule == .positionGap)
    }

    @Test("refuses no frame for a value within its limit", arguments: [1, 2, 3, 4] as [UInt64])
    func reasons(seed: UInt64) {
        var trips = RandomTrips(seed: seed)
        var refused = 0
        for round in 0..<150 {
            let trace = trips.next()
            let places = Self.places(trace, at: (-2..<60).map { Double($0) * 0.7 })
            for (number, place) in places.enumerated() {
                guard let finding = place.finding, let value = finding.value else { continue }
                refused += 1
                if value <= finding.limit ?? .max {
                    Issue.record("seed \(seed), round \(round), frame \(number): \(finding)")
                }
            }
        }
        #expect(refused > 500)
    }

    @Test("interpolates over the antimeridian, both ways")
    func antimeridian() throws {
        let trace = [
            SampleTrip.fix(0, latitude: 0.1, longitude: 179.9999),
            SampleTrip.fix(4, latitude: 0.1, longitude: -179.9999),
        ]
        let east = try Self.places(trace, at: [1, 2, 3]).map { try $0.get().position.longitudeE7 }
        #expect(east == [1_799_999_500, -1_800_000_000, -1_799_999_500])
        let back = zip(trace, trace.reversed()).map { fix, other in
            RawFix(time: fix.time, latitude: other.latitude, longitude: other.longitude)
        }
        let west = try Self.places(back, at: [1, 2, 3]).map { try $0.get().position.longitudeE7 }
        #expect(west == [-1_799_999_500, -1_800_000_000, 1_799_999_500])
    }

    @Test("takes the greater error of the two fixes, or the one that is known")
    func errors() throws {
        func error(_ left: Double?, _ right: Double?) throws -> Int64? {
            var trace = SampleTrip.straight(2)
            trace[0].horizontalError = left
            trace[1].horizontalError = right
            return try Self.places(trace, at: [0.5])[0].get().horizontalError
        }
        #expect(try error(3, 5) == 5000)
        #expect(try error(5, 3) == 5000)
        #expect(try error(nil, 3) == 3000)
        #expect(try error(5, nil) == 5000)
        #expect(try error(nil, nil) == nil)
    }

    @Test("repairs a frame whose own position is impossible from the frames around it")
    func repair() throws {
        var fixes = SampleTrip.straight(9)
        fixes[4] = SampleTrip.fix(4, east: 400)
        let places = try SampleTrip.located(SampleTrip.ofFrames(fixes)).map { try $0.get() }
        #expect(places.map(\.basis) == (0..<9).map { $0 == 4 ? .repaired : .own })
        let expected = try #require(Self.coordinate(SampleTrip.fix(4, north: 80)))
        #expect(Geodesy.distanceMillimetres(places[4].position, expected) <= 12)
    }

    @Test("refuses such a frame for its own fault where there is nothing to repair it from")
    func noRepair() throws {
        var fixes = SampleTrip.straight(9)
        fixes[8] = SampleTrip.fix(8, east: 400)
        let finding = try #require(SampleTrip.located(SampleTrip.ofFrames(fixes))[8].finding)
        #expect(finding.rule == .positionImpossibleSpeed)
        #expect(finding.value ?? 0 > 55_000)
    }

    @Test("takes a frame's own position where the trace has a hole")
    func ownInHole() throws {
        var drive = SampleTrip.ofTrace(
            [SampleTrip.fix(0), SampleTrip.fix(1), SampleTrip.fix(60, north: 600)], frames: [0.5, 30, 31])
        drive.frames[0].fix = SampleTrip.fix(0.5, north: 7)
        drive.frames[1].fix = SampleTrip.fix(30, north: 300)
        let places = SampleTrip.located(drive)
        #expect(try places[0].get().basis == .trace)
        #expect(try places[1].get().basis == .own)
        #expect(try places[1].get().position == Self.coordinate(SampleTrip.fix(30, north: 300)))
        #expect(places[2].finding?.rule == .positionGap)
    }

    @Test("refuses a frame in a hole for what is wrong with its own position")
    func doubtInHole() {
        var drive = SampleTrip.ofTrace([SampleTrip.fix(0), SampleTrip.fix(60)], frames: [30])
        drive.frames[0].fix = SampleTrip.fix(30, latitude: 91, longitude: 0)
        #expect(SampleTrip.located(drive)[0].finding?.rule == .positionOutOfRange)
    }
}
