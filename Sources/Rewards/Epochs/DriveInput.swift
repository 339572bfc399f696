import Canonical
import Stages

/// What an epoch takes from a drive, apart from its frames.
public struct DriveInput: Sendable, Equatable {
    /// The drive's id.
    public let drive: String
    /// The id of its upload.
    public let upload: String
    /// Who delivered it.
    public let contributor: String
    /// The id of the registered camera that signed it; nil where none did.
    public let device: String?
    /// When the upload was received.
    public let receivedAt: UTCTime
    /// The rules that flagged it, by the bytes of their names.
    public let flags: [Rule]

    /// A drive with flags in any order.
    public init(
        drive: String, upload: String, contributor: String, device: String?, receivedAt: UTCTime,
        flags: some Sequence<Rule>
    ) {
        self.drive = drive
        self.upload = upload
        self.contributor = contributor
        self.device = device
        self.receivedAt = UTCTime(milliseconds: CanonicalJSON.clamped(receivedAt.milliseconds))
        self.flags = Set(flags).sorted { $0.rawValue.precedes($1.rawValue) }
    }

    /// What is the same in every epoch that has the drive.
    var identity: ContentHash {
        var text = CanonicalText(capacity: 300)
        text.object { text in
            text.string("contributor", contributor)
            text.stringOrNull("device", device)
            text.integer("received_at", receivedAt.milliseconds)
            text.string("upload", upload)
        }
        return .of(text.bytes)
    }

    /// Whether its flags lower trust.
    func lowersTrust(_ rules: PlausibilityRules) -> Bool {
        flags.contains { rules.action(of: $0).map { $0 == .distrust || $0 == .reject } ?? false }
    }

    /// The line of `inputs.jsonl` for the drive, without the line feed.
    func line(frames: VerdictCounts, trust: Int64) -> [UInt8] {
        var text = CanonicalText(capacity: 300)
        write(frames: frames, trust: trust, to: &text)
        return text.bytes
    }

    /// Appends that line.
    func write(frames: VerdictCounts, trust: Int64, to text: inout CanonicalText) {
        text.object { text in
            text.string("contributor", contributor)
            text.stringOrNull("device", device)
            text.string("drive", drive)
            text.array("flags", flags) { flag, text in text.element(.string(flag.rawValue)) }
            text.object("frames") { frames.write(to: &$0) }
            text.integer("received_at", receivedAt.milliseconds)
            text.integer("trust", trust)
            text.string("upload", upload)
        }
    }

    /// The drive of a line. Frames and trust follow from other lines; what is wrong about them comes out when the line is
    /// compared.
    ///
    /// - Throws: See ``InputLine/init(line:)``.
    init(line: [UInt8]) throws(JSONError) {
        if let plain = PlainInputLine.drive(line) {
            self = plain
        } else {
            self = try InputLine(line: line).drive
        }
    }

    /// Whether it delivered the frame of `record`, as that says.
    func delivered(_ record: FrameRecord) -> Bool {
        contributor.hasSameBytes(as: record.contributor) && upload.hasSameBytes(as: record.upload)
            && receivedAt == record.receivedAt
    }
}

/// One line of an epoch's `inputs.jsonl`.
struct InputLine {
    /// The drive.
    let drive: DriveInput
    /// How many of its frames got which verdict.
    let frames: VerdictCounts
    /// How far its device is trusted, permille.
    let trust: Int64

    /// The line written as `line`.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown or wrong, or saying that the line is not in
    ///   canonical form.
    init(line: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(
            try JSONReader.read(line, limits: JSONLimits(maxBytes: 1 << 16, maxDepth: 3, maxValues: 200)))
        let device = try reader.optionalString("device")
        if let device, !(1...200).contains(device.utf8.count) {
            throw JSONError(reason: "not 1 to 200 bytes", place: "$.device")
        }
        var flags: [Rule] = []
        for (index, element) in try reader.array("flags").enumerated() {
            guard case .string(let name) = element, let rule = Rule(rawValue: name) else {
                throw JSONError(reason: "no rule", place: "$.flags[\(index)]")
            }
            flags.append(rule)
        }
        var counts = try reader.object("frames")
        frames = try VerdictCounts(&counts)
        try counts.finish()
        trust = try reader.integer("trust", in: 0...1000)
        drive = DriveInput(
            drive: try reader.string("drive"), upload: try reader.string("upload"),
            contributor: try reader.string("contributor"), device: device,
            receivedAt: try reader.time("received_at"), flags: flags)
        try reader.finish()
        guard drive.line(frames: frames, trust: trust) == line else {
            throw JSONError(reason: "not in canonical form", place: "$")
        }
    }
}
