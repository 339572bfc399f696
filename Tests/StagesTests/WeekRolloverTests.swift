import Canonical
import DriveFormats
import Testing

@testable import Stages

struct WeekRolloverTests {
    private func drive(weeks: Int64) -> RawDrive {
        var drive = SampleTrip.ofTrace(SampleTrip.straight(60), frames: [10, 20, 30, 90])
        for index in drive.trace.indices {
            drive.trace[index].time = drive.trace[index].time.map {
                UTCTime(milliseconds: $0.milliseconds + weeks * 604_800_000)
            }
        }
        return drive
    }

    /// 1024 weeks are 7168 days: 2025-12-15 is told as 2006-05-01.
    @Test(arguments: [-1024, -2048, 1024] as [Int64]) func aTraceOfAnotherEraIsPutRight(weeks: Int64) {
        let repaired = WeekRollover.repaired(drive(weeks: weeks), rules: SampleTrip.sourceRules)
        #expect(repaired.trace == drive(weeks: 0).trace)
        #expect(repaired.remarks.count == 1 && repaired.remarks[0].contains("\(abs(weeks)) weeks"))
    }

    @Test(arguments: [0, -1023, -512, 3 * 1024] as [Int64]) func anythingElseStays(weeks: Int64) {
        #expect(
            WeekRollover.repaired(drive(weeks: weeks), rules: SampleTrip.sourceRules) == drive(weeks: weeks))
    }

    /// A trace of twenty years fits however it is shifted.
    @Test func whatFitsTwoWaysStays() {
        var long = drive(weeks: -1024)
        long.trace.append(SampleTrip.fix(-2 * 1024 * 604_800, north: 0))
        #expect(WeekRollover.repaired(long, rules: SampleTrip.sourceRules) == long)
        var none = drive(weeks: -1024)
        none.frames = []
        #expect(WeekRollover.repaired(none, rules: SampleTrip.sourceRules) == none)
    }
}
