import Canonical
import Testing

@testable import DriveFormats

/// Descriptions as mapillary_tools 0.14.7 writes them.
struct MapillaryFormatTests {
    private static let photo = ExifBuilder.sample(isBigEndian: true).jpeg

    private static func image(
        _ filename: String, sequence: String? = "0", time: String = "2018_10_16_15_17_51_350",
        extra: String = ""
    ) -> String {
        let sequence = sequence.map { #","MAPSequenceUUID":"\#($0)""# } ?? ""
        return
            #"{"MAPCaptureTime":"\#(time)","MAPCompassHeading":{"MagneticHeading":12.5,"TrueHeading":12.5},"#
            + #""MAPDeviceMake":"Make","MAPDeviceModel":"Model","MAPLatitude":37.5,"MAPLongitude":-122.25"#
            + #"\#(sequence)\#(extra),"filename":"\#(filename)","filesize":7,"filetype":"image","md5sum":"00"}"#
    }

    private static func drives(_ entries: [String], _ images: [(path: String, bytes: [UInt8])]) throws
        -> [RawDrive]
    {
        let description = (
            path: "mapillary_image_description.json", bytes: text("[\(entries.joined(separator: ","))]")
        )
        #expect(try DriveFormats.formatName(images + [description]) == "mapillary")
        return try DriveFormats.drives(images + [description])
    }

    @Test func sequencesAreDrives() throws {
        let drives = try Self.drives(
            [
                Self.image("/home/u/drive/b.jpg"),
                Self.image("/home/u/drive/a.jpg", time: "2018_10_16_15_17_52_000"),
                Self.image(
                    "C:\\\\drive\\\\c.jpg", sequence: "1",
                    extra: #","MAPGPSAccuracyMeters":3.5,"MAPCameraUUID":"A-7""#),
            ], [("a.jpg", Self.photo), ("b.jpg", Self.photo), ("c.jpg", Self.photo)])
        #expect(drives.map { $0.frames.map(\.source.path) } == [["b.jpg", "a.jpg"], ["c.jpg"]])
        #expect(drives.map(\.device) == ["Make Model", "Make Model #A-7"])
        let time = UTCTime(rfc3339: "2018-10-16T15:17:51.350Z")
        #expect(
            drives[0].frames[0].fix == RawFix(time: time, latitude: 37.5, longitude: -122.25, heading: 12.5))
        #expect(drives[0].frames[0].capturedAt == time)
        #expect(drives[1].frames[0].fix?.horizontalError == 3.5)
        #expect(drives.flatMap(\.remarks).isEmpty)
    }

    @Test func imagesByTheirFolders() throws {
        let drives = try Self.drives(
            [
                Self.image("/x/front/1.jpg", sequence: "a"), Self.image("/x/back/1.jpg", sequence: "b"),
                Self.image("/x/side/1.jpg", sequence: "c"), Self.image("/y/back/1.jpg", sequence: "d"),
            ], [("front/1.jpg", Self.photo), ("back/1.jpg", Self.photo)])
        // `side` is as near to `front` as to `back`: nobody can tell which one is meant.
        #expect(drives.map { $0.frames.map(\.source.path) } == [["front/1.jpg"], ["back/1.jpg"], ["1.jpg"]])
        #expect(drives[2].frames[0].complaint == "the image was not delivered")
        #expect(
            drives[0].remarks == ["1 described images are not in the upload", "1 images are described again"])
    }

