import Canonical

/// What a Waggle bundle says of itself: its files with their hashes, times and positions, and who signed it.
/// `docs/bundle.md` describes the format.
///
/// Numbers are the integers of the text; whether a time or a place can be true is judged later, frame by frame.
public struct BundleStatement: Sendable, Equatable {
    /// The format's name and version, in every statement.
    public static let format = "waggle-bundle/1"
    /// The file at the top of the bundle that holds the statement.
    public static let fileName = "upload.json"
    /// The file beside it that holds the signature.
    public static let signatureName = "upload.sig"
    /// The most frames of a bundle.
    public static let maxFrames = 50_000

    /// One image.
    public struct Frame: Sendable, Equatable {
        /// Where it lies in the bundle, and the hash of its bytes.
        public var file: File
        /// When it was captured; nil where unknown.
        public var capturedAt: UTCTime?
        /// Where it was captured; nil where only a trace tells, or nothing.
        public var position: Position?
        /// Whether faces and number plates in it may still be recognised.
        public var isUnblurred = false
    }

    /// A position as it was measured.
    public struct Position: Sendable, Equatable {
        /// 10^-7 degree, north and east positive.
        public var latitudeE7, longitudeE7: Int64
        /// Direction of travel, 1/100 degree clockwise from north, 0..<36_000.
        public var heading: Int64?
        /// Estimated horizontal error, millimetres.
        public var horizontalError: Int64?
        /// Horizontal dilution of precision, thousandths.
        public var hdop: Int64?
        /// Millimetres per second.
        public var speed: Int64?
    }

    /// A file of the bundle.
    public struct File: Sendable, Equatable {
        /// The path inside the bundle, `/` between folders.
        public var path: String
        /// The hash of all its bytes.
        public var content: ContentHash
    }

    /// One continuous recording.
    public struct Drive: Sendable, Equatable {
        /// The camera's name.
        public var device: String?
        /// The images, in the order of the recording.
        public var frames: [Frame]
        /// A trace of the drive.
        public var trace: File?
    }

    /// Who signed the statement, and its place among all that this key has signed.
    public struct Signer: Sendable, Equatable {
        /// The device's name, as the hive knows it.
        public let device: String
        /// The key.
        public let key: VerifyingKey
        /// 1 for the first bundle the key signs, then one more each.
        public let sequence: Int64
        /// The hash of the statement with the number before; nil for the first.
        public let previous: ContentHash?

        /// A signer; nil where `sequence` is less than 1, or has no `previous` and needs one, or the other way round, or
        /// `device` is no name.
        public init?(device: String, key: VerifyingKey, sequence: Int64, previous: ContentHash?) {
            guard BundleStatement.isName(device), (1...BundleStatement.maxInteger).contains(sequence),
                (previous == nil) == (sequence == 1)
            else { return nil }
            self.device = device
            self.key = key
            self.sequence = sequence
            self.previous = previous
        }
    }

    /// The recordings; at least one.
    public internal(set) var drives: [Drive]
    /// Who signed; nil where nobody did.
    public internal(set) var signer: Signer?

    /// The same statement signed by `signer`, who recorded all of it; nil where a drive names another device.
    public func signed(by signer: Signer) -> BundleStatement? {
        guard drives.allSatisfy({ ($0.device ?? signer.device).hasSameBytes(as: signer.device) }) else {
            return nil
        }
        var copy = self
        copy.signer = signer
        return copy
    }

    /// The device that all drives name; nil where they name several, or none.
    public var onlyDevice: String? {
        guard let device = drives.first?.device,
            drives.allSatisfy({ $0.device?.hasSameBytes(as: device) == true })
        else { return nil }
        return device
    }

    /// All files it lists.
    var files: [File] { drives.flatMap { $0.frames.map(\.file) + ($0.trace.map { [$0] } ?? []) } }

    /// The greatest integer canonical JSON carries.
    static let maxInteger: Int64 = 1 << 53 - 1

    /// Whether `text` may be a device's name: 1 to 128 bytes that print as they are.
    public static func isName(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && PrintableText.of(text).hasSameBytes(as: text)
    }

    /// Whether `path` may be that of a file: relative, without `.` and `..`, without control characters, and none of the
    /// two names that a bundle keeps for itself.
    static func isPath(_ path: String) -> Bool {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return (1...1024).contains(path.utf8.count)
            && parts.allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
            && !path.utf8.contains { $0 < 0x20 || $0 == 0x7F }
            && !path.hasSameBytes(as: fileName) && !path.hasSameBytes(as: signatureName)
    }
}
