import Canonical

/// A format in which contributors deliver drives. A further format is one more conforming type in its own file,
/// and one more line in ``DriveFormats/all``.
public protocol DriveFormat: Sendable {
    /// The format's name in verdicts, logs and `--json`: lower case, no blanks.
    var name: String { get }

    /// What ``recognises(_:)`` looks for, as it stands in the reason of a quarantined upload.
    var lookedFor: String { get }

    /// Whether the contents of `upload` (never its name) are of this format.
    func recognises(_ upload: any UploadContents) throws(UploadReadError) -> Bool

    /// The drives in `upload`, which this format recognises.
    ///
    /// A frame whose own data is broken stays in its drive with a complaint; only what makes the upload unreadable
    /// as a whole is thrown.
    func read(_ upload: any UploadContents) throws(FormatError) -> [RawDrive]
}

/// Why an upload cannot be read at all: where, why, and what the contributor can do.
public struct FormatError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A stable name of the reason: `framekm.bytes_mismatch`.
    public let code: String
    /// The file inside the upload, and a place in it: `metadata/km_1.json, byte 17`.
    public let place: String
    /// What is wrong, in words.
    public let reason: String
    /// What to do about it, in words.
    public let remedy: String

    /// An upload that cannot be read because `reason` holds at `place`.
    public init(code: String, place: String, reason: String, remedy: String) {
        self.code = code
        self.place = place
        self.reason = reason
        self.remedy = remedy
    }

    /// Place, reason and remedy in one line.
    public var description: String { "\(place): \(reason) (\(code)); \(remedy)" }
}
