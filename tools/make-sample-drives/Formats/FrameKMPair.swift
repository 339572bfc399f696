import Canonical
import Imaging

/// The pair of files in which Hivemapper dashcams deliver up to a kilometre: JPEGs one after the other in
/// `framekm/<name>`, and their lengths, positions and times in `metadata/<name>.json`.
enum FrameKMPair {
    private static let quality = 80

    /// The pair that holds `frames`; `images` are the JPEGs, for those who copy them.
    static func files(
        _ frames: [FilmedFrame], device: String, seed: UInt64
    ) throws(ImageError) -> (files: [OutputFile], expected: [Expectation], images: [[UInt8]]) {
        var images: [[UInt8]] = []
        for frame in frames { images.append(try frame.jpeg(quality: quality)) }
        let name = name(frames)
        let path = "framekm/\(name)"
        var expected: [Expectation] = []
        var entries: [OrderedJSON] = []
        var offset = 0
        for (frame, image) in zip(frames, images) {
            expected.append(Expectation(name: "\(path)@\(offset)", fault: frame.fault))
            entries.append(entry(frame, bytes: image.count, seed: seed))
            offset += image.count
        }
        let bundle = OrderedJSON.object([
            "name": .string(name), "numFrames": .integer(Int64(frames.count)),
            "size": .integer(Int64(offset)),
            "deviceType": .string("hdc"), "quality": .integer(Int64(quality)),
            "firmwareVersion": .string("5.1.3"), "ssid": .string(""), "keyframeDistance": .integer(8),
            "resolution": .string("2k"), "version": .string("1.9"), "deviceId": .string(device),
        ])
        let metadata = OrderedJSON.object(["bundle": bundle, "frames": .array(entries)])
        return (
            [OutputFile(path, Array(images.joined())), OutputFile("metadata/\(name).json", metadata.bytes)],
            expected, images
        )
    }

    /// `km_YYYYMMDD_HHMMSS_<frames>_0`, after the first frame.
    private static func name(_ frames: [FilmedFrame]) -> String {
        let first = frames.first?.moment.time ?? UTCTime(milliseconds: 0)
        let digits = first.description.prefix(19).filter(\.isNumber)
        return "km_\(digits.prefix(8))_\(digits.dropFirst(8))_\(frames.count)_0"
    }

    private static func entry(_ frame: FilmedFrame, bytes: Int, seed: UInt64) -> OrderedJSON {
        var chance = SplitMix64(seed: seed, Int(frame.moment.time.milliseconds), 5)
        func near(_ value: Double, _ spread: Double, _ places: Int) -> OrderedJSON {
            .decimal(value + spread * chance.bell(), places: places)
        }
        let hdop = 0.9 + 0.1 * chance.bell()
        return .object([
            "bytes": .integer(Int64(bytes)), "lat": .exact(frame.reported.position.latitude),
            "lon": .exact(frame.reported.position.longitude), "alt": near(512, 0.6, 2),
            "xdop": near(0.6, 0.05, 2), "ydop": near(0.7, 0.05, 2), "pdop": near(1.7, 0.1, 2),
            "hdop": .decimal(hdop, places: 2), "vdop": near(1.4, 0.1, 2), "tdop": near(0.9, 0.05, 2),
            "gdop": near(1.9, 0.1, 2), "speed": near(frame.moment.speed * 3.6, 0.4, 3),
            "t": .integer(frame.reported.time.milliseconds),
            "satellites": .integer(Int64(13 + chance.index(6))),
            "dilution": .integer(Int64(hdop.rounded())), "eph": near(2.6, 0.25, 2),
            "acc_x": near(0.02, 0.03, 4), "acc_y": near(0.01, 0.04, 4), "acc_z": near(0.99, 0.02, 4),
            "gyro_x": near(0, 0.5, 4), "gyro_y": near(0, 0.5, 4), "gyro_z": near(0, 1.2, 4),
        ])
    }
}
