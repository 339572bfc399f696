import Canonical
import Foundation
import Testing

@testable import DriveFormats

/// Real uploads, where the folder that the environment variable `WAGGLE_SHARED_DATA` names has them; they are not ours
/// to publish. The figures come from the files' own text and from exiftool 12.57.
@Suite(.enabled(if: SharedData.folder != nil))
struct RealDataTests {
    @Test func hivemapperBee() throws {
        let upload = try SharedData.upload("drives/bee-sf")
        #expect(try DriveFormats.recognise(upload)?.name == "sidecar")
        let drives = try SidecarFormat().read(upload)
        #expect(drives.map(\.frames.count) == [70])
        let frames = drives[0].frames
        #expect(frames.allSatisfy { $0.complaint == nil })
        #expect(
            frames.map { $0.capturedAt?.milliseconds }
                == frames.map { $0.capturedAt?.milliseconds }.sorted { ($0 ?? 0) < ($1 ?? 0) })
        #expect(frames[0].capturedAt?.milliseconds == 1_765_835_621_771)
        // Each frame's name repeats what its sidecar says.
        for frame in frames {
            let fields = frame.source.path.dropLast(4).split(separator: "_")
            #expect(frame.fix?.time?.milliseconds == Int64(fields[0]))
            #expect(frame.fix?.latitude == Double(fields[1]))
            #expect(frame.fix?.longitude == Double(fields[2]))
        }
    }

    /// The same frames by their EXIF: time to the millisecond, position to the 0.1 m that EXIF's ratios keep.
    @Test func hivemapperBeeByExif() throws {
        let upload = try SharedData.upload("drives/bee-sf", except: ".json")
        #expect(try DriveFormats.recognise(upload)?.name == "exif")
        let frames = try ExifPhotoFormat().read(upload)[0].frames
        #expect(frames.count == 70)
        for frame in frames {
            let fields = frame.source.path.dropLast(4).split(separator: "_")
            let fix = try #require(frame.fix)
            #expect(fix.time?.milliseconds == Int64(fields[0]))
            #expect(abs(fix.latitude - (Double(fields[1]) ?? 0)) < 1e-6)
            #expect(abs(fix.longitude - (Double(fields[2]) ?? 0)) < 1e-6)
        }
        // GPSDOP 19/25.
        #expect(frames[0].fix?.hdop == 0.76)
    }

    @Test func frameKM() throws {
        let drives = try DriveFormats.recognise(try SharedData.upload("framekm"))?.read(
            try SharedData.upload("framekm"))
        let drive = try #require(drives?.first)
        #expect(drives?.count == 1)
        #expect(drive.device == "2HzOBW4kk")
        #expect(drive.frames.map(\.source.range) == [0..<120_408, 120_408..<240_816, 240_816..<361_224])
        #expect(
            drive.frames.map { $0.capturedAt?.milliseconds } == [
                1_715_307_044_998, 1_715_307_045_203, 1_715_307_045_502,
            ])
        // 108.84794776119404 / 3.6.
        #expect(abs((drive.frames[0].fix?.speed ?? 0) - 30.2355410447761) < 1e-12)
        #expect(drive.frames[2].fix?.horizontalError == 7.3265312499999995)
        #expect(drive.frames[2].fix?.hdop == 1.82)
    }

    @Test(arguments: [
        ("DSCN0010.jpg", 43.4674483333333, 11.8851266666639, "2008-10-23T14:27:07.24Z"),
        ("DSCN0012.jpg", 43.4671566666639, 11.8853949999972, "2008-10-23T14:28:17.24Z"),
        ("DSCN0021.jpg", 43.4670816666639, 11.8845383333306, "2008-10-23T14:36:47.23Z"),
        ("DSCN0025.jpg", 43.468365, 11.8816349999722, "2008-10-23T14:41:49.03Z"),
        ("DSCN0027.jpg", 43.4684416666667, 11.881515, "2008-10-23T14:42:29.03Z"),
        ("DSCN0029.jpg", 43.4682433333306, 11.8801716666389, "2008-10-23T14:45:20.91Z"),
        ("DSCN0038.jpg", 43.4672549999972, 11.8792133333333, "2008-10-23T14:50:40.9Z"),
        ("DSCN0040.jpg", 43.4660116666389, 11.8791116666389, "2008-10-23T14:54:00.19Z"),
        ("DSCN0042.jpg", 43.464455, 11.8814783333333, "2008-10-23T14:57:41.37Z"),
    ])
    func photos(name: String, latitude: Double, longitude: Double, time: String) throws {
        let drives = try ExifPhotoFormat().read(try SharedData.upload("photos/gps"))
        #expect(drives.map(\.device) == ["NIKON COOLPIX P6000"])
        let frame = try #require(drives[0].frames.first { $0.source.path == name })
        #expect(abs((frame.fix?.latitude ?? 0) - latitude) < 1e-12)
        #expect(abs((frame.fix?.longitude ?? 0) - longitude) < 1e-12)
        #expect(frame.capturedAt == UTCTime(rfc3339: time))
        #expect(frame.fix?.heading == nil)
    }

    @Test func oddPhotosAllStay() throws {
        let drives = try ExifPhotoFormat().read(try SharedData.upload("photos"))
        #expect(drives.flatMap(\.frames).count == 28)
        #expect(drives.flatMap(\.frames).count { $0.fix != nil } == 11)
    }

    @Test(arguments: [
        ("around-visnjan-with-car.gpx", 104), ("korita-zbevnica.gpx", 0), ("gpx1.1_with_all_fields.gpx", 0),
    ])
    func gpx(name: String, atLeast: Int) throws {
        let upload = try SharedData.upload("gpx")
        let file = try #require(upload.files.first { $0.path == name })
        let text = String(decoding: try upload.bytes(of: file, range: 0..<file.size), as: UTF8.self)
        let fixes = try GPXReader.read(XMLInput(file, in: upload))
        #expect(fixes.count == text.components(separatedBy: "<trkpt").count - 1)
        #expect(fixes.count >= atLeast)
    }

    /// Called "without times", yet its last five points have one.
    @Test func gpxWithFewTimes() throws {
        let upload = try SharedData.upload("gpx")
        let file = try #require(upload.files.first { $0.path.hasPrefix("cerknicko") })
        let fixes = try GPXFile.read(file, in: upload)
        #expect(fixes.count == 296)
        #expect(fixes.count { $0.time != nil } == 5)
    }
}

