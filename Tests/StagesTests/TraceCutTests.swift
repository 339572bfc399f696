import Canonical
import DriveFormats
import Foundation
import Geo
import Testing

@testable import Stages

@Suite("TraceCut")
struct TraceCutTests {
    private static func cut(_ fixes: [RawFix], rules: VerifyRules = SampleTrip.verifyRules) -> VerifiedDrive {
        SampleTrip.verified(SampleTrip.ofFrames(fixes), rules: rules)
    }

    @Test(
        "takes one outlier out, wherever it is, and keeps the rest in one part",
        arguments: [0, 1, 10, 18, 19])
    func outlier(place: Int) throws {
        var fixes = SampleTrip.straight(20)
        fixes[place] = SampleTrip.fix(Double(place), east: 111_000)
        let drive = Self.cut(fixes)
        #expect(drive.doubted == [place])
        #expect(drive.trace.parts.map(\.count) == [19])
        #expect(drive.trace.outliers == 1)
        let finding = try #require(try drive.frames[place].get().doubt)
        #expect(finding.rule == .positionImpossibleSpeed)
        #expect(finding.limit == 55_000)
        #expect(finding.unit == "mm/s")
        // 111 km in a second, and up to 380 m to the north: the chord is 1.4 m shorter at most.
        #expect((110_995_000...111_003_000).contains(finding.value ?? 0))
    }

    @Test("takes out as many outliers in a row as it may, and cuts at one more", arguments: 1...8)
    func run(length: Int) {
        var fixes = SampleTrip.straight(30)
        for place in 10..<10 + length {
            fixes[place] = SampleTrip.fix(Double(place), north: Double(place) * 20, east: 2000)
        }
        let drive = Self.cut(fixes)
        if length <= 5 {
            #expect(drive.doubted == Array(10..<10 + length))
            #expect(drive.trace.parts.map(\.count) == [30 - length])
        } else {
            #expect(drive.doubted.isEmpty)
            #expect(drive.trace.parts.map(\.count) == [10, length, 20 - length])
        }
    }

    @Test("takes out outliers that are not even near each other", arguments: 2...5)
    func scattered(length: Int) {
        var fixes = SampleTrip.straight(30)
        for place in 10..<10 + length {
            fixes[place] = SampleTrip.fix(Double(place), east: Double(place % 2 == 0 ? 5000 : -5000))
        }
        let drive = Self.cut(fixes)
        #expect(drive.doubted == Array(10..<10 + length))
        #expect(drive.trace.parts.map(\.count) == [30 - length])
    }

    @Test("gives each outlier a speed above the limit as its reason", arguments: 1...5)
    func reasons(length: Int) throws {
        var fixes = SampleTrip.straight(30)
        // The outliers themselves stand still: only the steps to and from them are impossible.
        for place in 10..<10 + length { fixes[place] = SampleTrip.fix(Double(place), east: 2000) }
        let drive = Self.cut(fixes)
        #expect(drive.doubted.count == length)
        for place in drive.doubted {
            let finding = try #require(try drive.frames[place].get().doubt)
            #expect(finding.value ?? 0 > finding.limit ?? .max)
        }
    }

    @Test("cuts where a jump stays, and keeps both parts")
    func jump() {
        let fixes = (0..<20).map {
            SampleTrip.fix(Double($0), north: Double($0) * 20, east: $0 < 8 ? 0 : 55_000)
        }
        let drive = Self.cut(fixes)
        #expect(drive.doubted.isEmpty)
        #expect(drive.trace.parts.map(\.count) == [8, 12])
    }

    @Test("keeps no part that is too short to vouch for itself", arguments: [1, 2, 3])
    func shortParts(length: Int) {
        let fixes = (0..<20).map { SampleTrip.fix(Double($0), east: $0 < 20 - length ? 0 : 55_000) }
        let drive = Self.cut(fixes)
        #expect(drive.trace.parts.map(\.count) == (length < 3 ? [20 - length] : [17, 3]))
        #expect(drive.doubted == (length < 3 ? Array((20 - length)..<20) : []))
        // Alone it need not: there is nothing to hold it against.
        #expect(Self.cut(SampleTrip.straight(length)).trace.parts.map(\.count) == [length])
    }

