import Canonical
import DriveFormats
import Foundation
import Geo
import Imaging
import Testing

@testable import Stages

private let folder = ProcessInfo.processInfo.environment["WAGGLE_SHARED_DATA"]

/// 70 frames of a dashcam that turns at one junction, with their own trace and with others laid under them.
@Suite("Turns of a real drive", .enabled(if: folder != nil, "WAGGLE_SHARED_DATA is not set"))
struct RealTurningTests {
    /// The drive's frames: their time, where they were taken, and what the picture says.
    private static let frames = Result {
        try read()
    }

    private static func read() throws -> [(fix: RawFix, image: ImageMeasurement)] {
        let directory = try #require(folder) + "/drives/bee-sf"
        return try FileManager.default.contentsOfDirectory(atPath: directory).sorted().compactMap { name in
            let parts = name.replacing(".jpg", with: "").split(separator: "_")
            guard name.hasSuffix(".jpg"), parts.count == 3, let time = Int64(parts[0]),
                let latitude = Double(parts[1]), let longitude = Double(parts[2])
            else { return nil }
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)")))
            let fix = RawFix(time: UTCTime(milliseconds: time), latitude: latitude, longitude: longitude)
            let image = try Measure.image(
                bytes, rules: MeasureTests.rules, duplicates: StandstillTests.rules)
            return (fix, image)
        }
    }

    /// The value of the flag of `images` on the places of `fixes`; nil where there is none.
    private static func flag(_ images: [ImageMeasurement], at fixes: [RawFix]) throws -> Int64? {
        let drive = SampleTrip.verified(
            SampleTrip.ofFrames(fixes), asOf: UTCTime(milliseconds: 2_000_000_000_000))
        let observed = zip(images, Locate.frames(of: drive, rules: SampleTrip.locateRules)).compactMap {
            image, place in
            (try? place.get()).flatMap {
                try? Measure.observation(of: image, at: $0, rules: MeasureTests.rules)
            }
        }
        #expect(observed.count == images.count)
        return Plausibility.flags(of: observed, rules: PlausibilityTests.rules)
            .first { $0.rule == .traceTurning }?.value
    }

    @Test func itsOwnTraceFitsAndItsMirrorImageDoesNot() throws {
        let frames = try Self.frames.get()
        try #require(frames.count == 70)
        let (images, fixes) = (frames.map(\.image), frames.map(\.fix))
        #expect(try Self.flag(images, at: fixes) == nil)
        // East and west exchanged: the same way with every turn to the other side.
        let middle = fixes[0].longitude
        let mirrored = fixes.map {
            RawFix(time: $0.time, latitude: $0.latitude, longitude: 2 * middle - $0.longitude)
        }
        #expect(try Self.flag(images, at: mirrored) == 0)
    }

    /// Frames every 8 m along `fixes`, as many at a time as there are images.
    private static func places(along fixes: [RawFix], count: Int) -> [[Place]] {
        let trace = SampleTrip.verified(RawDrive(device: nil, frames: [], trace: fixes)).trace.parts.joined()
        var (way, times): (Int64, [Double]) = (0, [])
        for (from, to) in zip(trace, trace.dropFirst()) {
            let step = Geodesy.distanceMillimetres(from.position, to.position)
            let elapsed = from.time.milliseconds(until: to.time)
            while step > 0, Int64(times.count) * 8_000 < way + step {
                let part = elapsed * (Int64(times.count) * 8_000 - way) / step
                times.append(Double(from.time.milliseconds + part - SampleTrip.start) / 1000)
            }
            way += step
        }
        let drive = SampleTrip.verified(SampleTrip.ofTrace(fixes, frames: times))
        let places = Locate.frames(of: drive, rules: SampleTrip.locateRules).compactMap { try? $0.get() }
        return stride(from: 0, through: places.count - count, by: count).map {
            Array(places[$0..<$0 + count])
        }
    }

    /// The same pictures under the stretches of every tenth bus trip of Chicago that turn often enough. Pictures of a straight
    /// street move sideways by as much in some of their steps, too, so that not all are found.
    @Test func tracesOfOtherDrivesDoNotFit() throws {
        let images = try Self.frames.get().map(\.image)
        let quality = try #require(
            try DriveImageryTests.frame(DriveImageryTests.plane(1), second: 0, metres: 0)
        ).quality
        var rules = PlausibilityTests.rules
        // Whether pictures come again is no question here.
        rules.maxLoopPictures = 1
        let trips = ForgedChicagoTests.trips.enumerated().filter { $0.offset % 10 == 0 }.map(\.element)
        var (turning, flagged) = (0, 0)
        for places in trips.flatMap({ Self.places(along: $0, count: images.count) }) {
            let frames = zip(images, places).map { Observation(place: $1, image: $0, quality: quality) }
            guard let share = ImagerySignals(frames, rules: rules).turning else { continue }
            turning += 1
            if share < rules.minTurning { flagged += 1 }
        }
        #expect(turning > 50)
        #expect(flagged * 100 >= turning * 80, "\(flagged) of \(turning)")
    }
}
