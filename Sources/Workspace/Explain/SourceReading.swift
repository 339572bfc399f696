import Canonical
import DriveFormats
import Rewards
import Stages
import Store
import Tiles

/// Reads frames again from the uploads they came in, as long as these lie where they were delivered.
public struct SourceReading {
    /// The name of a field that an upload may have of a frame.
    public enum Name: String, Sendable, CaseIterable {
        /// Capture time.
        case time
        /// Degrees north.
        case latitude
        /// Degrees east.
        case longitude
        /// Degrees clockwise from north.
        case heading
        /// Metres per second.
        case speed
        /// Metres.
        case horizontalError = "horizontal_error"
        /// Horizontal dilution of precision.
        case hdop
        /// How many were used.
        case satellites
    }

    /// One field as the upload has it.
    public struct Field: Sendable, Equatable {
        /// Which it is.
        public let name: Name
        /// Its value with its unit; nil where the upload has none.
        public let value: String?
        /// Where in the upload it stands.
        public let origin: String
    }

    /// What the source of a frame says today.
    public enum Outcome: Sendable, Equatable {
        /// These fields, read from the upload in this directory; whether the drive has a trace besides its frames.
        case read([Field], directory: String, hasTrace: Bool)
        /// The source cannot be asked any more, and why.
        case unavailable(String)
    }

    private let workspace: Workspace
    /// The upload read last: frames to be explained often come from one.
    private var last: (upload: String, reading: Result<Reading, Unavailable>)?

    private struct Reading {
        let directory: String
        let contents: UploadDirectory
        let format: String
        let drives: [RawDrive]
    }

    private struct Unavailable: Error { let reason: String }

    /// Reads frames of `workspace`.
    public init(_ workspace: Workspace) {
        self.workspace = workspace
    }

    /// What the upload of `frame` says of it, read by the readers of today.
    public mutating func fields(of frame: FrameView) throws -> Outcome {
        if frame.finding?.rule.isPrivacy == true {
            return .unavailable("its contributor keeps it to themselves")
        }
        do {
            let reading = try reading(ofUploadOf: frame).get()
            let (drive, raw) = try Self.find(frame, in: reading.drives)
            try check(raw, of: frame, in: reading.contents)
            let fields = Name.allCases.map { name in
                Field(
                    name: name, value: Self.value(name, raw),
                    origin: FieldOrigins.text(of: name, format: reading.format))
            }
            let others = raw.others.flatMap { Self.fields(of: $0) }
            return .read(fields + others, directory: reading.directory, hasTrace: !drive.trace.isEmpty)
        } catch let error as Unavailable {
            return .unavailable(error.reason)
        }
    }

    private mutating func reading(ofUploadOf frame: FrameView) throws -> Result<Reading, Unavailable> {
        let upload = frame.upload
        if let last, last.upload == upload { return last.reading }
        let directories = try workspace.catalog.directories(ofUpload: upload)
        var reading = Result<Reading, Unavailable>.failure(
            Unavailable(reason: "the upload lies no more where it was delivered"))
        for directory in directories where DirectoryListing.isDirectory(directory) {
            reading = Self.read(directory, workspace.rulesets.ruleset(at: frame.receivedAt).sources)
            if case .success = reading { break }
        }
        last = (upload, reading)
        return reading
    }

    private static func read(_ directory: String, _ rules: SourceRules) -> Result<Reading, Unavailable> {
        do {
            let contents = try UploadDirectory(directory)
            guard let format = try DriveFormats.recognise(contents) else {
                return .failure(Unavailable(reason: "no reader knows what lies in \(directory) now"))
            }
            return .success(
                Reading(
                    directory: directory, contents: contents, format: format.name,
                    drives: try OtherSources.heard(
                        format.read(contents), in: contents, margin: rules.traceMargin)))
        } catch {
            return .failure(Unavailable(reason: "\(directory) cannot be read now: \(error)"))
        }
    }

    /// The frame by its numbers, which its name has.
    private static func find(
        _ frame: FrameView, in drives: [RawDrive]
    ) throws(Unavailable) -> (RawDrive, RawFrame) {
        let changed = Unavailable(reason: "the upload has changed since, or is read in another way now")
        guard frame.drive.hasPrefix("\(frame.upload)-"),
            let drive = Int(frame.drive.dropFirst(frame.upload.count + 1)), drives.indices.contains(drive),
            let number = FrameName.number(of: frame.name, drive: frame.drive).map({ Int($0) }),
            drives[drive].frames.indices.contains(number)
        else { throw changed }
        let raw = drives[drive].frames[number]
        guard raw.source.path.hasSameBytes(as: frame.path), raw.source.range == frame.range else {
            throw changed
        }
        return (drives[drive], raw)
    }

    /// That the image is the one that was judged.
    private func check(
        _ raw: RawFrame, of frame: FrameView, in contents: UploadDirectory
    ) throws(Unavailable) {
        guard let content = frame.content, let count = frame.bytes,
            count <= workspace.rulesets.ruleset(at: frame.receivedAt).measure.maxBytes,
            let file = contents.files.first(where: { $0.path.hasSameBytes(as: raw.source.path) })
        else { return }
        let bytes = try? contents.bytes(of: file, range: raw.source.range ?? 0..<file.size)
        if bytes.map(ContentHash.of) != content {
            throw Unavailable(reason: "the image in the upload is another one now")
        }
    }

    /// What another source than the reader's own says.
    private static func fields(of said: RawTestimony) -> [Field] {
        Name.allCases.compactMap { name in
            value(name, said.time, said.fix).map { Field(name: name, value: $0, origin: said.source.words) }
        }
    }

    private static func value(_ name: Name, _ raw: RawFrame) -> String? {
        value(name, raw.capturedAt ?? raw.fix?.time, raw.fix)
    }

    private static func value(_ name: Name, _ time: UTCTime?, _ fix: RawFix?) -> String? {
        switch name {
        case .time: time?.description
        case .latitude: fix.map { "\($0.latitude) degrees" }
        case .longitude: fix.map { "\($0.longitude) degrees" }
        case .heading: fix?.heading.map { "\($0) degrees" }
        case .speed: fix?.speed.map { "\($0) m/s" }
        case .horizontalError: fix?.horizontalError.map { "\($0) m" }
        case .hdop: fix?.hdop.map { "\($0)" }
        case .satellites: fix?.satellites.map { "\($0)" }
        }
    }
}
