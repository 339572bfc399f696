import Canonical
import DriveFormats
import Testing

@testable import Stages

/// Frames of which several sources tell different times, and clocks that are wrong all the time.
struct TimeSettlementTests {
    private func times(_ told: ToldDrive) -> [UTCTime?] {
        told.verified.frames.map { try? $0.get().time }
    }

    private func shifted(_ seconds: Double, _ fix: RawFix) -> UTCTime? {
        fix.time.map { UTCTime(milliseconds: $0.milliseconds + Int64(seconds * 1000)) }
    }

    @Test func aClockThatIsWrongAllTheTimeIsPutRight() throws {
        let truth = ToldDrive(20)
        var told = truth
        told.add(.exifClock) { _, fix in (nil, shifted(3_725, fix)) }
        #expect(times(told) == times(truth))
        #expect(told.verified.settlements.allSatisfy { $0 == nil })
        let remark = try #require(told.verified.remarks.first)
        #expect(remark.contains("the camera's clock in EXIF is 3725 s fast, as 20 frames"), "\(remark)")
        // Of the frames without the better clock it tells the time, put right.
        told.frames[3].capturedAt = nil
        told.frames[3].fix?.time = nil
        #expect(times(told) == times(truth))
    }

    @Test func driftIsReported() throws {
        var told = ToldDrive(30)
        told.add(.exifClock) { index, fix in (nil, shifted(60 + Double(index) * 0.1, fix)) }
        let remark = try #require(told.verified.remarks.first)
        // Medians of the first and the last ten frames: 0.5 s and 2.5 s more than 60.
        #expect(remark.contains("drift from the first third to the last: -2 s"), "\(remark)")
    }

    @Test func aClockOfAnotherZoneIsNoMistake() {
        for count in [2, 20] {
            let truth = ToldDrive(count)
            var told = truth
            told.add(.exifClock, clock: .local) { _, fix in (nil, shifted(-25_200, fix)) }
            #expect(times(told) == times(truth))
            #expect(told.verified.remarks.isEmpty)
            #expect(told.verified.settlements.allSatisfy { $0 == nil })
        }
    }

    @Test func oneWrongTimeIsSettledByMotion() throws {
        let truth = ToldDrive(20)
        var told = truth
        told.add(.exifClock) { _, fix in (nil, fix.time) }
        told.frames[8].capturedAt = told.frames[8].fix.flatMap { shifted(3600, $0) }
        #expect(times(told) == times(truth))
        let settlement = try #require(told.verified.settlements[8])
        #expect(settlement.time == Settlement.Choice(.exifClock, .motion))
        #expect(settlement.heard.first?.source == .sidecar && settlement.heard.first?.later == 3_600_000)
    }

    @Test func oneWrongTimeIsSettledByTheOrderOfFiles() throws {
        let truth = ToldDrive(20)
        var told = truth
        for index in told.frames.indices {
            told.frames[index].fix = nil
            told.frames[index].clock = .device
        }
        told.trace = SampleTrip.straight(20, metresPerSecond: 10)
        for index in told.frames.indices {
            told.frames[index].others = [
                RawTestimony(.fileName, time: truth.frames[index].fix?.time)
            ]
        }
        told.frames[10].capturedAt = SampleTrip.time(10 + 3600)
        #expect(times(told) == times(truth))
        #expect(told.verified.settlements[10]?.time == Settlement.Choice(.fileName, .order))
    }

    @Test func impossibleTimesAreNoSources() {
        let truth = ToldDrive(10)
        var told = truth
        told.add(.fileName) { _, fix in (nil, fix.time) }
        told.frames[2].capturedAt = UTCTime(milliseconds: 0)
        told.frames[3].capturedAt = UTCTime(milliseconds: 4_102_444_800_000)
        #expect(times(told) == times(truth))
        #expect(told.verified.settlements.allSatisfy { $0 == nil })
        told.frames[2].others = []
        #expect(told.verified.refusal(2)?.rule == .timeBefore2000)
    }

    @Test func theSatellitesAreBelieved() throws {
        var told = ToldDrive(1)
        told.add(.exifClock) { _, fix in (nil, shifted(77, fix)) }
        #expect(told.verified.settlements[0]?.time == Settlement.Choice(.sidecar, .satellites))
    }

    @Test func whatNothingDecidesIsRefused() throws {
        var told = ToldDrive(1)
        told.frames[0].clock = .device
        told.add(.exifClock) { _, fix in (nil, shifted(77, fix)) }
        let finding = try #require(told.verified.refusal(0))
        #expect(finding.rule == .timeDisputed && finding.value == 77_000 && finding.limit == 2000)
        #expect(finding.message == "sidecar against exif_clock")
        #expect(told.verified.settlements[0]?.time == nil)
        told.add(.fileName) { _, fix in (nil, shifted(78, fix)) }
        #expect(told.verified.settlements[0]?.time == Settlement.Choice(.exifClock, .majority))
    }

    /// The frames of a film that are named by when it began.
    @Test(arguments: [4, 40]) func aClockThatStandsStillIsNotAsked(_ count: Int) {
        let truth = ToldDrive(count)
        var told = truth
        told.add(.fileName) { _, _ in (nil, SampleTrip.time(0)) }
        #expect(times(told) == times(truth))
        #expect(told.verified.settlements.allSatisfy { $0 == nil })
        #expect(told.verified.remarks.count == 1)
        // Three frames a second, by a clock of whole seconds, are no such thing.
        var quick = ToldDrive(count, step: 0.3)
        let plain = times(quick)
        quick.add(.exifClock) { _, fix in
            (nil, fix.time.map { UTCTime(milliseconds: $0.milliseconds / 1000 * 1000) })
        }
        #expect(times(quick) == plain && quick.verified.remarks.isEmpty)
    }

    @Test func aClockThatSaysAnythingIsNotAsked() throws {
        let truth = ToldDrive(20)
        var told = truth
        told.add(.fileName) { index, fix in (nil, shifted(Double(index * index % 17 * 1000), fix)) }
        #expect(times(told) == times(truth))
        #expect(told.verified.remarks.contains { $0.contains("the times of the file's name were not used") })
        // By its times the car would jump: the other one is believed, although it was read later.
        told = truth
        told.add(.fileName) { _, fix in (nil, fix.time) }
        for index in told.frames.indices {
            told.frames[index].clock = .device
            told.frames[index].capturedAt = SampleTrip.time(Double((index * 7) % 20) * 0.3)
        }
        #expect(times(told) == times(truth))
    }
}
