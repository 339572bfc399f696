import Canonical
import Testing

@testable import DriveFormats

/// One format for every upload, and the reason where there is none.
struct RecognitionTests {
    private static let photo = ExifBuilder.sample(isBigEndian: true).jpeg
    private static let sidecar = text(
        #"{"time":1765835621771,"gnss_time":1765835621772,"lat":37.5,"lon":-122,"img_id":0}"#)
    private static let gpx = GPXBuilder.text([GPXBuilder.point()])

    @Test func theFirstFormatThatFits() throws {
        let photo = (path: "a.jpg", bytes: Self.photo)
        let sidecar = (path: "a.json", bytes: Self.sidecar)
        let gpx = (path: "track", bytes: Self.gpx)
        #expect(try DriveFormats.formatName([photo]) == "exif")
        #expect(try DriveFormats.formatName([photo, gpx]) == "gpx")
        #expect(try DriveFormats.formatName([photo, gpx, sidecar]) == "sidecar")
        #expect(try DriveFormats.formatName([photo, gpx, sidecar] + FrameKMBuilder().pair) == "framekm")
        #expect(try DriveFormats.formatName([(path: "photo", bytes: Self.photo)]) == "exif")
        #expect(
            DriveFormats.all.map(\.name) == [
                "bundle", "framekm", "mapillary", "sidecar", "gpx", "geojson", "gnss", "nmea", "csv", "exif",
            ])
    }

    @Test func nothingKnown() throws {
        for contents in [
            [], [("a.gpx", Self.gpx)], [("a.json", Self.sidecar)], [("a.jpg", [])],
            [("b.jpg", text("x")), ("a.json", Self.sidecar)],
            [("a.jpg", Self.photo.dropLast(Self.photo.count - 20) + [])],
            [("a.json", text(#"{"bundle":1}"#))],
        ] as [[(String, [UInt8])]] {
            let contents = contents.map { (path: $0.0, bytes: $0.1) }
            #expect(try DriveFormats.formatName(contents) == nil)
            let error = DriveFormats.unknownFormat(MemoryUpload(contents))
            #expect(error.code == "upload.unknown_format")
            for format in DriveFormats.all { #expect(error.reason.contains(format.lookedFor)) }
        }
    }

    /// A sidecar with one wrong byte is the reason for which nothing is known, and the byte can be named.
    @Test func brokenJSONIsNamed() throws {
        let sidecar = #"{"time":1765835621771,"lat":NaN,"lon":-122.4}"#
        let upload = MemoryUpload([("a.jpg", []), ("a.json", text(sidecar)), ("b.json", text("{}"))])
        #expect(
            DriveFormats.unknownFormat(upload).reason.contains(
                "a.json is not one JSON document: no JSON value starts here at byte 28"))
        let whole = DriveFormats.unknownFormat(MemoryUpload([("b.json", text("{}")), ("c.txt", text("{"))]))
        #expect(whole.reason.contains("c.txt is not one JSON document"))
        #expect(!whole.reason.contains("b.json is not"))
    }

    @Test func gpxBeginnings() throws {
        for (start, expected) in [
            ("<gpx>", true), ("\u{FEFF} <?xml?>\n<!-- <kml> --><gpx a='1'>", true), ("<p:gpx ", true),
            ("<!DOCTYPE gpx>", true),
            ("<gpxx>", false), ("<kml><gpx>", false), ("gpx", false), ("<!-- <gpx>", false), ("<", false),
            ("", false),
        ] {
            let upload = MemoryUpload([("x", text(start))])
            #expect(try GPXFile.begins(upload.files[0], in: upload) == expected, "\(start)")
        }
        let wide: [UInt8] = [0xFF, 0xFE] + text("<?xml?><gpx>").flatMap { [$0, 0] }
        let upload = MemoryUpload([("x", wide)])
        #expect(try GPXFile.begins(upload.files[0], in: upload))
    }

    @Test func photosOnATrace() throws {
        var silent = ExifBuilder.sample(isBigEndian: false)
        silent.gps = []
        let drives = try DriveFormats.drives([
            ("z/a.gpx", Self.gpx), ("b.jpg", Self.photo), ("a.jpg", silent.jpeg), ("c.jpg", []),
        ])
        #expect(drives.count == 1)
        #expect(
            drives[0].trace == [
                RawFix(time: UTCTime(rfc3339: "2025-01-01T00:00:00Z"), latitude: 45.5, longitude: 9.25)
            ])
        // By GPS 21:53:41.250, by the camera 21:53:42.500, and none.
        #expect(drives[0].frames.map(\.source.path) == ["b.jpg", "a.jpg", "c.jpg"])
        #expect(drives[0].frames.map(\.complaint) == [nil, nil, "the file is empty"])
        #expect(drives[0].frames[1].fix == nil)
        #expect(drives[0].device == "Make Model #A-7")
        let two = [("a.gpx", Self.gpx), ("b\u{1B}.gpx", Self.gpx), ("b.jpg", Self.photo)].map {
            (path: $0.0, bytes: $0.1)
        }
        do {
            _ = try DriveFormats.drives(two)
            Issue.record("not refused")
        } catch let error as FormatError {
            #expect(error.code == "trace.several")
            #expect(error.place == "a.gpx, b\\u{1B}.gpx")
        }
    }

    @Test func photosByFolderAndCamera() throws {
        var other = ExifBuilder.sample(isBigEndian: true)
        other.camera = [(0x010F, .ascii("Other"))]
        other.exif = []
        other.set(gps: 0x1D, .ascii("2025:12:14"))
        let drives = try DriveFormats.drives([
            ("a/2.jpg", Self.photo), ("a/1.jpg", Self.photo), ("a/0.jpg", other.jpeg),
            ("b/1.png", ExifBuilder.sample(isBigEndian: true).png),
            ("a/x.JPEG", text("no")), ("a/y.jpg", ExifBuilder.jpeg([])),
        ])
        #expect(drives.map(\.device) == [nil, "Make Model #A-7", "Other", "Make Model #A-7"])
        #expect(
            drives.map { $0.frames.map(\.source.path) } == [
                ["a/x.JPEG", "a/y.jpg"], ["a/1.jpg", "a/2.jpg"], ["a/0.jpg"], ["b/1.png"],
            ])
        #expect(
            drives[0].frames.map(\.complaint) == ["neither a JPEG nor a PNG file", "no EXIF in this image"])
    }

    @Test func printableNames() {
        #expect(PrintableText.of("a\u{1B}[2J\u{202E}\n\\é漢") == "a\\u{1B}[2J\\u{202E}\\u{A}\\u{5C}é漢")
        #expect(PrintableText.of([0x61, 0xFF]) == "a\u{FFFD}")
        #expect(PrintableText.of("abc", limit: 2) == "ab...")
    }

    @Test func folderAndNameByBytes() {
        let file = UploadFile(path: "a/\u{301}b.jpg", size: 0)
        #expect(file.folder == "a")
        #expect(Array(file.name.utf8) == text("\u{301}b.jpg"))
        #expect(UploadFile(path: "b", size: 0).folder.isEmpty)
    }
}
