import Canonical
import DriveFormats
import Geo
import Testing

@testable import Stages

@Suite("Verify")
struct VerifyTests {
    private static func only(_ frame: RawFrame, trace: [RawFix] = []) throws -> Result<VerifiedFrame, Refusal>
    {
        let drive = SampleTrip.verified(RawDrive(device: "cam", frames: [frame], trace: trace))
        #expect(drive.device == "cam")
        return try #require(drive.frames.first)
    }

    private static func only(_ fix: RawFix) throws -> Result<VerifiedFrame, Refusal> {
        try only(SampleTrip.frame(0, fix: fix))
    }

    @Test("refuses frames without a time, with what the reader said of it")
    func timeMissing() throws {
        var frame = RawFrame(source: ByteSource(path: "0.jpg"), complaint: "EXIF at byte 12 is broken")
        #expect(
            try Self.only(frame).finding == Finding(.timeMissing, message: "EXIF at byte 12 is broken"))
        frame.fix = RawFix(time: nil, latitude: 1, longitude: 1)
        #expect(try Self.only(frame).finding?.rule == .timeMissing)
        // A fix that has a time tells the frame's.
        frame.fix = RawFix(time: SampleTrip.time(0), latitude: 1, longitude: 1)
        #expect(try Self.only(frame).get().time == SampleTrip.time(0))
    }

    @Test(
        "holds times against both ends, which are inside",
        arguments: [
            (946_684_800_000, nil), (946_684_799_999, Rule.timeBefore2000), (0, .timeBefore2000),
            (-1, .timeBefore2000), (Int64.min, .timeBefore2000), (SampleTrip.asOf.milliseconds, nil),
            (SampleTrip.asOf.milliseconds + 1, .timeFuture), (4_102_444_800_000, .timeFuture),
            (Int64.max, .timeFuture),
        ] as [(Int64, Rule?)])
    func times(milliseconds: Int64, rule: Rule?) throws {
        let fix = RawFix(time: UTCTime(milliseconds: milliseconds), latitude: 1, longitude: 1)
        let finding = try Self.only(fix).finding
        #expect(finding?.rule == rule)
        guard let finding else { return }
        #expect(finding.value == milliseconds)
        let limit = rule == .timeFuture ? SampleTrip.asOf.milliseconds : 946_684_800_000
        #expect(finding.limit == limit)
        #expect(finding.unit == "ms since 1970")
    }

    @Test("refuses frames without a position, unless a trace may have it")
    func positionMissing() throws {
        let frame = SampleTrip.frame(0, at: SampleTrip.time(0))
        #expect(try Self.only(frame).finding?.rule == .positionMissing)
        let placed = try Self.only(frame, trace: SampleTrip.straight(3)).get()
        #expect(placed.own == nil && placed.doubt == nil)
    }

    @Test(
        "refuses positions that are no place on the Earth",
        arguments: [
            (.nan, 0, .positionNotFinite), (0, .nan, .positionNotFinite), (.infinity, 0, .positionNotFinite),
            (0, -.infinity, .positionNotFinite), (91, 1, .positionOutOfRange), (1, 181, .positionOutOfRange),
            (90.0.nextUp, 0, .positionOutOfRange), (1, (-180.0).nextDown, .positionOutOfRange),
            (1e308, -1e308, .positionOutOfRange), (0, 0, .positionNullIsland),
            // 11 m off.
            (0.0001, 0, .positionNullIsland), (0.0099999, -0.0099999, .positionNullIsland),
            (-0.0099999, 0, .positionNullIsland), (5e-324, 5e-324, .positionNullIsland),
        ] as [(Double, Double, Rule)])
    func badPositions(latitude: Double, longitude: Double, rule: Rule) throws {
        let fix = SampleTrip.fix(0, latitude: latitude, longitude: longitude)
        #expect(try Self.only(fix).finding?.rule == rule)
        // With a trace the frame may still be placed: only its own position is not believed.
        let frame = try Self.only(SampleTrip.frame(0, fix: fix), trace: SampleTrip.straight(3)).get()
        #expect(frame.own == nil)
        #expect(frame.doubt?.rule == rule)
    }

    @Test("says how near to (0, 0) a position is")
    func nullIsland() throws {
        let finding = try Self.only(SampleTrip.fix(0, latitude: -0.0099999, longitude: 0.005)).finding
        #expect(
            finding
                == Finding(.positionNullIsland, value: 99_999, limit: 100_000, unit: "10^-7 degree"))
    }

    @Test(
        "takes every place on the Earth",
        arguments: [
            (90, 0), (-90, 0), (1, 180), (1, -180), (0.01, 0), (0, 0.01), (-0.01, 0), (0, -0.01), (0, 50),
            (50, 0),
        ] as [(Double, Double)])
    func goodPositions(latitude: Double, longitude: Double) throws {
        let own = try Self.only(SampleTrip.fix(0, latitude: latitude, longitude: longitude)).get().own
        #expect(own?.position == Coordinate(latitude: latitude, longitude: longitude))
    }

    @Test(
        "takes headings in hundredths of a degree, and none that is no heading",
        arguments: [
            (0, 0), (359.99, 35_999), (359.996, 0), (90.004, 9000), (90.006, 9001), (360, nil), (-1, nil),
            (-0.0, 0), (.nan, nil), (.infinity, nil), (1e308, nil), (nil, nil),
        ] as [(Double?, Int?)])
    func headings(given: Double?, heading: Int?) throws {
        #expect(try Self.only(SampleTrip.fix(0, heading: given)).get().own?.heading == heading)
    }

    @Test(
        "takes the receiver's own error before its dilution, and sentinels for unknown",
        arguments: [
            (5, nil, 5000), (5, 2, 5000), (nil, 1.5, 4500), (0, 1.5, 4500), (-1, 1.5, 4500),
            (nil, 98.999, 296_997),
            (nil, 99, nil), (nil, 99.99, nil), (nil, 0, nil), (nil, -1, nil), (.nan, .nan, nil),
            (.infinity, nil, nil), (1e308, 1e308, nil), (1_000_000, nil, 1_000_000_000), (nil, nil, nil),
            // u-blox: hAcc of 2^32 - 1 mm where nothing is known.
            (4_294_967.295, 2, 6000),
        ] as [(Double?, Double?, Int64?)])
    func errors(error: Double?, hdop: Double?, millimetres: Int64?) throws {
        var fix = SampleTrip.fix(0)
        fix.horizontalError = error
        fix.hdop = hdop
        #expect(try Self.only(fix).get().own?.horizontalError == millimetres)
    }

    @Test("gives every frame one answer, in the order of the drive")
    func conservation() throws {
        var frames = SampleTrip.straight(6).enumerated().map { SampleTrip.frame($0, fix: $1) }
        frames[1].fix = nil
        frames[2].fix?.latitude = .nan
        frames[3].capturedAt = nil
        frames[3].fix = nil
        let drive = SampleTrip.verified(RawDrive(device: nil, frames: frames.reversed()))
        #expect(
            drive.frames.map { $0.finding?.rule } == [
                nil, nil, .timeMissing, .positionNotFinite, .positionMissing, nil,
            ])
        #expect(drive.trace.parts.map(\.count) == [3])
        #expect(drive.trace.refused == 3)
        #expect(drive.traceIsOfFrames)
    }

    @Test("leaves fixes of a trace out that are no time or place, and counts them")
    func traces() throws {
        var trace = SampleTrip.straight(8)
        trace[1].time = nil
        trace[2].latitude = .infinity
        trace[3].time = UTCTime(milliseconds: .max)
        trace[4].longitude = -181
        let drive = SampleTrip.verified(SampleTrip.ofTrace(trace, frames: [1]))
        #expect(drive.trace.parts.map(\.count) == [4])
        #expect(drive.trace.refused == 4)
        #expect(!drive.traceIsOfFrames)
    }

    /// Without this, two fixes of a trace anywhere would let the frames be anywhere.
    @Test("does not believe impossible own positions because there is a trace")
    func ownBesideTrace() throws {
        var drive = SampleTrip.ofFrames(SampleTrip.straight(9))
        drive.frames[4].fix = SampleTrip.fix(4, north: 111_000)
        drive.trace = [SampleTrip.fix(-7200), SampleTrip.fix(-7199)]
        let verified = SampleTrip.verified(drive)
        #expect(verified.doubted == [4])
        let places = Locate.frames(of: verified, rules: SampleTrip.locateRules)
        #expect(places.map { $0.finding?.rule } == (0..<9).map { $0 == 4 ? .positionImpossibleSpeed : nil })
    }

    @Test("does not overflow on times and limits of any size")
    func extremes() {
        let rules = VerifyRules(
            earliestTime: .min, nullIslandE7: .max, maxSpeed: .max, positionNoise: .max, maxOutliers: .max,
            minPartFixes: .min)
        var open = rules
        open.nullIslandE7 = 0
        let times: [[Int64]] = [[.min, .max, 0, -1, .min + 1, .max - 1], [.min, .max], [.min], [.max]]
        for (rules, times) in [rules, open, SampleTrip.verifyRules].flatMap({ rules in
            times.map { (rules, $0) }
        }) {
            let fixes = times.map {
                RawFix(
                    time: UTCTime(milliseconds: $0), latitude: 1, longitude: 1, heading: 1e308, speed: -1e308,
                    horizontalError: 1_000_000, hdop: 98.9)
            }
            for drive in [SampleTrip.ofFrames(fixes), SampleTrip.ofTrace(fixes, frames: [-1e12, 0, 1e12])] {
                let wide = LocateRules(
                    maxGapTime: .max, maxGapDistance: .max, headingDistance: .min, errorPerHDOP: .max,
                    unknownHDOP: .max)
                let verified = Verify.drive(
                    drive, asOf: UTCTime(milliseconds: .max),
                    rules: DriveRules(verify: rules, locate: wide, sources: SampleTrip.sourceRules))
                #expect(Locate.frames(of: verified, rules: wide).count == drive.frames.count)
                #expect(
                    Locate.frames(of: verified, rules: SampleTrip.locateRules).count == drive.frames.count)
            }
        }
    }
}
