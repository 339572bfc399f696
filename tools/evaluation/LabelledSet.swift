import Canonical
import Store

/// Frames no two of which show the same picture, in the order they were taken.
struct LabelledSet {
    /// Its name in the tables.
    let name: String
    /// The frames' files.
    let frames: [[UInt8]]
    /// Why less than what is promised may be found in it; nil where the promises hold.
    var exemption: String?
    /// Whether consecutive frames look so much alike that driving hardly shows.
    var isMonotonous = false

    private static let maxBytes = 1 << 26

    /// The JPEG files in `directory`, by name.
    static func realDrive(_ directory: String) throws -> LabelledSet {
        let names = try DirectoryListing.names(in: directory).filter { $0.hasSuffix(".jpg") }.sorted()
        guard names.count > 1 else { throw EvaluationError("\(directory) has no two JPEG frames") }
        return LabelledSet(
            name: "real street, \(names.count) frames of a dashcam about 8 m apart",
            frames: try names.map { try StoredFile.read("\(directory)/\($0)", maxBytes: maxBytes) })
    }

    /// A made drive along a motorway.
    static func motorway(frames: Int) throws -> LabelledSet {
        let scene = MotorwayScene(seed: 1, spacing: 8)
        return LabelledSet(
            name: "made motorway, \(frames) frames 8 m apart",
            frames: try (0..<frames).map { try scene.frame($0).encoded(quality: 85) }, isMonotonous: true)
    }

    /// The frames of the sample drives that are to be accepted.
    static func sampleDrives(_ directory: String) throws -> LabelledSet {
        let expected = try JSONReader.read(
            try StoredFile.read("\(directory)/expected.json", maxBytes: maxBytes))
        guard case .object(let document) = expected, case .array(let uploads)? = document["uploads"] else {
            throw EvaluationError("\(directory)/expected.json lists no uploads")
        }
        var files: [String: [UInt8]] = [:]
        var frames: [[UInt8]] = []
        for case .object(let upload) in uploads {
            guard case .string(let contributor)? = upload["contributor"],
                case .string(let name)? = upload["upload"], case .array(let listed)? = upload["frames"]
            else { throw EvaluationError("\(directory)/expected.json has an upload without frames") }
            for case .object(let frame) in listed where frame["verdict"] == .string("accepted") {
                guard case .string(let place)? = frame["name"] else { continue }
                // Frames inside a larger file are named by it and the byte they begin at.
                let parts = place.split(separator: "@")
                let path = "\(directory)/\(contributor)/\(name)/\(parts[0])"
                let bytes = try files[path] ?? StoredFile.read(path, maxBytes: maxBytes)
                files[path] = parts.count > 1 ? bytes : nil
                frames.append(Array(bytes.dropFirst(parts.count > 1 ? Int(parts[1]) ?? 0 : 0)))
            }
        }
        return LabelledSet(
            name: "sample drives, \(frames.count) frames of a made town", frames: frames,
            exemption: """
                Nothing is promised here: a quarter of these small frames, on which hashes are taken, has about as many samples as \
                PDQ takes from it, so that rounding to whole samples weighs more than in a camera's frame.
                """)
    }
}
