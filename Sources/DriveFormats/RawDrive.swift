import Canonical

/// One continuous recording as an upload tells it: nothing here has been checked.
public struct RawDrive: Sendable, Equatable {
    /// What the upload calls the recording camera; nil where it names none.
    public var device: String?
    /// The frames in the order of the upload.
    public var frames: [RawFrame]
    /// The fixes of a trace of its own, in the order of the upload; empty where only frames carry positions.
    public var trace: [RawFix]
    /// Whether the trace only bears witness: frames that have a position of their own are placed there, as long as the trace
    /// does not speak against it.
    public var traceIsWitness = false
    /// What a reader left out of the upload, and how much of it, in words.
    public var remarks: [String]

    /// A drive of `frames` recorded by `device`, with a `trace` where there is one.
    public init(device: String?, frames: [RawFrame], trace: [RawFix] = [], remarks: [String] = []) {
        self.remarks = remarks
        self.device = device
        self.frames = frames
        self.trace = trace
    }
}

/// One image of a drive, with all that the upload says of it.
public struct RawFrame: Sendable, Equatable {
    /// Where the image's bytes lie.
    public var source: ByteSource
    /// Position and time as given for this image; nil where the image itself has none.
    public var fix: RawFix?
    /// Capture time alone, where the image has a time but no position.
    public var capturedAt: UTCTime?
    /// What kept the reader from understanding this frame's own data, as a message with a position; the frame
    /// stays in the drive and is judged with what is left.
    public var complaint: String?
    /// Whether the upload says that faces and number plates in the image may still be recognised.
    public var isUnblurred = false
    /// Who gives ``fix``.
    public var origin: RawTestimony.Source
    /// Who gives ``capturedAt``.
    public var timeSource: RawTestimony.Source
    /// What ``capturedAt`` was taken from.
    public var clock: RawTestimony.Clock
    /// What other sources say of the same frame.
    public var others: [RawTestimony] = []

    /// A frame whose image lies at `source`; `origin` gives its position, and its time unless another `timeSource` does.
    public init(
        source: ByteSource, fix: RawFix? = nil, capturedAt: UTCTime? = nil, complaint: String? = nil,
        origin: RawTestimony.Source = .exif, timeSource: RawTestimony.Source? = nil,
        clock: RawTestimony.Clock = .device
    ) {
        self.source = source
        self.fix = fix
        self.capturedAt = capturedAt ?? fix?.time
        self.complaint = complaint
        self.origin = origin
        self.timeSource = timeSource ?? origin
        self.clock = clock
    }
}

/// One GNSS sample as given: any number may be wrong, only absent ones are nil.
public struct RawFix: Sendable, Equatable {
    /// The time of the sample.
    public var time: UTCTime?
    /// Degrees north; may be out of range or not finite.
    public var latitude: Double
    /// Degrees east; may be out of range or not finite.
    public var longitude: Double
    /// Degrees clockwise from north, 0..<360 if sane.
    public var heading: Double?
    /// Metres per second.
    public var speed: Double?
    /// Estimated horizontal error in metres (FrameKM `eph`, EXIF `GPSHPositioningError`).
    public var horizontalError: Double?
    /// Horizontal dilution of precision.
    public var hdop: Double?
    /// Satellites that were used.
    public var satellites: UInt16?

    /// A sample at `latitude`, `longitude`.
    public init(
        time: UTCTime?, latitude: Double, longitude: Double, heading: Double? = nil, speed: Double? = nil,
        horizontalError: Double? = nil, hdop: Double? = nil, satellites: UInt16? = nil
    ) {
        self.time = time
        self.latitude = latitude
        self.longitude = longitude
        self.heading = heading
        self.speed = speed
        self.horizontalError = horizontalError
        self.hdop = hdop
        self.satellites = satellites
    }
}

/// Where the bytes of an image lie inside an upload: a whole file, or a range of one.
public struct ByteSource: Sendable, Hashable {
    /// The file's path inside the upload, `/` between folders.
    public var path: String
    /// Bytes `range` of the file; nil means all of it.
    public var range: Range<Int>?

    /// All of the file `path`, or `range` of it.
    public init(path: String, range: Range<Int>? = nil) {
        self.path = path
        self.range = range
    }
}