    @Test func whatIsNotDescribed() throws {
        let refused =
            #"{"error":{"message":"zig\u001b","type":"MapillaryZigZagError","vars":{}},"filename":"/d/b.jpg","filetype":"image"}"#
        let video = #"{"MAPGPSTrack":[[0,1,2,null,null]],"filename":"/d/v.mp4","filetype":"gopro"}"#
        let drives = try Self.drives(
            [Self.image("/d/a.jpg"), refused, refused.replacing("/d/b", with: "/d/c"), video, "7"],
            [("a.jpg", Self.photo), ("b.jpg", Self.photo), ("c.jpg", ExifBuilder.jpeg([])), ("d.png", [])])
        #expect(drives.map { $0.frames.map(\.source.path) } == [["a.jpg"], ["b.jpg", "c.jpg", "d.png"]])
        // By its own EXIF, as if nobody had refused it.
        #expect(drives[1].frames[0].fix?.time == UTCTime(rfc3339: "2025-12-15T21:53:41.250Z"))
        #expect(
            drives[1].frames.map(\.complaint) == [
                nil, "no EXIF in this image; mapillary_tools: MapillaryZigZagError: zig\\u{1B}",
                "the file is empty",
            ])
        #expect(drives[0].remarks.count == 4)
        #expect(drives[0].remarks[0].hasPrefix("1 entry skipped; the first is record 5 at byte "))
        #expect(
            drives[0].remarks[1...] == [
                "1 entries are videos, which are not read", "2 images were refused by mapillary_tools",
                "3 images are read from their EXIF",
            ])
    }

    @Test func entriesThatAreWrong() throws {
        let drives = try Self.drives(
            [
                Self.image("a.jpg", time: "2018-10-16"), #"{"filename":"b.jpg","MAPLatitude":1}"#,
                Self.image("../c.jpg", sequence: nil), Self.image("..", sequence: nil),
            ], [("a.jpg", Self.photo), ("b.jpg", Self.photo)])
        let complaints = Dictionary(
            uniqueKeysWithValues: drives.flatMap(\.frames).map { ($0.source.path, $0.complaint) })
        #expect(complaints["a.jpg"] == "MAPCaptureTime '2018-10-16' is no time")
        #expect(complaints["b.jpg"] == "image description: a member is missing at $.MAPLongitude")
        #expect(complaints["c.jpg"] == "the image was not delivered")
        #expect(complaints["mapillary_image_description.json"] == "the image was not delivered")
    }

    @Test(arguments: [
        ("2018_10_16_15_17_51_350", "2018-10-16T15:17:51.350Z"),
        ("2018_10_16_15_17_51_35", "2018-10-16T15:17:51.350Z"),
        ("2018_10_16_15_17_51_350999", "2018-10-16T15:17:51.350Z"), ("2018_10_16_15_17_51", nil),
        ("2018_02_30_15_17_51_350", nil), ("2018_10_16_15_17_51_", nil), ("2018_1_16_15_17_51_350", nil),
    ])
    func captureTimes(text: String, expected: String?) {
        #expect(MapillaryEntry.captureTime(text) == expected.flatMap { UTCTime(rfc3339: $0) })
    }

    @Test func uploadsWithoutImages() {
        let video = #"{"MAPGPSTrack":[],"filename":"/d/v.mp4","filetype":"video"}"#
        for (content, expected) in [
            ("[\(video)]", "mapillary.videos"), ("[\(Self.image("a.jpg"))]", "mapillary.no_images"),
            ("[\(Self.image("a.jpg")),x]", "mapillary.bad_json"),
            ("[\(Self.image("a.jpg")),1,2]", "mapillary.bad_entries"),
        ] {
            #expect(code { _ = try DriveFormats.drives([("d.json", text(content))]) } == expected)
        }
    }

    @Test func aDescriptionThatIsCutOff() throws {
        let content = "[\(Self.image("a.jpg")),\(Self.image("b.jpg").dropLast(9))"
        let drives = try DriveFormats.drives([("a.jpg", Self.photo), ("d.json", text(content))])
        #expect(drives.map(\.remarks) == [["d.json ends inside its array; the entries before are kept"]])
    }

    @Test(arguments: [
        "[]", "[1]", "{}", #"{"filename":"a.jpg","MAPLatitude":1}"#, #"[{"filename":1,"MAPLatitude":1}]"#,
        "[{",
    ])
    func noDescription(content: String) throws {
        #expect(try !MapillaryFormat().recognises(MemoryUpload([("d.json", text(content))])))
    }
}
