import Canonical

extension BundleStatement {
    /// The most bytes of `upload.json`.
    public static let maxBytes = 24 << 20

    /// Limits of `upload.json`: 50,000 frames with all their members fit.
    static let limits = JSONLimits(maxBytes: maxBytes, maxDepth: 8, maxValues: 600_000)

    /// The statement whose canonical text is `bytes`.
    ///
    /// - Throws: ``JSONError`` with the byte or the path where the text stops being one, also where it says the same in
    ///   another way than RFC 8785.
    public init(json bytes: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(try JSONReader.read(bytes, limits: Self.limits))
        let format = try reader.string("format")
        guard format == Self.format else {
            throw JSONError(
                reason: "the format is not \(Self.format), which is the only one this version reads",
                place: "$.format")
        }
        drives = []
        for (index, element) in try reader.array("drives").enumerated() {
            drives.append(try Self.drive(element, path: "$.drives[\(index)]"))
        }
        signer = nil
        if let element = reader.optional("signer") { signer = try Self.signer(element) }
        try reader.finish()
        try check()
        if let difference = Self.difference(bytes, canonicalJSON.bytes) {
            throw JSONError(
                reason: "not the canonical text of this document (RFC 8785)", place: "byte \(difference)")
        }
    }

    private func check() throws(JSONError) {
        guard !drives.isEmpty else { throw JSONError(reason: "no drives", place: "$.drives") }
        guard drives.reduce(0, { $0 + $1.frames.count }) <= Self.maxFrames else {
            throw JSONError(reason: "more than \(Self.maxFrames) frames", place: "$.drives")
        }
        var paths: Set<[UInt8]> = []
        for file in files where !paths.insert(FileName.key(file.path)).inserted {
            throw JSONError(reason: "\(PrintableText.of(file.path)) is listed twice", place: "$.drives")
        }
        if let signer, signed(by: signer) == nil {
            throw JSONError(
                reason: "a drive names another device than the signer's", place: "$.signer.device")
        }
    }

    /// Where two texts begin to differ; nil where they do not.
    private static func difference(_ left: [UInt8], _ right: [UInt8]) -> Int? {
        if left == right { return nil }
        let common = zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        return common ?? min(left.count, right.count)
    }

    private static func drive(_ element: JSONValue, path: String) throws(JSONError) -> Drive {
        var reader = try JSONObjectReader(element, path: path)
        var drive = Drive(device: try reader.optionalString("device"), frames: [], trace: nil)
        if let device = drive.device, !isName(device) {
            throw JSONError(reason: "no name of a device", place: "\(path).device")
        }
        let frames = try reader.array("frames")
        guard (1...maxFrames).contains(frames.count) else {
            throw JSONError(
                reason: "\(frames.count) frames, where 1 to \(maxFrames) are allowed", place: "\(path).frames"
            )
        }
        for (index, element) in frames.enumerated() {
            drive.frames.append(try frame(element, path: "\(path).frames[\(index)]"))
        }
        if let element = reader.optional("trace") {
            var trace = try JSONObjectReader(element, path: "\(path).trace")
            drive.trace = try file(&trace)
            try trace.finish()
        }
        try reader.finish()
        return drive
    }

    private static func frame(_ element: JSONValue, path: String) throws(JSONError) -> Frame {
        var reader = try JSONObjectReader(element, path: path)
        var frame = Frame(file: try file(&reader))
        frame.capturedAt = try integer("captured_at", &reader, from: -maxInteger).map {
            UTCTime(milliseconds: $0)
        }
        let latitude = try integer("latitude_e7", &reader, from: -maxInteger)
        let longitude = try integer("longitude_e7", &reader, from: -maxInteger)
        if let latitude, let longitude {
            var position = Position(latitudeE7: latitude, longitudeE7: longitude)
            position.heading = try integer("heading", &reader, to: 35_999)
            position.horizontalError = try integer("horizontal_error", &reader)
            position.hdop = try integer("hdop", &reader)
            position.speed = try integer("speed", &reader)
            frame.position = position
        } else if latitude != nil || longitude != nil {
            throw JSONError(reason: "half a position", place: path)
        }
        switch reader.optional("unblurred") {
        case nil: break
        case .bool(true): frame.isUnblurred = true
        default: throw JSONError(reason: "not true; leave it out instead", place: "\(path).unblurred")
        }
        // Says of a heading without a position that it is unknown here, too.
        try reader.finish()
        return frame
    }

    private static func integer(
        _ key: String, _ reader: inout JSONObjectReader, from least: Int64 = 0, to most: Int64 = maxInteger
    ) throws(JSONError) -> Int64? {
        switch reader.optional(key) {
        case nil: return nil
        case .integer(let value) where (least...most).contains(value): return value
        case .integer(let value):
            throw JSONError(reason: "\(value) is outside \(least)...\(most)", place: "\(reader.path).\(key)")
        case let value?:
            throw JSONError(
                reason: "\(value.kind) where an integer is needed", place: "\(reader.path).\(key)")
        }
    }

    private static func file(_ reader: inout JSONObjectReader) throws(JSONError) -> File {
        let path = try reader.string("path")
        guard isPath(path) else {
            throw JSONError(reason: "no path of a file in the bundle", place: "\(reader.path).path")
        }
        return File(path: path, content: try hash("sha256", &reader))
    }

    private static func hash(_ key: String, _ reader: inout JSONObjectReader) throws(JSONError) -> ContentHash
    {
        guard let hash = ContentHash(hex: try reader.string(key)) else {
            throw JSONError(reason: "no 64 lower-case hexadecimal digits", place: "\(reader.path).\(key)")
        }
        return hash
    }

    private static func signer(_ element: JSONValue) throws(JSONError) -> Signer {
        var reader = try JSONObjectReader(element, path: "$.signer")
        let device = try reader.string("device")
        guard let key = VerifyingKey(hex: try reader.string("key")) else {
            throw JSONError(reason: "no usable Ed25519 public key", place: "$.signer.key")
        }
        let sequence = try reader.integer("sequence", in: 1...maxInteger)
        var previous: ContentHash?
        if sequence > 1 { previous = try hash("previous", &reader) }
        try reader.finish()
        guard let signer = Signer(device: device, key: key, sequence: sequence, previous: previous) else {
            throw JSONError(reason: "no name of a device", place: "$.signer.device")
        }
        return signer
    }
}
