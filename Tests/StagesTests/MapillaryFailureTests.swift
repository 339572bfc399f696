import Canonical
import DriveFormats
import Geo
import Imaging
import SeededNumbers
import Testing

@testable import Stages

/// What mapillary_tools 0.14.7 was measured to get wrong (20 frames, 20 m and 1 s apart unless said), and what
/// happens here instead.
@Suite("Where mapillary_tools fails")
struct MapillaryFailureTests {
    private static func rules(_ fixes: [RawFix]) -> [Rule?] {
        SampleTrip.located(SampleTrip.ofFrames(fixes)).map { $0.finding?.rule }
    }

    private static func nothing(_ count: Int = 20) -> [Rule?] { [Rule?](repeating: nil, count: count) }

    @Test("one point 111 km off in the middle: it rejects all 20, here the one is repaired")
    func farPointInTheMiddle() throws {
        var fixes = SampleTrip.straight(20)
        fixes[10] = SampleTrip.fix(10, north: 111_000)
        #expect(Self.rules(fixes) == Self.nothing())
        #expect(try SampleTrip.located(SampleTrip.ofFrames(fixes))[10].get().basis == .repaired)
    }

    @Test("one point 111 km off at the end: it rejects all 20, here the one")
    func farPointAtTheEnd() {
        var fixes = SampleTrip.straight(20)
        fixes[19] = SampleTrip.fix(19, north: 111_000)
        #expect(Self.rules(fixes) == Self.nothing(19) + [.positionImpossibleSpeed])
    }

    @Test("one point 11 m from (0, 0): it rejects all 20, here the one")
    func nearNullIsland() {
        var fixes = SampleTrip.straight(20)
        fixes[7] = SampleTrip.fix(7, latitude: 0.0001, longitude: 0)
        #expect(Self.rules(fixes) == (0..<20).map { $0 == 7 ? .positionNullIsland : nil })
    }

    @Test("a jump of 55 km and stay: it rejects all 20, here none is")
    func jumpThatStays() {
        let fixes = (0..<20).map {
            SampleTrip.fix(Double($0), north: Double($0) * 20, east: $0 < 10 ? 0 : 55_000)
        }
        #expect(Self.rules(fixes) == Self.nothing())
    }

    @Test(
        "latitude 91 and longitude 181 beside a good frame: it rejects all 3 as too fast, here 2 as no place")
    func outOfRange() {
        let fixes = [
            SampleTrip.fix(0), SampleTrip.fix(1, latitude: 91, longitude: 8),
            SampleTrip.fix(2, latitude: 50, longitude: 181),
        ]
        #expect(Self.rules(fixes) == [nil, .positionOutOfRange, .positionOutOfRange])
    }

    @Test(
        "an outlier of 400 m, 99 m as the 3rd of 5 frames: it accepts those near an end, here each is taken out",
        arguments: [(60, 19, 400), (60, 2, 400), (60, 59, 400), (5, 2, 99)] as [(Int, Int, Double)])
    func lateralOutlier(count: Int, place: Int, metres: Double) {
        var fixes = SampleTrip.straight(count)
        fixes[place] = SampleTrip.fix(Double(place), north: Double(place) * 20, east: metres)
        let drive = SampleTrip.verified(SampleTrip.ofFrames(fixes))
        #expect(drive.doubted == [place])
        #expect(drive.trace.parts.map(\.count) == [count - 1])
    }

    @Test("25 m aside is what receivers do: the sequence is not cut")
    func noise() {
        var fixes = SampleTrip.straight(60)
        fixes[30] = SampleTrip.fix(30, north: 600, east: 25)
        let drive = SampleTrip.verified(SampleTrip.ofFrames(fixes))
        #expect(drive.trace.parts.map(\.count) == [60])
    }

    @Test("an honest U-turn at 44 m per frame: it rejects 3 good frames, here none is")
    func turn() {
        let there = (0..<10).map { SampleTrip.fix(Double($0) * 2, north: Double($0) * 44) }
        let back = (10..<20).map { SampleTrip.fix(Double($0) * 2, north: Double(19 - $0) * 44, east: 8) }
        #expect(Self.rules(there + back) == Self.nothing())
    }

    @Test(
        "a frame stamped 2100-01-01 or 1980-01-06: it accepts them, here neither",
        arguments: [(4_102_444_800_000, .timeFuture), (315_964_800_000, .timeBefore2000)] as [(Int64, Rule)])
    func impossibleTimes(milliseconds: Int64, rule: Rule) {
        var fixes = SampleTrip.straight(20)
        fixes[5].time = UTCTime(milliseconds: milliseconds)
        #expect(Self.rules(fixes) == (0..<20).map { $0 == 5 ? rule : nil })
    }

