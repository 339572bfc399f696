import Canonical
import DriveFormats
import Testing

@testable import Stages

/// Photos whose camera clock is wrong, beside a trace whose clock is right.
struct ClockOffsetTests {
    /// 60 photos of a straight drive of two minutes at 15 m/s, `seconds` wrong, a few metres beside the trace.
    private func drive(wrongBy seconds: Double, photos: Int = 60, witnesses: Int = 60) -> RawDrive {
        let trace = (0..<120).map { SampleTrip.fix(Double($0), north: Double($0) * 15) }
        let frames = (0..<photos).map { number -> RawFrame in
            let time = 2 * Double(number) + 0.3
            var fix = SampleTrip.fix(time, north: time * 15 + 2, east: 3)
            fix.time = SampleTrip.time(time + seconds)
            return number < witnesses
                ? SampleTrip.frame(number, fix: fix)
                : SampleTrip.frame(number, at: SampleTrip.time(time + seconds))
        }
        return RawDrive(device: nil, frames: frames, trace: trace)
    }

    @Test(arguments: [3600, -7200, 19_800, 12.4, -300, 86_400 * 365] as [Double])
    func aWrongClockIsPutRight(seconds: Double) throws {
        let repaired = ClockOffset.repaired(drive(wrongBy: seconds), rules: SampleTrip.sourceRules)
        for (number, frame) in repaired.frames.enumerated() {
            let error =
                try #require(frame.capturedAt).milliseconds
                - SampleTrip.time(2 * Double(number) + 0.3).milliseconds
            #expect(abs(error) <= 700, "photo \(number) is \(error) ms off")
            #expect(frame.fix?.time == frame.capturedAt)
        }
        #expect(repaired.remarks.count == 1 && repaired.remarks[0].contains(seconds > 0 ? "fast" : "slow"))
    }

    @Test(arguments: [0, 1.5, -1.5] as [Double]) func aRightClockStays(seconds: Double) {
        let drive = drive(wrongBy: seconds)
        #expect(ClockOffset.repaired(drive, rules: SampleTrip.sourceRules) == drive)
    }

    /// Photos that do not say where they were taken go with those that do.
    @Test func fewWitnessesSpeakForAll() throws {
        let repaired = ClockOffset.repaired(drive(wrongBy: 3600, witnesses: 8), rules: SampleTrip.sourceRules)
        let last = try #require(repaired.frames.last?.capturedAt)
        #expect(abs(last.milliseconds - SampleTrip.time(118.3).milliseconds) <= 700)
        let few = drive(wrongBy: 3600, witnesses: 4)
        #expect(ClockOffset.repaired(few, rules: SampleTrip.sourceRules) == few, "four are too few")
    }

    /// A block driven around twice: both rounds are as good.
    @Test func nothingIsGuessed() {
        var drive = drive(wrongBy: 3600)
        drive.trace += drive.trace.map { fix in
            var later = fix
            later.time = fix.time.map { UTCTime(milliseconds: $0.milliseconds + 400_000) }
            return later
        }
        #expect(ClockOffset.repaired(drive, rules: SampleTrip.sourceRules) == drive)
        var elsewhere = self.drive(wrongBy: 3600)
        for index in elsewhere.trace.indices { elsewhere.trace[index].latitude += 1 }
        #expect(ClockOffset.repaired(elsewhere, rules: SampleTrip.sourceRules) == elsewhere)
    }
}
