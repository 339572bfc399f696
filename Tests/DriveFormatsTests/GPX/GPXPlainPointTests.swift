import Canonical
import Testing

@testable import DriveFormats

/// The quick way to a point against the way token by token.
struct GPXPlainPointTests {
    private func outcome(_ bytes: [UInt8], plain: Bool, chunkSize: Int = 1 << 18, maxPoints: Int = 1000)
        -> Result<GPXContents, XMLError>
    {
        let upload = MemoryUpload([("a.gpx", bytes)])
        return Result { () throws(XMLError) in
            try GPXReader.read(
                XMLInput(upload.files[0], in: upload, chunkSize: chunkSize), maxPoints: maxPoints,
                readsPlainPoints: plain)
        }
    }

    /// What stands in made files: much that is plain, and everything that is not.
    private static let pieces = [
        "<trkpt lat=\"45.5\" lon=\"9.25\">", "<trkpt lon='-9.2500001' lat='45.5'>", "</trkpt>",
        "<trkpt lat=\"1\" lon=\"2\"/>",
        "<wpt lat=\"1\" lon=\"2\">", "</wpt>", "<rtept lat=\"-0\" lon=\".5\">", "</rtept>",
        "<g:trkpt lat=\"1\" lon=\"2\">",
        "</g:trkpt>", "<trkpt lat=\"1\" g:lon=\"2\">", "<trkpt  lat = \"1\"\nlon=\"2\" >",
        "<trkpt lat=\"1\" lat=\"2\" lon=\"3\">",
        "<trkpt lat=\"&#49;\" lon=\"1e1\">",
        "<trkpt lat=\"91.123456789012345678\" lon=\"1234567890.1234567\" x=\"1\">",
        "<ele>", "</ele>", "<time>", "</time>", "<time/>", "<time></time>",
        "<time>2025-01-01T00:00:00Z</time>",
        "<time>2025-01-01T00:00:00.1234Z</time>", "<time> 2025-01-01T00:00:00+01:00\n</time>",
        "<time>2024-02-29T23:59:60</time>",
        "<time>2025-02-29T00:00:00Z</time>", "<time>now</time>", "<hdop>0.9</hdop>", "<x:hdop>1</x:hdop>",
        "<hdop> </hdop>",
        "<sat>12</sat>", "<sat>1.5</sat>", "<x:sat>-1</x:sat>", "<speed>1e2</speed>",
        "<gpxtpx:speed>12.5</gpxtpx:speed>",
        "<course>270</course>", "<course><b>1</b>2</course>", "<extensions>", "</extensions>",
        "<gpxtpx:TrackPointExtension>",
        "</gpxtpx:TrackPointExtension>", "<a b='c'>", "</a>", "<!-- < & -->", "<![CDATA[7]]>", "<?x?>",
        "&amp;", "&lt;",
        "text é \u{1F41D}", "\n   ", ">", "]]>", "<trkseg>", "</trkseg>", "<coursex>1</coursex>",
        "<speed >1</speed >",
        "<_a.b-1>", "</_a.b-1>", "12345678901234567890", "<a:>", "</a:>", "<a:b:time>x</a:b:time>",
    ]

    private func made(_ random: inout SeededRandom) -> [UInt8] {
        var content = "<gpx><trk><trkseg>"
        for _ in 0..<Int.random(in: 0..<6, using: &random) {
            for _ in 0..<Int.random(in: 0..<4, using: &random) {
                content +=
                    "<trkpt lat=\"45.5\" lon=\"9.25\">\n <ele>1.5</ele> <time>2025-01-01T00:00:00Z</time></trkpt>\n"
            }
            for _ in 0..<Int.random(in: 0..<3, using: &random) {
                content += Self.pieces.randomElement(using: &random) ?? ""
            }
        }
        var bytes = text(content + "</trkseg></trk></gpx>")
        for _ in 0..<[0, 0, 1, 4][Int.random(in: 0..<4, using: &random)] {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
        }
        return bytes
    }