    @Test("30 frames at a red light, jitter 0.3 m, wild headings: it finds no duplicate, here 29")
    func redLight() throws {
        let fixes = (0..<30).map { SampleTrip.standing($0) }
        let places = try SampleTrip.located(SampleTrip.ofFrames(fixes)).map { try $0.get() }
        let frames = places.enumerated().map { number, place in
            Standstill.Frame(
                time: place.time, position: place.position, quality: number == 17 ? 900 : 800,
                image: .of("\(number)"))
        }
        let stops = Standstill.stops(of: frames, rules: StandstillTests.rules)
        #expect(stops == [Standstill.Stop(members: Array(0..<30), best: 17)])
    }

    @Test("a GPX from 179.9999 to -179.9999 in 4 s, 9 images: it rejects all, here none is")
    func antimeridian() throws {
        let trace = [
            SampleTrip.fix(0, latitude: 0.5, longitude: 179.9999),
            SampleTrip.fix(4, latitude: 0.5, longitude: -179.9999),
        ]
        let places = SampleTrip.located(SampleTrip.ofTrace(trace, frames: (0..<9).map { Double($0) / 2 }))
        let longitudes = try places.map { try Int($0.get().position.longitudeE7) }
        #expect(
            longitudes == (0..<9).map { $0 < 4 ? 1_799_999_000 + $0 * 250 : -1_800_000_000 + ($0 - 4) * 250 })
        #expect(try places.allSatisfy { try $0.get().heading == 9000 })
    }

    @Test("a GPX gap of 2 h and 111 km: it invents positions on the line, here the frames in it are refused")
    func gap() {
        let trace =
            SampleTrip.straight(10)
            + (0..<10).map { SampleTrip.fix(7200 + Double($0), north: 111_000 + Double($0) * 20) }
        let places = SampleTrip.located(SampleTrip.ofTrace(trace, frames: [5, 9.5, 3600, 7199, 7205]))
        #expect(places.map { $0.finding?.rule } == [nil, .positionGap, .positionGap, .positionGap, nil])
        #expect(places[2].finding?.value == 7_191_000)
    }

    private let duplicates = StandstillTests.rules

    @Test(
        "files cut to a third, or with their scan data overwritten: it calls them ready, here they are damaged"
    )
    func brokenPixels() throws {
        let file = try JPEGEncoder.encode(gray: MeasureTests.noise(320, 240), width: 320, height: 240)
        let rules = MeasureTests.rules
        _ = try Measure.image(file, rules: rules, duplicates: duplicates)
        let cut = Array(file.prefix(file.count / 3))
        let finding = try #require(throws: Refusal.self) {
            try Measure.image(cut, rules: rules, duplicates: duplicates)
        }.finding
        #expect(finding.rule == .imageDamaged)
        // libjpeg's own message (jerror.h, JWRN_JPEG_EOF).
        #expect(finding.message == "damaged: Premature end of JPEG file (byte \(cut.count))")
        var overwritten = file
        var numbers = SplitMix64(seed: 1)
        for place in file.count / 2..<file.count - 2 {
            overwritten[place] = UInt8.random(in: 0...255, using: &numbers)
        }
        #expect(throws: Refusal.self) {
            try Measure.image(overwritten, rules: rules, duplicates: duplicates)
        }
    }

    @Test("a file of no bytes, and a text named .jpg: it ends the batch, here each is one refused frame")
    func noImages() throws {
        let empty = try #require(throws: Refusal.self) {
            try Measure.image([], rules: MeasureTests.rules, duplicates: duplicates)
        }
        #expect(empty.finding.rule == .imageDamaged)
        let text = try #require(throws: Refusal.self) {
            try Measure.image(Array("not a picture".utf8), rules: MeasureTests.rules, duplicates: duplicates)
        }
        #expect(text.finding.rule == .imageUnsupported)
    }

    @Test("the same pixels re-stamped 111 km away: it accepts them in full, here they match")
    func restamped() throws {
        let file = try JPEGEncoder.encode(gray: MeasureTests.noise(320, 240), width: 320, height: 240)
        let image = try Measure.image(file, rules: MeasureTests.rules, duplicates: duplicates)
        let hashes = PictureHashes(
            content: .of(file), dHash: image.dHash, pdq: image.pdq, variants: image.variants,
            pdqQuality: image.pdqQuality)
        #expect(hashes.match(hashes, rules: StandstillTests.rules) == .exact)
    }
}
