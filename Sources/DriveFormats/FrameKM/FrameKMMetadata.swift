import Canonical

/// The metadata of one FrameKM: `{"bundle": {...}, "frames": [...]}` as Hivemapper/odc-api writes it
/// (`src/util/motionModel/packaging.ts`, `packMetadata`).
struct FrameKMMetadata {
    /// One element of `frames`.
    struct Frame {
        /// Bytes of the image in the blob.
        var bytes: Int
        var fix: RawFix?
        var capturedAt: UTCTime?
        var complaint: String?
    }

    /// `bundle.version`; nil where the bundle has none.
    var version: FrameKMVersion?
    /// `bundle.deviceId`; firmware before FrameKM 1.9 wrote none.
    var device: String?
    /// `bundle.size`: what the writer says the blob has.
    var size: Int64?
    /// `bundle.numFrames`: how many the writer says `frames` has.
    var numFrames: Int64?
    /// In the order in which the images lie in the blob.
    var frames: [Frame] = []
    /// The sum of the frames' bytes.
    var bytes = 0

    /// Whether the JSON text `bytes` is such metadata, or would be if it were whole.
    static func isMetadata(_ bytes: [UInt8]) -> Bool {
        guard JSONFile.contains("\"bundle\"", in: bytes) else { return false }
        guard let document = try? JSONReader.read(bytes, limits: JSONFile.limits) else {
            // Cut short or damaged: read(_:) will say at which byte.
            return bytes.first { !DecimalNumber.isSpace($0) } == UInt8(ascii: "{")
        }
        guard case .object(let members) = document, case .object = members["bundle"],
            case .array(let frames) = members["frames"]
        else { return false }
        return frames.contains { if case .object(let frame) = $0 { frame["bytes"] != nil } else { false } }
    }

    /// The metadata in the JSON document `document`.
    ///
    /// - Throws: ``JSONError`` with the path of a member without which the blob cannot be cut.
    init(_ document: JSONValue) throws(JSONError) {
        var root = try JSONObjectReader(document)
        var bundle = try root.object("bundle")
        if let text = try bundle.optionalString("version") {
            guard let version = FrameKMVersion(text) else {
                throw JSONError(reason: "a version that is no dotted number", place: "$.bundle.version")
            }
            self.version = version
        }
        if let device = try bundle.optionalString("deviceId"), !device.isEmpty { self.device = device }
        size = try bundle.optionalCount("size")
        numFrames = try bundle.optionalCount("numFrames")
        let elements = try root.array("frames")
        frames.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            let path = "$.frames[\(index)]"
            let frame = try Frame(element, path: path)
            let (sum, overflow) = bytes.addingReportingOverflow(frame.bytes)
            guard !overflow else {
                throw JSONError(reason: "the frames' bytes add up beyond 2^63", place: "\(path).bytes")
            }
            bytes = sum
            frames.append(frame)
        }
    }
}

extension FrameKMMetadata.Frame {
    /// One element of `frames`.
    ///
    /// Without `bytes` nobody can tell where this image ends and the next begins, so only its lack is thrown; whatever
    /// else is broken becomes the frame's complaint.
    init(_ element: JSONValue, path: String) throws(JSONError) {
        var reader = try JSONObjectReader(element, path: path)
        bytes = Int(clamping: try reader.integer("bytes", in: 0...Int64(Int.max)))
        do throws(JSONError) {
            guard let time = try reader.optionalTime("t") else {
                throw JSONError(reason: "a member is missing", place: "\(path).t")
            }
            capturedAt = time
        } catch {
            complain(error)
        }
        var fix: RawFix
        do throws(JSONError) {
            fix = RawFix(
                time: capturedAt, latitude: try reader.number("lat"), longitude: try reader.number("lon"))
        } catch {
            complain(error)
            return
        }
        // Kilometres per hour in the JSON, metres per second in the camera (packaging.ts: `m.speed * 3.6`).
        fix.speed = optionalNumber("speed", &reader).map { $0 / 3.6 }
        fix.horizontalError = optionalNumber("eph", &reader)
        fix.hdop = optionalNumber("hdop", &reader)
        self.fix = fix
    }

    private mutating func optionalNumber(_ key: String, _ reader: inout JSONObjectReader) -> Double? {
        do throws(JSONError) {
            return try reader.lenientNumber(key)
        } catch {
            complain(error)
            return nil
        }
    }

    /// The first complaint is the one shown.
    private mutating func complain(_ error: JSONError) {
        if complaint == nil { complaint = error.description }
    }
}
