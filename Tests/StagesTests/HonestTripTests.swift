import Canonical
import DriveFormats
import Foundation
import Geo
import Testing

@testable import Stages

/// What honest cars do: none of it may cost them a frame.
@Suite("Honest trips lose nothing")
struct HonestTripTests {
    private static func expectWhole(_ fixes: [RawFix], _ location: SourceLocation = #_sourceLocation) {
        let drive = SampleTrip.verified(SampleTrip.ofFrames(fixes))
        #expect(drive.trace.parts.map(\.count) == [fixes.count], sourceLocation: location)
        #expect(drive.doubted.isEmpty, sourceLocation: location)
        let places = Locate.frames(of: drive, rules: SampleTrip.locateRules)
        #expect(places.allSatisfy { $0.finding == nil }, sourceLocation: location)
    }

    @Test("a U-turn at 44 m per frame (80 km/h, one frame in two seconds)")
    func turn() {
        let there = (0..<10).map { SampleTrip.fix(Double($0) * 2, north: Double($0) * 44) }
        let back = (10..<20).map { SampleTrip.fix(Double($0) * 2, north: Double(19 - $0) * 44, east: 8) }
        Self.expectWhole(there + back)
    }

    @Test("three rounds of a roundabout of 12 m radius")
    func roundabout() {
        let fixes = (0..<30).map { step -> RawFix in
            let angle = Double(step) * 10 / 12
            return SampleTrip.fix(Double(step), north: 12 * sin(angle), east: 12 * cos(angle))
        }
        Self.expectWhole(fixes)
    }

    @Test("a tunnel of 2 km without a fix")
    func tunnel() {
        let before = (0..<10).map { SampleTrip.fix(Double($0), north: Double($0) * 25) }
        let after = (90..<100).map { SampleTrip.fix(Double($0), north: Double($0) * 25) }
        Self.expectWhole(before + after)
    }

    @Test("a minute at a red light with 0.3 m of jitter and wild headings")
    func redLight() {
        Self.expectWhole((0..<60).map { SampleTrip.standing($0) })
    }

    @Test("a drive over the antimeridian, both ways")
    func antimeridian() {
        let east = (0..<20).map { step -> RawFix in
            let longitude = 179.999 + Double(step) * 0.0001
            return SampleTrip.fix(
                Double(step), latitude: -16.8, longitude: longitude >= 180 ? longitude - 360 : longitude)
        }
        Self.expectWhole(east)
        let west = zip(east, east.reversed()).map { fix, other in
            RawFix(time: fix.time, latitude: other.latitude, longitude: other.longitude)
        }
        Self.expectWhole(west)
    }

    @Test("a walk round the pole")
    func pole() {
        let fixes = (0..<20).map { step in
            SampleTrip.fix(Double(step), latitude: 89.9999, longitude: Double(step) * 18 - 180)
        }
        Self.expectWhole(fixes)
    }

    @Test("a motorway at 190 km/h, and a ferry at night")
    func fastAndSlow() {
        Self.expectWhole(SampleTrip.straight(60, metresPerSecond: 52.7))
        Self.expectWhole((0..<8).map { SampleTrip.fix(Double($0) * 3600, north: Double($0) * 30_000) })
    }

    /// 20 m of noise on either side of the road, in turn.
    @Test("a street canyon whose fixes jump by 20 m")
    func canyon() {
        let fixes = (0..<40).map {
            SampleTrip.fix(Double($0), north: Double($0) * 8, east: $0 % 2 == 0 ? -10 : 10)
        }
        Self.expectWhole(fixes)
    }

    /// github.com/iwcyou/mapinference-gis12-upgrade: shuttle buses between buildings. Where it is present.
    @Test(
        "the shuttle buses of Chicago",
        .enabled(
            if: ProcessInfo.processInfo.environment["WAGGLE_SHARED_DATA"] != nil,
            "WAGGLE_SHARED_DATA is not set"))
    func chicago() throws {
        let folder = try #require(ProcessInfo.processInfo.environment["WAGGLE_SHARED_DATA"])
        let text = try String(contentsOfFile: folder + "/traces/uic-chicago.csv", encoding: .utf8)
        var trips: [Substring: [RawFix]] = [:]
        for row in text.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = row.split(separator: ",")
            let seconds = try #require(Double(fields[1]))
            trips[fields[0], default: []].append(
                RawFix(
                    time: UTCTime(milliseconds: Int64((seconds * 1000).rounded())),
                    latitude: try #require(Double(fields[2])), longitude: try #require(Double(fields[3]))))
        }
        #expect(trips.count == 889)
        let fixes = trips.values.map(\.count).reduce(0, +)
        #expect(fixes == 118_364)
        let drives = trips.values.map { SampleTrip.verified(SampleTrip.ofFrames($0)) }
        #expect(drives.map(\.trace.refused).reduce(0, +) == 0)
        // Honest noise, taken out fix by fix: fewer than one in a thousand.
        #expect(drives.map(\.trace.outliers).reduce(0, +) * 1000 < fixes)
    }
}