/// Logs of real receivers. The figures are those of gpsbabel 1.8.0 (`gpsbabel -i nmea -o unicsv,utc=0`), which gives
/// positions to six decimals, but it takes the first fix of `ublox-8.log` for none.
@Suite(.enabled(if: SharedData.folder != nil))
struct RealLogTests {
    @Test(arguments: [
        ("haicom-305N.log", 68, "2007-04-08T09:53:04.802Z", -27.210867, 153.052328),
        ("hemi.log", 21, "2018-09-07T19:40:50Z", 42.363730, -71.032353),
        ("neo-m8n.log", 24, "2015-03-18T17:19:25Z", 44.069011, -121.314247),
        ("nmea-rtk.log", 122, "2020-03-18T13:28:19.600Z", 41.574966, -93.750572),
        ("quectel-eg25-g.log", 23, "2022-09-11T19:15:03.010Z", 36.764605, 31.411171),
        ("quectel-l76k-nmea.log", 151, "2026-08-05T05:52:34Z", 47.661982, -122.326394),
        ("sirfstarv-nmea.log", 59, "2019-02-05T02:09:35Z", 44.068918, -121.314260),
        ("skytraq-dgps.log", 96, "2016-04-07T21:31:21Z", 44.068826, -121.314476),
        ("st-teseo-liv3f.log", 30, "2026-03-16T20:34:51Z", 42.251292, -88.198099),
        ("telit-he910.log", 187, "2019-03-12T10:51:53.710Z", 50.840203, 4.347110),
        ("ublox-8.log", 72, "2017-01-10T00:09:41Z", 44.068898, -121.314271),
        ("ublox-neo-m9n-nmea.log", 61, "2020-07-11T22:37:45Z", 38.110494, -122.626897),
    ])
    func fixes(name: String, count: Int, time: String, latitude: Double, longitude: Double) throws {
        let upload = try SharedData.upload("nmea")
        let file = try #require(upload.files.first { $0.path == name })
        #expect(try TraceFormats.recognise(file, in: upload)?.name == "nmea")
        let fixes = try NMEATrace().read(file, in: upload).fixes
        #expect(fixes.count == count)
        #expect(fixes[0].time?.description == time)
        #expect(abs(fixes[0].latitude - latitude) < 5.1e-7)
        #expect(abs(fixes[0].longitude - longitude) < 5.1e-7)
    }

    /// A log of UBX frames, with a few sentences about the receiver.
    @Test func binaryLog() throws {
        let upload = try SharedData.upload("nmea")
        let file = try #require(upload.files.first { $0.path == "ublox-neo-m8l.log" })
        #expect(code { _ = try NMEATrace().read(file, in: upload) } == "nmea.no_fixes")
    }
}

/// The folder of data that is not ours.
enum SharedData {
    static let folder = ProcessInfo.processInfo.environment["WAGGLE_SHARED_DATA"]

    /// The files below `path`, but not those that end in `suffix`.
    static func upload(_ path: String, except suffix: String = "/") throws -> MemoryUpload {
        let root = URL(fileURLWithPath: try #require(folder)).appendingPathComponent(path)
        var contents: [(path: String, bytes: [UInt8])] = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: root.path)
        where !name.hasSuffix(suffix) {
            let url = root.appendingPathComponent(name)
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            contents.append((name, Array(try Data(contentsOf: url))))
        }
        return MemoryUpload(contents)
    }
}