    /// The same points, or the same error at the same byte, whichever way, whatever the chunks.
    @Test(arguments: [8, 9, 10] as [UInt64]) func theSameBothWays(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        print("seed \(seed)")
        var accepted = 0
        for _ in 0..<1000 {
            let bytes = made(&random)
            let maxPoints = Int.random(in: 1..<40, using: &random)
            let slow = outcome(bytes, plain: false, maxPoints: maxPoints)
            #expect(
                outcome(bytes, plain: true, maxPoints: maxPoints) == slow,
                "\(String(decoding: bytes, as: UTF8.self))")
            let size = Int.random(in: 1..<300, using: &random)
            #expect(outcome(bytes, plain: true, chunkSize: size, maxPoints: maxPoints) == slow)
            if case .success = slow { accepted += 1 }
        }
        #expect(accepted > 100)
    }

    /// Two or three pieces in a point, all of them.
    @Test func everyPairOfPieces() {
        for first in Self.pieces {
            for second in Self.pieces {
                let bytes = GPXBuilder.text(["lat=\"1\" lon=\"2\">\(first)\(second)", "lat=\"1\" lon=\"2\">"])
                #expect(outcome(bytes, plain: true) == outcome(bytes, plain: false), "\(first)\(second)")
            }
        }
    }

    private func plain(_ content: String, room: Int = 9) -> (point: GPXPoint, end: Int)? {
        let bytes = text(content + "12345678")
        return GPXPlainPoint(bytes.span, at: 0, room: room).map { ($0.point, $0.end) }
    }

    /// What receivers and programs write must be taken, or it would be read slowly and nobody would notice.
    @Test func thePlainOnesAreTaken() throws {
        let garmin = """
             <trkpt lat="45.123456789012345" lon="-9.1">
              <ele>100.5</ele><time>2025-06-01T10:00:00.500Z</time><sat>9</sat>
              <extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>99</gpxtpx:hr><gpxtpx:speed>2.5</gpxtpx:speed>
              <gpxtpx:course>90</gpxtpx:course><a.b:hdop>0.75</a.b:hdop><x/></gpxtpx:TrackPointExtension></extensions></trkpt>
            """
        let point = try #require(plain(garmin))
        #expect(point.end == garmin.utf8.count)
        #expect(
            point.point.fix
                == RawFix(
                    time: UTCTime(rfc3339: "2025-06-01T10:00:00.5Z"), latitude: 45.123456789012345,
                    longitude: -9.1,
                    heading: 90, speed: 2.5, hdop: 0.75, satellites: 9))
        #expect(plain("<wpt lat=\"1\" lon=\"2\"/>")?.point.kind == .waypoint)
        #expect(plain("<rtept lon='1' lat='2'><name>é</name></rtept>")?.point.kind == .route)
        #expect(plain("<trkpt lat=\"1\" lon=\"2\"><a><b/></a></trkpt>", room: 2) != nil)
        #expect(plain("<trkpt lat=\"1\" lon=\"2\"><a><b></b></a></trkpt>", room: 1) == nil)
    }

    @Test func nothingElseIsTaken() {
        for content in [
            "", "<", "<trkpt", "<trkpt lat=\"1\" lon=\"2\">", "<trkseg>", "<trkpt lat=\"1\"/>",
            "x<trkpt lat=\"1\" lon=\"2\"/>",
            "<trkpt lat=\"1\" lon=\"2\"></trkpt", "<trkpt lat=\"1\" lon=\"2\"></trkptx>",
            "<trkpt lat=\"1\" lon=\"2\"><a></trkpt>",
            "<trkpt lat=\"1\" lon=\"2\"><time>2025-01-01T24:00:00Z</time></trkpt>",
            "<trkpt lat=\"1\" lon='2\"/>",
            "<trkpt lat=\"1\"lon=\"2\"/>", "<trkpt lat=\"nan\" lon=\"2\"/>",
            "<trkpt lat=\"1\" lon=\"2\"><a>&#1;</a></trkpt>",
            "<trkpt lat=\"1\" lon=\"2\"><a>" + String(repeating: "x", count: 2000) + "</a></trkpt>",
        ] {
            #expect(plain(content) == nil, "\(content)")
        }
    }

    @Test func routesWithTimesAreATraceWithoutATrack() throws {
        let route = "<rte><rtept lat=\"3\" lon=\"4\"><time>2025-01-01T00:00:00Z</time></rtept></rte>"
        let track =
            "<trk><trkseg><trkpt lat=\"1\" lon=\"2\"><time>2025-01-01T00:00:00Z</time></trkpt></trkseg></trk>"
        for plain in [false, true] {
            let trace = try outcome(text("<gpx>\(route)</gpx>"), plain: plain).get().trace
            #expect(trace.fixes.map(\.latitude) == [3])
            #expect(trace.remarks.count == 1)
            for both in [route + track, track + route] {
                let trace = try outcome(text("<gpx>\(both)</gpx>"), plain: plain, maxPoints: 1).get().trace
                #expect(trace.fixes.map(\.latitude) == [1])
                #expect(trace.remarks == [])
            }
        }
    }

    @Test(arguments: [11, 12] as [UInt64]) func timesAsTheOtherWay(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        print("seed \(seed)")
        var read = 0
        for _ in 0..<4000 {
            let time = UTCTime(
                milliseconds: Int64.random(in: -20_000_000_000_000...200_000_000_000_000, using: &random))
            var bytes = text(time.description)
            if Bool.random(using: &random) { bytes.removeLast() }
            if Bool.random(using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                bytes[index] = UInt8(ascii: "0") + UInt8.random(in: 0..<12, using: &random)
            }
            let string = String(decoding: bytes, as: UTF8.self)
            guard let plain = UTCTime(plain: bytes.span, in: 0..<bytes.count) else { continue }
            read += 1
            #expect(plain == UTCTime(rfc3339: string) ?? UTCTime(rfc3339: string + "Z"), "\(string)")
        }
        #expect(read > 2000)
    }
}
