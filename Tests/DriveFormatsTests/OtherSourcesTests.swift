import Canonical
import Testing

@testable import DriveFormats

/// What is read of frames beside what their format's reader takes.
struct OtherSourcesTests {
    private func drives(_ contents: [(path: String, bytes: [UInt8])]) throws -> [RawDrive] {
        try OtherSources.heard(try DriveFormats.drives(contents), in: MemoryUpload(contents), margin: 60_000)
    }

    private static let photo = ExifBuilder.sample(isBigEndian: true).jpeg
    private static let sidecar = text(
        #"{"time":1765835621000,"gnss_time":1765835621771,"lat":37.5,"lon":-122.25}"#)

    @Test func everySourceOfAFrameIsRead() throws {
        let frame = try drives([
            ("1765835621771_37.5_-122.25.jpg", Self.photo), ("1765835621771_37.5_-122.25.json", Self.sidecar),
        ])[0].frames[0]
        let said = frame.testimonies
        #expect(said.map(\.source) == [.sidecar, .sidecarClock, .exif, .exifClock, .fileName])
        #expect(said.map(\.clock) == [.satellites, .device, .satellites, .device, .device])
        #expect(
            said.map { $0.time?.milliseconds } == [
                1_765_835_621_771, 1_765_835_621_000, 1_765_835_621_250, 1_765_835_622_500, 1_765_835_621_771,
            ])
        #expect(said.map { $0.fix?.latitude } == [37.5, nil, 37 + 46.0 / 60 + 30.5 / 3600, nil, 37.5])
    }

    @Test func photosTellBothTheirClocks() throws {
        let frame = try drives([("20251215_225342.jpg", Self.photo)])[0].frames[0]
        #expect(frame.testimonies.map(\.source) == [.exif, .exifClock, .fileName])
        var builder = ExifBuilder.sample(isBigEndian: false)
        builder.set(gps: 0x1D, nil)
        let other = try drives([("a.jpg", builder.jpeg)])[0].frames[0]
        #expect(other.testimonies.map(\.source) == [.exif, .exifClock])
        #expect(other.testimonies[0].time == nil && other.testimonies[1].time != nil)
    }

    @Test func aTraceBesideOtherFramesBearsWitness() throws {
        let track = GPXBuilder.text([GPXBuilder.point(), GPXBuilder.point()])
        let frames = [("a.jpg", Self.photo), ("a.json", Self.sidecar)]
        let drive = try drives(frames + [("t.gpx", track)])[0]
        #expect(drive.trace.count == 2 && drive.traceIsWitness)
        #expect(drive.remarks.contains { $0.contains("2 fixes of the trace t.gpx bear witness") })
        let several = try drives(frames + [("t.gpx", track), ("u.gpx", track)])[0]
        #expect(several.trace.isEmpty && several.remarks.contains { $0.contains("2 trace files") })
        let broken = try drives(frames + [("t.gpx", text("<gpx version=\"1.1\"><trk>"))])[0]
        #expect(broken.trace.isEmpty && broken.remarks.contains { $0.contains("was not used") })
    }
}
