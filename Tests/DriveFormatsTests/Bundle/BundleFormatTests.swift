import Canonical
import Testing

@testable import DriveFormats

/// Bundles that are right, and bundles of which the files or the signature are not.
struct BundleFormatTests {
    @Test func whatIsRead() throws {
        var builder = BundleBuilder()
        builder.device = "cam"
        builder.images[1].members += ";,\"speed\":13889,\"unblurred\":true"
        let contents = builder.contents
        #expect(try DriveFormats.formatName(contents) == "bundle")
        let drives = try DriveFormats.drives(contents)
        #expect(drives.count == 1 && drives[0].device == "cam" && drives[0].trace == [])
        let time = UTCTime(milliseconds: 1_765_835_621_771)
        #expect(
            drives[0].frames[0]
                == RawFrame(
                    source: ByteSource(path: "frames/a.jpg"),
                    fix: RawFix(
                        time: time, latitude: 37.7768, longitude: -122.4125, heading: 90.1,
                        horizontalError: 3.5), capturedAt: time, origin: .bundle))
        let second = drives[0].frames[1]
        #expect(second.isUnblurred && second.fix?.speed == 13.889 && second.fix?.hdop == 1.2)
    }

    @Test func framesWithLittleToSay() throws {
        var builder = BundleBuilder()
        builder.images[0].members = ""
        builder.images[1].members = "\"captured_at\":5,"
        let frames = try DriveFormats.drives(builder.contents)[0].frames
        #expect(frames.map(\.fix) == [nil, nil])
        #expect(frames.map(\.capturedAt) == [nil, UTCTime(milliseconds: 5)])
        #expect(frames.map(\.complaint) == ["upload.json gives no captured_at", nil])
    }

    @Test func traces() throws {
        var builder = BundleBuilder()
        builder.trace = ("t/track", GPXBuilder.text([GPXBuilder.point()]))
        #expect(try DriveFormats.drives(builder.contents)[0].trace.count == 1)
        builder.trace = ("t/track", text("<kml>"))
        #expect(bundleFault(builder.contents) == "bundle.bad_trace t/track")
        builder.trace = ("t/track", GPXBuilder.text([]))
        #expect(bundleFault(builder.contents)?.hasPrefix("gpx.no_points t/track") == true)
    }

    @Test func filesThatAreNotThoseListed() throws {
        let contents = BundleBuilder().contents
        #expect(
            bundleFault(contents.filter { $0.path != "frames/b.jpg" }) == "bundle.file_missing frames/b.jpg")
        #expect(bundleFault(contents + [("frames/c.jpg", [1])]) == "bundle.unlisted_file frames/c.jpg")
        #expect(bundleFault(contents + [("notes.txt", [1])]) == "bundle.unlisted_file notes.txt")
        #expect(bundleFault(contents + [("upload.sig", [1])]) == "bundle.unlisted_file upload.sig")
        #expect(bundleFault(contents + [("a/upload.json", [1])]) == "bundle.unlisted_file a/upload.json")
        for place in contents.indices.dropFirst() {
            for offset in [0, contents[place].bytes.count - 1] {
                var broken = contents
                broken[place].bytes[offset] ^= 1
                #expect(bundleFault(broken) == "bundle.file_differs \(contents[place].path)")
            }
            var longer = contents
            longer[place].bytes.append(0)
            #expect(bundleFault(longer) == "bundle.file_differs \(contents[place].path)")
        }
    }

    /// Every byte of a signed bundle, one bit turned: it is refused, and the reason says what is wrong.
    @Test func anyWrongByteIsRefused() throws {
        var builder = BundleBuilder()
        builder.trace = ("track.gpx", GPXBuilder.text([GPXBuilder.point()]))
        try builder.sign(BundleBuilder.key())
        let contents = builder.contents
        #expect(bundleFault(contents) == nil)
        for (place, file) in contents.enumerated() {
            for offset in file.bytes.indices {
                var broken = contents
                broken[place].bytes[offset] ^= 1 << UInt8(offset % 8)
                let fault = bundleFault(broken) ?? "none"
                let allowed =
                    switch file.path {
                    case "upload.sig": ["bundle.signature_wrong upload.sig"]
                    case "upload.json": ["bundle.signature_wrong upload.sig", "bundle.bad_json upload.json"]
                    default: ["bundle.file_differs \(file.path)"]
                    }
                #expect(allowed.contains { fault.hasPrefix($0) }, "\(file.path) byte \(offset): \(fault)")
            }
        }
        for count in 0..<64 {
            var broken = contents
            broken[broken.count - 1].bytes = Array(broken[broken.count - 1].bytes.prefix(count))
            #expect(bundleFault(broken) == "bundle.signature_wrong upload.sig")
        }
    }

    @Test func signaturesOfOthers() throws {
        var builder = BundleBuilder()
        try builder.sign(BundleBuilder.key())
        #expect(
            bundleFault(builder.contents.filter { $0.path != "upload.sig" })
                == "bundle.signature_stripped upload.sig")
        // By another key than the one it names.
        let signature = try SigningKey().signature(
            of: text("waggle-bundle-signature/1\n" + builder.statement))
        builder.files = [("upload.sig", signature)]
        #expect(bundleFault(builder.contents) == "bundle.signature_wrong upload.sig")
        // By the right key, for another purpose.
        builder.files = [("upload.sig", try BundleBuilder.key().signature(of: text(builder.statement)))]
        #expect(bundleFault(builder.contents) == "bundle.signature_wrong upload.sig")
    }

    @Test func whoSigned() throws {
        var builder = BundleBuilder()
        builder.device = "cam"
        let previous = String(repeating: "ab", count: 32)
        try builder.sign(BundleBuilder.key(), sequence: 7, previous: previous)
        let bundle = try VerifiedBundle(MemoryUpload(builder.contents))
        #expect(bundle.signed?.hash == .of(builder.statement))
        #expect(bundle.signed?.signer.sequence == 7 && bundle.signed?.signer.previous?.hex == previous)
        #expect(bundle.signed?.signer.key == (try BundleBuilder.key().verifyingKey()))
        // The drive's device is the signer's, or unsaid.
        builder.device = nil
        try builder.sign(BundleBuilder.key())
        #expect(try DriveFormats.drives(builder.contents)[0].device == "cam")
        builder.device = "other"
        try builder.sign(BundleBuilder.key())
        #expect(bundleFault(builder.contents) == "bundle.bad_json upload.json, $.signer.device")
    }

    @Test func whatIsABundle() throws {
        let contents = BundleBuilder().contents
        #expect(
            try DriveFormats.formatName([("upload.json", text(#"{"format":"waggle-bundle/9"}"#))]) == "bundle"
        )
        #expect(try DriveFormats.formatName([("a/upload.json", contents[0].bytes)]) == nil)
        #expect(
            try DriveFormats.formatName([("Upload.json", contents[0].bytes)] + contents.dropFirst()) == "exif"
        )
        let pair = FrameKMBuilder().pair
        #expect(try DriveFormats.formatName(pair + [("upload.json", text("{}"))]) == "framekm")
    }
}
