import Canonical
import Testing

@testable import DriveFormats

/// GPX texts against fixes written by hand.
struct GPXReaderTests {
    private func read(_ bytes: [UInt8], chunkSize: Int = 1 << 18, maxPoints: Int = 100) throws(XMLError)
        -> [RawFix]
    {
        let upload = MemoryUpload([("a.gpx", bytes)])
        return try GPXReader.read(
            XMLInput(upload.files[0], in: upload, chunkSize: chunkSize), maxPoints: maxPoints
        ).track
    }

    private static let everything = text(
        """
        \u{FEFF}<?xml version='1.0' encoding='utf-8'?>
        <!-- a > b & c -->
        <g:gpx xmlns:g='http://www.topografix.com/GPX/1/1' creator="a&amp;&#x26;&#38;'é">
        <wpt lat="1" lon="2"><time>2000-01-01T00:00:00Z</time></wpt>
        <rte><rtept lat="1" lon="2"/></rte>
        <g:trk><g:trkseg>
        <g:trkpt lat = '-45.5' lon="9.25e0"
          ><g:ele>1</g:ele><g:time> 2025-01-01T01:00:00.<!-- x -->250+01:00 </g:time><g:hdop><![CDATA[0.9]]></g:hdop>
          <extensions><x:TrackPointExtension><x:speed>12.5</x:speed><x:course>&#50;70</x:course>
          <x:hdop>7</x:hdop><x:time>never</x:time></x:TrackPointExtension></extensions></g:trkpt>
        <trkpt lon="181" lat="95"></trkpt></g:trkseg><trkseg><trkpt lat="-0" lon="+.5"/>
        <trkpt lat="1" lon="1"><time>2025-01-01T00:00:01</time><speed></speed></trkpt>
        </trkseg></g:trk></g:gpx><?end?>

        """)

    private static let expected = [
        RawFix(
            time: UTCTime(rfc3339: "2025-01-01T00:00:00.250Z"), latitude: -45.5, longitude: 9.25,
            heading: 270,
            speed: 12.5, hdop: 0.9),
        RawFix(time: nil, latitude: 95, longitude: 181), RawFix(time: nil, latitude: -0.0, longitude: 0.5),
        RawFix(time: UTCTime(rfc3339: "2025-01-01T00:00:01Z"), latitude: 1, longitude: 1),
    ]

    @Test func everyConstructInChunksOfAnySize() throws {
        for size in [1, 2, 3, 7, 64, 1 << 18] {
            #expect(try read(Self.everything, chunkSize: size) == Self.expected)
        }
    }

    @Test func backwardAndRepeatedTimesStayInOrder() throws {
        let times = ["2025-01-01T00:00:05Z", "2025-01-01T00:00:01Z", "2025-01-01T00:00:01Z"]
        let fixes = try read(GPXBuilder.text(times.map { GPXBuilder.point(time: $0) }))
        #expect(fixes.map { $0.time?.description } == times)
    }

    @Test(arguments: [
        "nan", "NaN", "inf", "-Infinity", "1e308", "1,5", "", " ", "0x10", "1.5.2", "--1", "1e", "1 2", ".",
        "1e400",
        "٣", String(repeating: "1", count: 1_000_000),
    ])
    func numbersThatAreNone(number: String) {
        for point in [
            GPXBuilder.point(lat: number), GPXBuilder.point(lon: number),
            #"lat="1" lon="1"><hdop>\#(number)x</hdop>"#,
        ] {
            #expect(throws: XMLError.self) { try self.read(GPXBuilder.text([point])) }
        }
    }

    @Test(arguments: ["2025-13-01T00:00:00Z", "2025-01-01", "25:00", "2025-01-01T00:00:00+99:00", "now"])
    func timesThatAreNone(time: String) {
        #expect(throws: XMLError.self) { try self.read(GPXBuilder.text([GPXBuilder.point(time: time)])) }
    }

    @Test func countOfPointsIsLimited() throws {
        let points = (0..<11).map { _ in GPXBuilder.point() }
        #expect(try read(GPXBuilder.text(points), maxPoints: 11).count == 11)
        #expect(throws: XMLError.self) { try self.read(GPXBuilder.text(points), maxPoints: 10) }
    }

    @Test func cutAtEveryByteIsRefused() throws {
        let end = Self.everything.count - text("<?end?>\n").count
        for length in 0..<end {
            #expect(throws: XMLError.self) { try self.read(Array(Self.everything[..<length]), chunkSize: 50) }
        }
    }

    /// The same error at the same byte whatever the chunks.
    @Test(arguments: [6, 7] as [UInt64]) func flippedBits(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        print("seed \(seed)")
        let outcome = { (bytes: [UInt8], size: Int) -> String in
            do { return "\(try self.read(bytes, chunkSize: size))" } catch { return "\(error)" }
        }
        for _ in 0..<2000 {
            var bytes = Self.everything
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            #expect(outcome(bytes, 1 << 18) == outcome(bytes, Int.random(in: 1..<90, using: &random)))
        }
    }
}
