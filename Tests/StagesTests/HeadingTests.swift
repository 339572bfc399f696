import Canonical
import DriveFormats
import Foundation
import Geo
import Testing

@testable import Stages

@Suite("Track finds headings")
struct HeadingTests {
    private static func headings(_ fixes: [RawFix]) throws -> [Int?] {
        try SampleTrip.located(SampleTrip.ofFrames(fixes)).map { try $0.get().heading }
    }

    /// Whether `heading` is `expected` within a tenth of a degree.
    private static func isNear(_ heading: Int?, _ expected: Double) -> Bool {
        guard let heading else { return false }
        return abs((Double(heading) / 100 - expected).remainder(dividingBy: 360)) <= 0.1
    }

    @Test("of a straight drive, at its ends too", arguments: (0..<24).map { Double($0) * 15 })
    func straight(degrees: Double) throws {
        let (north, east) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
        let fixes = (0..<8).map {
            // The receiver's own heading is nonsense, and not believed while the car moves.
            SampleTrip.fix(
                Double($0), north: Double($0) * 10 * north, east: Double($0) * 10 * east, heading: 123)
        }
        for heading in try Self.headings(fixes) {
            #expect(Self.isNear(heading, degrees), "\(String(describing: heading))")
        }
    }

    @Test("of frames between fixes")
    func between() throws {
        let places = SampleTrip.located(
            SampleTrip.ofTrace(
                [SampleTrip.fix(0), SampleTrip.fix(1, east: -20), SampleTrip.fix(2, east: -40)],
                frames: [0.5, 1, 1.5, 1.999]))
        for place in places { #expect(Self.isNear(try place.get().heading, 270)) }
    }

    @Test("around a corner: half way there in it, along the roads before and behind")
    func corner() throws {
        let north = (0...5).map { SampleTrip.fix(Double($0), north: Double($0) * 10) }
        let east = (1...5).map { SampleTrip.fix(Double(5 + $0), north: 50, east: Double($0) * 10) }
        let headings = try Self.headings(north + east)
        for place in 0...4 { #expect(Self.isNear(headings[place], 0)) }
        #expect(Self.isNear(headings[5], 45))
        for place in 6...10 { #expect(Self.isNear(headings[place], 90)) }
    }

    @Test("of a car at a red light: the way it came and goes")
    func redLight() throws {
        let before = (0..<5).map { SampleTrip.fix(Double($0), east: Double($0) * 10) }
        let stop = (5..<65).map { SampleTrip.standing($0, east: 50) }
        let after = (65..<70).map { SampleTrip.fix(Double($0), east: Double($0 - 60) * 10) }
        for heading in try Self.headings(before + stop + after) {
            let heading = try #require(heading)
            #expect((8500...9500).contains(heading))
        }
    }

    @Test("nowhere but in what the receiver says, where the car never moves")
    func standing() throws {
        let still = (0..<20).map {
            SampleTrip.fix(Double($0), north: 0.3 * sin(Double($0)), heading: $0 < 10 ? 200 : nil)
        }
        #expect(try Self.headings(still) == (0..<20).map { $0 < 10 ? 20_000 : nil })
        #expect(try Self.headings([SampleTrip.fix(0)]) == [nil])
        #expect(try Self.headings([SampleTrip.fix(0, heading: 12.34)]) == [1234])
        let trace = [SampleTrip.fix(0), SampleTrip.fix(1, north: 1)]
        #expect(try SampleTrip.located(SampleTrip.ofTrace(trace, frames: [0.5]))[0].get().heading == nil)
    }

    /// 10^-4 degree of latitude are 11,120 mm; see GeodesyTests.
    @Test("from ways no shorter than the least and no longer than the greatest")
    func boundaries() throws {
        let fixes = [
            SampleTrip.fix(0, latitude: 37.7968769, longitude: -122.4),
            SampleTrip.fix(4, latitude: 37.7969769, longitude: -122.4),
        ]
        func headings(least: Int64, greatest: Int64) throws -> [Int?] {
            var rules = SampleTrip.locateRules
            rules.headingDistance = least
            rules.maxGapDistance = greatest
            return try SampleTrip.located(SampleTrip.ofFrames(fixes), locate: rules).map {
                try $0.get().heading
            }
        }
        #expect(try headings(least: 11_120, greatest: 11_120) == [0, 0])
        #expect(try headings(least: 11_121, greatest: 100_000) == [nil, nil])
        #expect(try headings(least: 3000, greatest: 11_119) == [nil, nil])
    }

    @Test("never from the other side of a jump")
    func jump() throws {
        let fixes = (0..<10).map { SampleTrip.fix(Double($0) / 2, east: $0 < 5 ? 0 : 90) }
        #expect(try Self.headings(fixes) == [Int?](repeating: nil, count: 10))
    }

    @Test("across the antimeridian")
    func antimeridian() throws {
        let fixes = (0..<9).map { step -> RawFix in
            let longitude = 179.9996 + Double(step) * 0.0001
            return SampleTrip.fix(
                Double(step), latitude: 10, longitude: longitude >= 180 ? longitude - 360 : longitude)
        }
        #expect(try Self.headings(fixes) == [Int?](repeating: 9000, count: 9))
    }

    @Test("in linear time: a day of standing still, and a trace cut into 20,000 parts")
    func effort() throws {
        let elapsed = ContinuousClock().measure {
            let still = (0..<100_000).map { SampleTrip.fix(Double($0) / 4) }
            #expect(SampleTrip.located(SampleTrip.ofFrames(still)).count == 100_000)
        }
        #expect(elapsed < .seconds(60))
        let cut = ContinuousClock().measure {
            let jumps = (0..<60_000).map { SampleTrip.fix(Double($0), east: $0 / 3 % 2 == 0 ? 0 : 40_000) }
            var rules = SampleTrip.verifyRules
            rules.maxOutliers = 0
            let drive = SampleTrip.verified(SampleTrip.ofFrames(jumps), rules: rules)
            #expect(drive.trace.parts.count == 20_000)
            #expect(Locate.frames(of: drive, rules: SampleTrip.locateRules).count == 60_000)
        }
        // Looked for one by one, the parts cost 600 million steps, minutes in a debug build.
        #expect(cut < .seconds(60))
    }
}
