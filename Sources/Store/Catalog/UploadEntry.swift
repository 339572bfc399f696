import Canonical
import DriveFormats
import Geo
import Stages

/// An upload with everything that was found in it, ready for the catalog.
public struct UploadEntry: Sendable {
    /// First 16 hexadecimal digits of the hash of contributor and content.
    public let name: String
    /// The hash over the listing of all its files.
    public let content: ContentHash
    /// Who delivered it.
    public let contributor: String
    /// When it was received.
    public let receivedAt: UTCTime
    /// The name of the format it was read as.
    public let format: String
    /// The folder's name as delivered.
    public let source: String
    /// Whether copies of its frames are kept.
    public let isKept: Bool
    /// Its drives, in order.
    public let drives: [DriveEntry]
    /// Who signed it; nil where nobody did.
    public var signed: SignedStatement?

    /// An upload entry.
    public init(
        name: String, content: ContentHash, contributor: String, receivedAt: UTCTime, format: String,
        source: String, isKept: Bool, drives: [DriveEntry]
    ) {
        self.name = name
        self.content = content
        self.contributor = contributor
        self.receivedAt = receivedAt
        self.format = format
        self.source = source
        self.isKept = isKept
        self.drives = drives
    }
}

/// A drive of an upload with its frames.
public struct DriveEntry: Sendable {
    /// The upload's name, `-`, and the drive's number.
    public let name: String
    /// What the upload calls the camera.
    public let device: String?
    /// The checked fixes.
    public let trace: Trace
    /// What the reader left out, and how much of it, in words.
    public let remarks: [String]
    /// What is implausible about its trace.
    public let flags: [Finding]
    /// One entry for every frame, in the order of the upload.
    public let frames: [FrameEntry]

    /// A drive entry.
    public init(
        name: String, device: String?, trace: Trace, remarks: [String] = [], flags: [Finding] = [],
        frames: [FrameEntry]
    ) {
        self.name = name
        self.remarks = remarks
        self.flags = flags
        self.device = device
        self.trace = trace
        self.frames = frames
    }
}

/// A frame of a drive with what its own checks found.
public struct FrameEntry: Sendable {
    /// The drive's name, `-`, and the frame's number in it.
    public let name: String
    /// Where its bytes lie in the upload.
    public let source: ByteSource
    /// How many bytes it has; nil where they could not be read.
    public let bytes: Int?
    /// The hash of its bytes; nil where they could not be read.
    public let content: ContentHash?
    /// The hash of the copy that is kept of them; nil where none is.
    public let copy: ContentHash?
    /// When it was captured; nil where unknown or refused.
    public let capturedAt: UTCTime?
    /// The observation, or what refused the frame.
    public let outcome: Result<Observation, Refusal>
    /// What else its checks saw.
    public var evidence = FrameEvidence()
    /// For a frame of a stop: the stop's number in the drive, and the place of the stop's best frame in
    /// ``DriveEntry/frames`` with its distance in millimetres.
    public var stop: (number: Int, best: Int, distance: Int64)?

    /// A frame entry.
    public init(
        name: String, source: ByteSource, bytes: Int?, content: ContentHash?, copy: ContentHash? = nil,
        capturedAt: UTCTime?, outcome: Result<Observation, Refusal>
    ) {
        self.copy = copy
        self.name = name
        self.source = source
        self.bytes = bytes
        self.content = content
        self.capturedAt = capturedAt
        self.outcome = outcome
    }
}
