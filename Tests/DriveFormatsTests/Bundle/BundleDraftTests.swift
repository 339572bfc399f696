import Canonical
import Testing

@testable import DriveFormats

/// Bundles made of uploads in other formats say the same.
struct BundleDraftTests {
    /// The files of the bundle made of `contents`.
    private func bundle(
        _ contents: [(path: String, bytes: [UInt8])], device: String? = nil
    ) throws -> (draft: BundleDraft, contents: [(path: String, bytes: [UInt8])]) {
        let upload = MemoryUpload(contents)
        let draft = try BundleDraft(upload, device: device)
        var files = [(path: "upload.json", bytes: draft.statement.canonicalJSON.bytes)]
        for part in draft.parts {
            files.append((part.file.path, try upload.bytes(of: part.source, range: part.range)))
        }
        return (draft, files)
    }

    /// Drives with random integers, written with as many decimals as they have: every one comes back, in order.
    @Test(arguments: Array(1...40) as [UInt64])
    func everyNumberComesBack(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        func decimal(_ value: Int64, _ digits: Int) -> String {
            let text = String(value.magnitude)
            let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
            return "\(value < 0 ? "-" : "")\(padded.dropLast(digits)).\(padded.suffix(digits))"
        }
        var frames: [String] = []
        var blob: [UInt8] = []
        var expected: [BundleStatement.Position] = []
        var times: [Int64] = []
        let count = Int.random(in: 1...12, using: &random)
        for number in 0..<count {
            // Beyond the ranges of the earth at times: that is for the checks to refuse, frame by frame.
            let position = BundleStatement.Position(
                latitudeE7: Int64.random(in: -1_000_000_000...1_000_000_000, using: &random),
                longitudeE7: Int64.random(in: -2_000_000_000...2_000_000_000, using: &random), heading: nil,
                horizontalError: Int64.random(in: 0...20_000, using: &random),
                hdop: Int64.random(in: 0...99_990, using: &random), speed: 10_000)
            let time = Int64.random(in: -5_000_000_000...4_000_000_000_000, using: &random)
            let image = [0xFF, 0xD8, 0xFF, UInt8(number)] + [UInt8](repeating: UInt8(number), count: number)
            frames.append(
                "{\"bytes\":\(image.count),\"t\":\(time),\"lat\":\(decimal(position.latitudeE7, 7)),"
                    + "\"lon\":\(decimal(position.longitudeE7, 7)),\"speed\":36,"
                    + "\"eph\":\(decimal(position.horizontalError ?? 0, 3)),\"hdop\":\(decimal(position.hdop ?? 0, 3))}"
            )
            blob += image
            expected.append(position)
            times.append(time)
        }
        let json =
            "{\"bundle\":{\"version\":\"1.9\",\"deviceId\":\"cam\"},\"frames\":[\(frames.joined(separator: ","))]}"
        let (draft, files) = try bundle([("metadata/km.json", text(json)), ("framekm/km", blob)])
        let drive = draft.statement.drives[0]
        #expect(drive.device == "cam" && draft.remarks == [])
        #expect(drive.frames.map(\.position) == expected, "seed \(seed)")
        #expect(drive.frames.map(\.capturedAt?.milliseconds) == times, "seed \(seed)")
        #expect(files.dropFirst().flatMap(\.bytes) == blob, "seed \(seed)")
        try expectStable(files, "seed \(seed)")
    }

    /// A bundle reads as the integers it is written in: made into a bundle again, it is the same one.
    private func expectStable(_ files: [(path: String, bytes: [UInt8])], _ comment: Comment) throws {
        #expect(try DriveFormats.formatName(files) == "bundle", comment)
        let again = try bundle(files).contents
        #expect(again.map(\.path) == files.map(\.path), comment)
        #expect(again.map(\.bytes) == files.map(\.bytes), comment)
    }

    @Test func photosOnATrace() throws {
        let gpx = GPXBuilder.text([GPXBuilder.point()])
        let source = [
            (path: "z/a.GPX", bytes: gpx), (path: "b.jpg", bytes: ExifBuilder.sample(isBigEndian: true).jpeg),
            (path: "c.png", bytes: ExifBuilder.sample(isBigEndian: false).png), (path: "d.jpg", bytes: []),
        ]
        let (draft, files) = try bundle(source)
        #expect(draft.format == "gpx")
        #expect(
            files.map(\.path) == [
                "upload.json", "frames/0-00000.jpg", "frames/0-00001.png", "frames/0-00002.bin",
                "trace/0.gpx",
            ])
        #expect(files.last?.bytes == gpx)
        let (before, after) = (try DriveFormats.drives(source), try DriveFormats.drives(files))
        #expect(before[0].trace == after[0].trace && before[0].device == after[0].device)
        #expect(before[0].frames.map(\.capturedAt) == after[0].frames.map(\.capturedAt))
        #expect(after[0].frames[0].fix?.heading == 90.1 && after[0].frames[0].fix?.horizontalError == 3.5)
        try expectStable(files, "gpx")
    }

    @Test func severalDrivesAndDevices() throws {
        var other = ExifBuilder.sample(isBigEndian: true)
        other.camera[1] = (0x0110, .ascii("Other\u{1B}"))
        let source = [
            (path: "a.jpg", bytes: ExifBuilder.sample(isBigEndian: true).jpeg),
            (path: "b.jpg", bytes: other.jpeg),
        ]
        let (draft, files) = try bundle(source)
        #expect(draft.statement.drives.count == 2 && draft.statement.onlyDevice == nil)
        try expectStable(files, "exif")
        let named = try bundle(source, device: "cam").draft
        #expect(named.statement.onlyDevice == "cam")
    }

    @Test func whatCannotBeTakenAlong() throws {
        var pair = FrameKMBuilder().pair
        let frames = try DriveFormats.drives(pair)[0].frames.count
        pair += [("metadata/lonely.json", pair[0].path.hasSuffix("json") ? pair[0].bytes : pair[1].bytes)]
        let draft = try bundle(pair).draft
        #expect(draft.remarks == ["\(frames) frames without an image were left out"])
        #expect(draft.statement.drives.count == 1)
        #expect(code { _ = try bundle([("a.txt", text("x"))]) } == "upload.unknown_format")
    }
}