    /// 10^-4 degree of latitude are 11,119.508 mm (mpmath), rounded to 11,120.
    @Test(
        "holds a step against speed x time + noise, to the millimetre",
        arguments: [(11_120, true), (11_119, false)])
    func boundary(reach: Int64, connects: Bool) {
        // 4 s x 2,500 mm/s and the rest as noise.
        var rules = SampleTrip.verifyRules
        rules.maxSpeed = 2500
        rules.positionNoise = reach - 10_000
        rules.minPartFixes = 1
        let fixes = [
            SampleTrip.fix(0, latitude: 37.7968769, longitude: -122.4),
            SampleTrip.fix(4, latitude: 37.7969769, longitude: -122.4),
        ]
        #expect(Self.cut(fixes, rules: rules).trace.parts.count == (connects ? 1 : 2))
    }

    @Test("takes equal times for noise, and times in any order for what they are")
    func times() {
        let near = [0, 1, 1, 2].enumerated().map { SampleTrip.fix(Double($1), north: Double($0) * 15) }
        #expect(Self.cut(near).trace.parts.map(\.count) == [4])
        let far = SampleTrip.straight(9) + [SampleTrip.fix(4, north: 80, east: 400)]
        #expect(Self.cut(far).trace.parts.map(\.count).reduce(0, +) == 9)
        #expect(Self.cut(far).trace.outliers == 1)
        let backwards = Self.cut(SampleTrip.straight(9).reversed())
        #expect(backwards.trace.parts.map(\.count) == [9])
        #expect(backwards.trace.parts == Self.cut(SampleTrip.straight(9)).trace.parts)
    }

    @Test(
        "depends on the set of fixes, not on their order",
        arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func order(seed: UInt64) {
        var trips = RandomTrips(seed: seed)
        for round in 0..<150 {
            let fixes = trips.next()
            let drive = Self.cut(fixes)
            let shuffled = trips.shuffled(fixes)
            let other = Self.cut(shuffled.map { fixes[$0] })
            if drive.trace != other.trace { Issue.record("seed \(seed), round \(round): \(fixes)") }
            // Frames that say the same of time and place are alike: compare what became of each such kind.
            let doubted = drive.doubted.map { "\(fixes[$0])" }.sorted()
            let others = other.doubted.map { "\(fixes[shuffled[$0]])" }.sorted()
            if doubted != others { Issue.record("seed \(seed), round \(round): \(doubted), \(others)") }
        }
    }

    @Test("loses no fix, and leaves no impossible step in a part", arguments: [11, 12, 13] as [UInt64])
    func invariants(seed: UInt64) {
        var trips = RandomTrips(seed: seed)
        for round in 0..<150 {
            let fixes = trips.next()
            let drive = Self.cut(fixes)
            let parts = drive.trace.parts
            let kept = parts.map(\.count).reduce(0, +)
            let isShort = parts.count > 1 && parts.contains { $0.count < 3 }
            let isWhole =
                kept + drive.doubted.count == fixes.count && drive.doubted.count == drive.trace.outliers
            if isShort || !isWhole { Issue.record("seed \(seed), round \(round): \(fixes)") }
            for (from, to) in zip(parts, parts.dropFirst()) {
                guard let last = from.last, let first = to.first else { continue }
                if last.speed(to: first) <= 55_000 { Issue.record("seed \(seed), round \(round): no cut") }
            }
            for part in parts {
                for (from, to) in zip(part, part.dropFirst()) {
                    let seconds = Double(to.time.milliseconds - from.time.milliseconds) / 1000
                    let metres = Double(Geodesy.distanceMillimetres(from.position, to.position)) / 1000
                    if seconds < 0 || metres > 55 * seconds + 20.001 {
                        Issue.record("seed \(seed), round \(round): \(metres) m in \(seconds) s")
                    }
                }
            }
            for frame in drive.frames {
                guard let doubt = try? frame.get().doubt else { continue }
                if doubt.value ?? 0 <= 55_000 { Issue.record("seed \(seed), round \(round): \(doubt)") }
            }
        }
    }

    @Test("takes linear time, even where every step is impossible")
    func effort() {
        let fixes = (0..<20_000).map { SampleTrip.fix(Double($0), east: Double($0 % 7) * 10_000) }
        let elapsed = ContinuousClock().measure {
            let drive = Self.cut(fixes)
            #expect(drive.trace.outliers + drive.trace.parts.map(\.count).reduce(0, +) == 20_000)
        }
        // A debug build on a busy core takes about a second; n^2 steps would take hours.
        #expect(elapsed < .seconds(60))
    }
}
