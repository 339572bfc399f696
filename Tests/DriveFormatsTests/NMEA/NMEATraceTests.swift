import Canonical
import Testing

@testable import DriveFormats

/// NMEA logs against fixes written by hand.
struct NMEATraceTests {
    private func read(_ bytes: [UInt8], chunkSize: Int = 1 << 18) throws -> (
        fixes: [RawFix], remarks: [String]
    ) {
        let upload = MemoryUpload([("a.log", bytes)])
        let log = try NMEAReader(upload.files[0], in: upload, chunkSize: chunkSize)
        return (log.track.fixes, log.skipped.remarks)
    }

    private func trace(_ log: String, maxFixes: Int = 100) throws -> RawTrace {
        let upload = MemoryUpload([("a.log", text(log))])
        return try NMEATrace().read(upload.files[0], in: upload, maxFixes: maxFixes)
    }

    private func times(_ log: String) throws -> [String?] {
        try trace(log).fixes.map { $0.time?.description }
    }

    /// The examples of https://gpsd.gitlab.io/gpsd/NMEA.html and https://aprs.gids.nl/nmea/, with their own checksums.
    @Test func publishedSentences() throws {
        let trace = try trace(
            """
            $GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47
            $GPGSA,A,3,04,05,,09,12,,,24,,,,,2.5,1.3,2.1*39
            $GPVTG,054.7,T,034.4,M,005.5,N,010.2,K*48
            $GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A
            $GPZDA,201530.00,04,07,2002,00,00*60
            $GPGLL,4916.45,N,12311.12,W,225444,A,*1D
            $GPRMC,081836,A,3751.65,S,14507.36,E,000.0,360.0,130998,011.3,E*62
            """)
        #expect(trace.remarks == [])
        let (first, second, third) = (trace.fixes[0], trace.fixes[1], trace.fixes[2])
        #expect(trace.fixes.count == 3)
        #expect(
            first
                == RawFix(
                    time: UTCTime(rfc3339: "1994-03-23T12:35:19Z"), latitude: 48.1173,
                    longitude: 11.516666666666667, heading: 84.4, speed: 22.4 * 1852 / 3600, hdop: 0.9,
                    satellites: 8))
        // The day of an epoch without a position is not believed, so it is the day of the fix before.
        #expect(second.time == UTCTime(rfc3339: "1994-03-23T22:54:44Z"))
        #expect((second.latitude, second.longitude) == (49.274166666666666, -123.18533333333333))
        #expect(third.time == UTCTime(rfc3339: "1998-09-13T08:18:36Z"))
        #expect(
            (third.latitude, third.longitude, third.heading) == (-37.860833333333333, 145.12266666666667, 360)
        )
    }

    @Test(arguments: ["GP", "GN", "GL", "GA", "GB", "BD", "QZ", "GI", "II"])
    func anyTalker(talker: String) throws {
        let trace = try trace(
            NMEALog.rmc("120000.25", talker: talker) + NMEALog.gga("120000.25", talker: talker))
        #expect(trace.fixes.map(\.hdop) == [0.9])
        #expect(trace.fixes[0].time == UTCTime(rfc3339: "1994-03-23T12:00:00.25Z"))
    }

    @Test func speedAndDilutionWithoutRMCAndGGA() throws {
        let log =
            NMEALog.sentence("GNGLL,4807.038,N,01131.000,W,120000.00,A,A")
            + NMEALog.sentence("GNVTG,054.7,T,034.4,M,005.5,N,010.2,K,A")
            + NMEALog.sentence("GNGSA,A,3,04,05,,09,12,,,24,,,,,2.5,1.3,2.1")
            + NMEALog.sentence("GNZDA,120000.00,04,07,2002,00,00")
        let fix = try #require(try trace(log).fixes.first)
        #expect((fix.speed, fix.heading, fix.hdop) == (5.5 * 1852 / 3600, 54.7, 1.3))
        #expect(fix.time == UTCTime(rfc3339: "2002-07-04T12:00:00Z"))
        #expect(fix.longitude == -11.516666666666667)
    }

    @Test func datesAreCarriedOverMidnightAndFilledInBackwards() throws {
        let log =
            NMEALog.gga("235958") + NMEALog.gga("235959") + NMEALog.gga("000000") + NMEALog.gga("235959.9")
            + NMEALog.gga("000001") + NMEALog.gga("000001") + NMEALog.rmc("000002", "010124")
            + NMEALog.gga("235959") + NMEALog.gga("000000") + NMEALog.rmc("000001", "030124")
        #expect(
            try times(log) == [
                "2023-12-31T23:59:58Z", "2023-12-31T23:59:59Z", "2024-01-01T00:00:00Z",
                "2023-12-31T23:59:59.900Z", "2024-01-01T00:00:01Z", "2024-01-01T00:00:02Z",
                "2023-12-31T23:59:59Z", "2024-01-01T00:00:00Z", "2024-01-03T00:00:01Z",
            ])
    }

    @Test func aDriveThatGoesOnTheNextMorning() throws {
        let log = NMEALog.rmc("200000", "311223") + NMEALog.gga("200001") + NMEALog.gga("090000")
        #expect(
            try times(log) == ["2023-12-31T20:00:00Z", "2023-12-31T20:00:01Z", "2024-01-01T09:00:00Z"])
    }

    @Test func voidEpochsGiveNoFix() throws {
        let log =
            NMEALog.sentence("GPRMC,115957,V,,,,,,,010180,,,N")
            + NMEALog.sentence("GPGGA,115958,,,,,0,00,99.9,,,,,,")
            + NMEALog.sentence("GPGGA,,,,,,0,,,,M,,M,,")
            + NMEALog.rmc("120000") + NMEALog.gga("120001", quality: 0) + NMEALog.rmc("120001")
            + NMEALog.gga("120002", quality: 8) + NMEALog.gga("120003", quality: 6)
            + NMEALog.rmc("120004", status: "V") + NMEALog.gga("120004")
            + NMEALog.sentence("GPRMC,120005,A,4807.038,N,01131.000,E,0,0,230394,,,S") + NMEALog.gga("120006")
            + NMEALog.sentence("GPGLL,,,,,,V,N")
        let trace = try trace(log)
        #expect(
            trace.fixes.map { $0.time?.description } == [
                "1994-03-23T12:00:00Z", "1994-03-23T12:00:03Z", "1994-03-23T12:00:06Z",
            ])
        #expect(trace.remarks == ["6 moments without a fix"])
    }

    @Test func sentencesThatAreNotBelieved() throws {
        let good = NMEALog.rmc("120000")
        let bodies = [
            "GPRMC,250000,A,4807.038,N,01131.000,E,0,0,230394,,",
            "GPRMC,12000,A,4807.038,N,01131.000,E,0,0,230394,,",
            "GPRMC,120001,A,4860.038,N,01131.000,E,0,0,230394,,",
            "GPRMC,120001,A,9000.001,N,01131.000,E,0,0,230394,,",
            "GPRMC,120001,A,4807.038,E,01131.000,E,0,0,230394,,",
            "GPRMC,120001,A,4807.038,N,18000.1,E,0,0,230394,,",
            "GPRMC,120001,A,4807.038,N,01131.000,E,nan,0,230394,,",
            "GPRMC,120001,A,4807.038,N,01131.000,E,0,0,23.394,,",
            "GPRMC,120001,A,nan,N,01131.000,E,0,0,230394,,",
            "GPRMC,120001,A,4807.0e8,N,01131.000,E,0,0,230394,,",
            "GPRMC,120001,A,48070000.0,N,01131.000,E,0,0,230394,,",
            "GPGGA,120001,4807.038,N,01131.000,E,10,08,0.9,,,,",
            "GPRMC,120001,A,-4807.038,N,01131.000,E,0,0,230394,,",
        ]
        for body in bodies {
            let trace = try trace(good + NMEALog.sentence(body))
            #expect(trace.fixes.count == 1, "\(body)")
            #expect(trace.remarks == ["1 sentence with a field that cannot be read"], "\(body)")
        }
        let wrong = NMEALog.rmc("120001").replacing("4807", with: "4808")
        let cut = String(NMEALog.rmc("120002").dropLast(4)) + "\r\n"
        let trace = try trace(good + wrong + wrong + cut + String(cut.dropLast(30)))
        #expect(trace.fixes.count == 1)
        #expect(
            trace.remarks == [
                "2 sentences with a wrong checksum", "2 sentences cut short: the checksum is missing",
            ])
        // A day that no calendar has leaves the position, with the day before.
        #expect(try times(good + NMEALog.rmc("120001", "310294")).last == "1994-03-23T12:00:01Z")
    }

    /// Sentences without a checksum count where the receiver never writes one.
    @Test func noChecksumAtAll() throws {
        let log = "$GPRMC,120000,A,4807.038,N,01131.000,E,0,0,230394,,\n" + NMEALog.gga("120001")
        #expect(try trace(log).fixes.count == 2)
    }

    private static let mixed: [UInt8] = {
        var log = text(
            "# a log with $GPRMC in its name\r\n\n  # and another\nlogger started at 12:00, cost $5\n")
        log += text("2024-01-01 12:00:00.123 > " + NMEALog.rmc("120000"))
        log += text("NMEA," + NMEALog.gga("120000").dropLast() + ",1704110400123\n")
        log += NMEALog.frame(text(NMEALog.rmc("111111")) + [0, 10, 36])
        log += text(NMEALog.sentence("PUBX,00,081350.00,4717.113210,N") + "\r\n \t\r\n!AIVDM,1,1,,A,x,0*26\n")
        log += [0xB5, 0x62, 1, 7, 4, 0, 1, 2, 3, 4, 0, 0]
        log += text(NMEALog.gga("120001"))
        log += [0, 1, 0xFF, 0x24] + text("GP") + [0x80] + text(NMEALog.gga("120002"))
        log += text("$GPGGA,120003,48" + NMEALog.gga("120004"))
        log += text("$GPRMC,120005," + String(repeating: "1", count: 1100) + "*00$GPRMC,120005\n")
        return log + text(String(NMEALog.gga("120006").dropLast()))
    }()

    @Test func whateverStandsBetweenTheSentences() throws {
        let (fixes, remarks) = try read(Self.mixed)
        #expect(
            fixes.map { $0.time?.description }
                == [0, 1, 2, 4, 6].map { "1994-03-23T12:00:0\($0)Z" })
        #expect(
            remarks == [
                "1 sentence cut short: the checksum is missing", "1 sentence of more than 1024 bytes",
                "1 proprietary sentence", "1 UBX frame", "15 bytes of other binary data", "2 comment lines",
                "2 lines without a sentence", "3 blank lines",
            ])
    }

    /// The same, whatever of it stands at the border of two chunks.
    @Test(arguments: [1, 2] as [UInt64]) func chunksOfAnySize(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        print("seed \(seed)")
        var log: [UInt8] = []
        for _ in 0..<60 {
            var part = Self.mixed + text("\n")
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                part[Int.random(in: 0..<part.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            log += part
        }
        let whole = try read(log, chunkSize: 1 << 20)
        #expect(whole.fixes.count > 200)
        for _ in 0..<8 {
            let parts = try read(log, chunkSize: Int.random(in: 16_384..<40_000, using: &random))
            #expect(parts == whole)
        }
    }

    @Test func refusedWithTheirLines() throws {
        let refusal = { (log: String, maxFixes: Int) -> FormatError in
            do {
                _ = try self.trace(log, maxFixes: maxFixes)
            } catch let error as FormatError {
                return error
            }
            throw UploadReadError(path: "", reason: "not refused")
        }
        let void = "# void\n" + NMEALog.gga("120000", quality: 0) + NMEALog.gga("120001", quality: 0)
        let none = try refusal(void, 9)
        #expect(none.code == "nmea.no_fixes")
        #expect(none.place == "a.log, lines 2 to 4")
        #expect(none.reason == "no valid position; 2 moments without one; 1 comment line")
        let undated = try refusal(NMEALog.gga("120000") + NMEALog.gga("120001"), 9)
        #expect(undated.code == "nmea.no_times")
        #expect(undated.reason.hasPrefix("none of the 2 positions"))
        let untimed = try refusal(NMEALog.sentence("GPGLL,4807.038,N,01131.000,E"), 9)
        #expect(untimed.code == "nmea.no_times")
        let many = (0..<9).map { NMEALog.rmc("12000\($0)") }.joined()
        #expect(try trace(many, maxFixes: 9).fixes.count == 9)
        let tooMany = try refusal(many, 7)
        #expect(tooMany.code == "nmea.too_many_points")
        #expect(tooMany.place == "a.log, line 9")
    }

    @Test func recognisedBySentencesWithRightChecksums() throws {
        let recognises = { (bytes: [UInt8]) in
            let upload = MemoryUpload([("a", bytes)])
            return try NMEATrace().recognises(upload.files[0], in: upload)
        }
        let sentence = NMEALog.gga("120000")
        let three = text(sentence + sentence + sentence)
        #expect(try recognises(three))
        #expect(try recognises(text("# a\n") + [0xB5, 0x62, 0, 0x24] + three))
        #expect(try !recognises(text(sentence + sentence)))
        #expect(try !recognises(text(sentence + sentence + sentence.replacing("08", with: "07"))))
        #expect(try !recognises(text(String(repeating: NMEALog.sentence("PUBX,00"), count: 9))))
        #expect(try !recognises(text(String(repeating: "$GPGGA,1\n", count: 9))))
        #expect(try !recognises([UInt8](repeating: 0x24, count: 70_000) + three))
        let photo = ExifBuilder.sample(isBigEndian: true).jpeg
        #expect(try DriveFormats.formatName([("a.jpg", photo), ("a.log", three)]) == "nmea")
    }

    /// Bytes that would cost most if each beginning were looked at to its end.
    @Test func hostileLogsAreReadInOneGo() throws {
        let clock = ContinuousClock()
        for part in [[0x24], [0xB5, 0x62, 1, 7, 0xF8, 0x1F], text("$GPRMC,"), [0x2A], [0x0A], [0x23]]
            as [[UInt8]]
        {
            let log = [UInt8](repeatElement(part, count: 100_000 / part.count).joined())
            var fixes: [RawFix]?
            let elapsed = try clock.measure { fixes = try read(log).fixes }
            #expect(fixes == [])
            // The bar is 10 ms in release; a debug build on a busy machine gets more room.
            #expect(elapsed < .seconds(2), "\(part)")
        }
    }
}
