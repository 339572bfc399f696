import Canonical
import DriveFormats
import Foundation
import Geo

@testable import Stages

/// Drives in metres and seconds from one place and time, and the standard limits.
enum SampleTrip {
    /// 2025-12-15T12:00:00Z.
    static let start: Int64 = 1_765_800_000_000
    static let asOf = UTCTime(milliseconds: start + 86_400_000)
    static let verifyRules = VerifyRules(
        earliestTime: 946_684_800_000, nullIslandE7: 100_000, maxSpeed: 55_000, positionNoise: 20_000,
        maxOutliers: 5, minPartFixes: 3)
    static let locateRules = LocateRules(
        maxGapTime: 10_000, maxGapDistance: 100_000, headingDistance: 3_000, errorPerHDOP: 3_000,
        unknownHDOP: 99_000)

    static let sourceRules = SourceRules(
        maxTimeDifference: 2_000, maxPositionDifference: 60_000, minClockWitnesses: 5,
        minClockAgreement: 667, maxClockRival: 500, witnessDistance: 20_000, minStuckFrames: 3,
        traceMargin: 60_000, maxClockWitnesses: 300, clockWindow: 5, maxWitnessFixes: 200,
        minClockPresence: 500, minClockMatch: 500, minStuckClock: 500)

    /// Metres of one degree of latitude on a sphere of 6,371,008.8 m.
    private static let metresPerDegree = 111_194.926_6
    private static let latitude = 37.8
    private static let longitude = -122.4

    static func time(_ seconds: Double) -> UTCTime {
        UTCTime(milliseconds: start + Int64((seconds * 1000).rounded()))
    }

    /// A fix `north` and `east` of the origin, in metres.
    static func fix(_ seconds: Double, north: Double = 0, east: Double = 0, heading: Double? = nil) -> RawFix
    {
        RawFix(
            time: time(seconds), latitude: latitude + north / metresPerDegree,
            longitude: longitude + east / (metresPerDegree * cos(latitude * .pi / 180)), heading: heading)
    }

    /// A fix of a car that stands still `east` of the origin, 0.3 m beside it, with a heading that means nothing.
    static func standing(_ second: Int, east: Double = 0) -> RawFix {
        let jitter = Double(second) * 2.4
        return fix(
            Double(second), north: 0.3 * sin(jitter), east: east + 0.3 * cos(jitter),
            heading: Double(second * 77 % 360))
    }

    /// A fix in degrees.
    static func fix(_ seconds: Double, latitude: Double, longitude: Double) -> RawFix {
        RawFix(time: time(seconds), latitude: latitude, longitude: longitude)
    }

    /// `count` fixes northwards, one a second.
    static func straight(_ count: Int, metresPerSecond: Double = 20) -> [RawFix] {
        (0..<count).map { fix(Double($0), north: Double($0) * metresPerSecond) }
    }

    /// A drive whose frames carry `fixes`.
    static func ofFrames(_ fixes: [RawFix]) -> RawDrive {
        RawDrive(device: nil, frames: fixes.enumerated().map { frame($0, fix: $1) })
    }

    /// A drive with the trace `fixes`, and a frame without position at each of `seconds`.
    static func ofTrace(_ fixes: [RawFix], frames seconds: [Double]) -> RawDrive {
        RawDrive(
            device: nil,
            frames: seconds.enumerated().map { frame($0, at: time($1)) }, trace: fixes)
    }

    static func frame(_ number: Int, fix: RawFix? = nil, at time: UTCTime? = nil) -> RawFrame {
        RawFrame(source: ByteSource(path: "\(number).jpg"), fix: fix, capturedAt: time)
    }

    static func verified(_ drive: RawDrive, rules: VerifyRules = verifyRules, asOf: UTCTime = asOf)
        -> VerifiedDrive
    {
        Verify.drive(
            drive, asOf: asOf, rules: DriveRules(verify: rules, locate: locateRules, sources: sourceRules))
    }

    static func located(
        _ drive: RawDrive, verify: VerifyRules = verifyRules, locate: LocateRules = locateRules
    ) -> [Result<Place, Refusal>] {
        Locate.frames(of: verified(drive, rules: verify), rules: locate)
    }
}

extension VerifiedDrive {
    /// The frames whose own position is not believed.
    var doubted: [Int] {
        frames.indices.filter { (try? frames[$0].get())?.doubt != nil }
    }

    /// Why frame `index` was refused.
    func refusal(_ index: Int) -> Finding? { frames[index].finding }
}

extension Result where Failure == Refusal {
    /// Why there is no success.
    var finding: Finding? {
        if case .failure(let refusal) = self { refusal.finding } else { nil }
    }
}
