import Canonical
import Testing

@testable import DriveFormats

/// Frames with sidecars: order, broken ones and those that miss a half.
struct SidecarFormatTests {
    private static let image: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0]

    private static func sidecar(_ time: String, _ rest: String = #""lat":37.5,"lon":-122.25"#) -> [UInt8] {
        text(#"{"time":\#(time),\#(rest)}"#)
    }

    @Test func framesInOrderOfTimeThenPath() throws {
        let drives = try DriveFormats.drives([
            ("9.5_1.25.jpg", Self.image), ("9.5_1.25.json", Self.sidecar("3000")),
            ("b.JPEG", Self.image),
            ("b.JSON", Self.sidecar("1000", #""gnss_time":2000,"lat":1,"lon":2,"more":[]"#)),
            ("a.png", []), ("a.json", Self.sidecar("3000")), ("c", Self.image),
            ("c.json", Self.sidecar("2500")),
            ("d.jpg", Self.image), ("sub/a.jpg", Self.image), ("sub/a.json", Self.sidecar("1")),
        ])
        #expect(drives.count == 2)
        #expect(drives[0].frames.map(\.source.path) == ["b.JPEG", "c", "9.5_1.25.jpg", "a.png", "d.jpg"])
        #expect(drives[0].frames.map { $0.capturedAt?.milliseconds } == [2000, 2500, 3000, 3000, nil])
        #expect(
            drives[0].frames[0].fix == RawFix(time: UTCTime(milliseconds: 2000), latitude: 1, longitude: 2))
        #expect(drives[0].frames[4].complaint == "no sidecar beside this image")
        #expect(drives[1].frames.map(\.source.path) == ["sub/a.jpg"])
        #expect(drives.allSatisfy { $0.device == nil && $0.trace.isEmpty })
    }

    @Test func brokenSidecarsBecomeComplaints() throws {
        let cases: [(String, String, Bool, Int64?)] = [
            (#"{"time":5,"lat":1,"lon":2"#, "byte 25", false, nil),
            (#"{"time":5,"lat":"x","lon":2}"#, "$.lat", false, 5),
            (#"{"time":5,"lat":1}"#, "$.lon", false, 5), (#"{"lat":1,"lon":2}"#, "no time", true, nil),
            (#"{"time":0,"gnss_time":-1,"lat":1,"lon":2}"#, "no time", true, nil),
            (#"{"time":1.5,"lat":1,"lon":2}"#, "$.time", false, nil),
            (#"[]"#, "object", false, nil), ("", "byte 0", false, nil),
            (#"{"time":5,"lat":1e999,"lon":2}"#, "finite", false, nil),
            (#"{"time":5,"lat":NaN,"lon":2}"#, "byte 16", false, nil),
        ]
        for (sidecar, complaint, hasFix, time) in cases {
            let frames = try DriveFormats.drives([
                ("a.jpg", Self.image), ("a.json", Self.sidecar("1")), ("b.jpg", Self.image),
                ("b.json", text(sidecar)),
            ])[0].frames
            let frame = try #require(frames.first { $0.source.path == "b.jpg" })
            #expect(frame.complaint?.contains(complaint) == true, "\(frame)")
            #expect((frame.fix != nil) == hasFix)
            #expect(frame.capturedAt?.milliseconds == time)
        }
    }

    @Test func sidecarsWithoutImages() throws {
        let frames = try DriveFormats.drives([
            ("a.jpg", Self.image), ("a.json", Self.sidecar("2")), ("b.json", Self.sidecar("1")),
            ("settings.json", text("{}")),
        ])[0].frames
        #expect(frames.map(\.source.path) == ["b.json", "a.jpg"])
        #expect(frames.map(\.complaint) == ["no image beside this sidecar", nil])
    }

    /// Two forms of one name are two files.
    @Test func unicodeTwinsStayApart() throws {
        let drive = try DriveFormats.drives([
            ("\u{E9}.jpg", Self.image), ("\u{E9}.json", Self.sidecar("2")), ("e\u{301}.jpg", Self.image),
        ])[0]
        #expect(drive.frames.map(\.complaint) == [nil, "no sidecar beside this image"])
    }

    @Test func flippedAndCut() {
        let whole = Self.sidecar("1765835621771")
        for length in 0..<whole.count { #expect(!Sidecar(Array(whole[..<length])).isComplete) }
        var random = SeededRandom(seed: 8)
        for _ in 0..<2000 {
            var bytes = whole
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            let sidecar = Sidecar(bytes)
            #expect(sidecar.complaint != nil || sidecar.isComplete)
        }
    }
}
