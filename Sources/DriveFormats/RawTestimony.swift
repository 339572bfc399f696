import Canonical

/// What one of the sources in an upload says of when and where a frame was taken: nothing of it has been checked.
public struct RawTestimony: Sendable, Equatable {
    /// A source. The raw values are stored with frames whose sources differ.
    public enum Source: String, Sendable, Hashable, CaseIterable {
        /// A bundle's `upload.json`.
        case bundle
        /// A FrameKM's metadata.
        case frameKM = "framekm"
        /// An entry of `mapillary_image_description.json`.
        case description = "image_description"
        /// The JSON file beside the image: the position, and the time of its receiver.
        case sidecar
        /// The time of the computer that wrote the JSON file beside the image.
        case sidecarClock = "sidecar_clock"
        /// The GPS directory of the image's EXIF, or its XMP.
        case exif
        /// The camera's own clock in the image's EXIF.
        case exifClock = "exif_clock"
        /// The name of the image's file.
        case fileName = "file_name"
        /// The drive's trace.
        case trace
    }

    /// What a time was taken from.
    public enum Clock: Sendable, Hashable {
        /// The satellites.
        case satellites
        /// A clock in the car, in UTC or with its offset from it.
        case device
        /// A clock in the car of whose zone nothing is told; it is read as UTC.
        case local
    }

    /// Who says it.
    public var source: Source
    /// Position, and what else belongs to it; nil where the source has none.
    public var fix: RawFix?
    /// Capture time; nil where the source has none.
    public var time: UTCTime?
    /// What the time was taken from.
    public var clock: Clock

    /// What `source` says.
    public init(_ source: Source, fix: RawFix? = nil, time: UTCTime? = nil, clock: Clock = .device) {
        self.source = source
        self.fix = fix
        self.time = time
        self.clock = clock
    }
}

extension RawFrame {
    /// All that is said of the frame, by whom it was read from first.
    public var testimonies: [RawTestimony] {
        var result: [RawTestimony] = []
        if timeSource == origin {
            result.append(RawTestimony(origin, fix: fix, time: capturedAt, clock: clock))
        } else {
            if fix != nil { result.append(RawTestimony(origin, fix: fix)) }
            if capturedAt != nil { result.append(RawTestimony(timeSource, time: capturedAt, clock: clock)) }
        }
        return result + others
    }
}
