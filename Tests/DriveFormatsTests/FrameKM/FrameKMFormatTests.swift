import Canonical
import Testing

@testable import DriveFormats

/// FrameKM pairs, their traps and orphans.
struct FrameKMFormatTests {
    @Test func pairIsCutByBytesAlone() throws {
        let builder = FrameKMBuilder()
        for contents in [builder.pair, builder.flat] {
            #expect(try DriveFormats.formatName(contents) == "framekm")
            let drives = try DriveFormats.drives(contents)
            #expect(drives.count == 1)
            #expect(drives[0].device == "cam1")
            #expect(drives[0].frames.map(\.source.range) == [0..<10, 10..<21, 21..<33])
            #expect(drives[0].frames.allSatisfy { $0.source.path == contents[1].path && $0.complaint == nil })
            // 36 km/h is 10 m/s; 1715307044.250 s is 2024-05-10T02:10:44.250Z.
            let fix = RawFix(
                time: UTCTime(rfc3339: "2024-05-10T02:10:44.250Z"), latitude: 37.5, longitude: -122.25,
                speed: 10,
                horizontalError: 7.5, hdop: 1.82)
            #expect(drives[0].frames[1].fix == fix)
        }
    }

    @Test func pairsStaySeparateInOrderOfName() throws {
        var second = FrameKMBuilder()
        second.name = "km_20240510_021144_3_0"
        let drives = try DriveFormats.drives(second.pair + FrameKMBuilder().pair)
        #expect(
            drives.map { $0.frames[0].source.path } == [
                "framekm/km_20240510_021044_3_0", "framekm/km_20240510_021144_3_0",
            ])
        #expect(drives.map(\.device) == ["cam1", "cam1"])
    }

    @Test(arguments: [(33, 33, 32), (33, 34, 33), (32, 33, 33), (0, 33, 33), (33, 0, 33)])
    func bytesThatDoNotFit(blob: Int, size: Int, sum: Int) {
        var builder = FrameKMBuilder()
        builder.blobSize = blob
        builder.size = size
        builder.frames[2] = FrameKMBuilder.frame(bytes: sum - 21, time: 0)
        var thrown: FormatError?
        do { _ = try DriveFormats.drives(builder.pair) } catch { thrown = error as? FormatError }
        #expect(thrown?.code == "framekm.bytes_mismatch")
        for figure in [blob, size, sum] { #expect(thrown?.reason.contains("\(figure)") == true) }
    }

    @Test func damageIsNamedWithItsPlace() {
        var builder = FrameKMBuilder()
        builder.numFrames = 4
        #expect(code { _ = try DriveFormats.drives(builder.pair) } == "framekm.count_mismatch")
        builder = FrameKMBuilder()
        for frame in [#""bytes":"10""#, #""bytes":-1"#, #""bytes":1.5"#, #""bytes":null"#, #""lat":1"#] {
            builder.frames[1] = frame
            #expect(code { _ = try DriveFormats.drives(builder.pair) } == "framekm.bad_metadata")
        }
        builder.frames = [#""bytes":9223372036854775807"#, #""bytes":1"#]
        builder.numFrames = 2
        #expect(code { _ = try DriveFormats.drives(builder.pair) } == "framekm.bad_metadata")
        var contents = FrameKMBuilder().pair
        contents[0].bytes.removeLast(20)
        #expect(code { _ = try DriveFormats.drives(contents) } == "framekm.bad_json")
    }

    @Test func missingNullAndBrokenMembers() throws {
        var builder = FrameKMBuilder()
        builder.device = nil
        builder.size = nil
        builder.numFrames = nil
        builder.frames = [
            #""bytes":10,"lat":1,"lon":2,"t":5,"speed":null,"hdop":"much","eph":3"#,
            #""bytes":11,"lat":"1","lon":2,"t":6"#,
            #""bytes":12,"lat":1,"lon":2"#,
        ]
        let drive = try DriveFormats.drives(builder.pair)[0]
        #expect(drive.device == nil)
        #expect(drive.frames[0].fix?.speed == nil)
        #expect(drive.frames[0].fix?.hdop == nil)
        #expect(drive.frames[0].fix?.horizontalError == 3)
        #expect(drive.frames[0].complaint?.contains("$.frames[0].hdop") == true)
        #expect(drive.frames[1].fix == nil)
        #expect(drive.frames[1].capturedAt == UTCTime(milliseconds: 6))
        #expect(drive.frames[1].complaint?.contains("$.frames[1].lat") == true)
        #expect(drive.frames[2].fix?.time == nil)
        #expect(drive.frames[2].complaint?.contains("$.frames[2].t") == true)
    }

    @Test func versions() {
        var builder = FrameKMBuilder()
        for (version, expected) in [
            ("1.6", nil), ("1.8", nil), ("1.10", nil), ("2.0", nil), ("11", nil),
            ("1.5", "framekm.old_version"),
            ("0.99", "framekm.old_version"), ("1.x", "framekm.bad_metadata"), ("", "framekm.bad_metadata"),
            ("1..9", "framekm.bad_metadata"), ("+1.9", "framekm.bad_metadata"),
        ] as [(String, String?)] {
            builder.version = "\"\(version)\""
            #expect(code { _ = try DriveFormats.drives(builder.pair) } == expected, "\(version)")
        }
        let sorted = ["1.10", "1.9", "1.6", "1.8", "2", "1.9.1"].compactMap(FrameKMVersion.init).sorted()
        #expect(sorted.map(\.description) == ["1.6", "1.8", "1.9", "1.9.1", "1.10", "2"])
        #expect(FrameKMVersion("1.9") == FrameKMVersion("1.9.0"))
    }

    @Test func orphansNeverFailAPairAndNeverVanish() throws {
        var lonely = FrameKMBuilder()
        lonely.name = "km_20240510_031044_3_0"
        let drives = try DriveFormats.drives(
            FrameKMBuilder().pair + [lonely.pair[0], ("framekm/km_x", lonely.blob), ("photo.JPG", [])])
        #expect(drives.map(\.frames.count) == [3, 3, 1, 1])
        #expect(
            drives[1].frames[2].source == ByteSource(path: "framekm/km_20240510_031044_3_0", range: 21..<33))
        #expect(
            drives[1].frames.allSatisfy { $0.fix != nil && $0.complaint?.contains("not delivered") == true })
        #expect(
            drives[2].frames == [
                RawFrame(
                    source: ByteSource(path: "framekm/km_x"), complaint: "no metadata for this blob",
                    origin: .frameKM)
            ])
        #expect(drives[3].frames[0].source.path == "photo.JPG")
    }

    @Test func orphansAlone() throws {
        let builder = FrameKMBuilder()
        #expect(try DriveFormats.drives([builder.pair[1]])[0].frames.count == 1)
        #expect(try DriveFormats.drives([builder.flat[1]])[0].frames.count == 1)
        #expect(code { _ = try DriveFormats.drives([builder.pair[0]]) } == "framekm.no_blob")
        // A folder of photos that happen to have no extension is not FrameKM.
        #expect(try DriveFormats.formatName([("a", ExifBuilder.sample(isBigEndian: true).jpeg)]) == "exif")
    }

    @Test func cutAtEveryByteAndFlipped() {
        let metadata = FrameKMBuilder().metadata
        for length in 0..<metadata.count {
            let contents = [
                ("metadata/a.json", Array(metadata[..<length])), ("framekm/a", FrameKMBuilder().blob),
            ]
            let drives = try? DriveFormats.drives(contents.map { (path: $0.0, bytes: $0.1) })
            // Either it is refused, or the blob is an orphan.
            #expect(drives == nil || drives?.map(\.frames.count) == [1])
        }
        var random = SeededRandom(seed: 5)
        for _ in 0..<2000 {
            var bytes = metadata
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            _ = try? DriveFormats.drives([("metadata/a.json", bytes), ("framekm/a", FrameKMBuilder().blob)])
        }
    }
}
