import Canonical

/// Why an upload was not taken in: recorded where the operator finds it, with what to do about it.
public struct QuarantineRecord: Sendable, Hashable {
    /// The record's name: 16 hexadecimal digits.
    public let name: String
    /// Who delivered the upload, and the folder's name.
    public let contributor, source: String
    /// Where the upload lies outside the workspace; nil where it came from the workspace's own inbox.
    public let path: String?
    /// A stable name of the reason.
    public let code: String
    /// The file inside the upload and the place in it.
    public let place: String
    /// What is wrong, in words.
    public let reason: String
    /// What to do, in words.
    public let remedy: String
    /// When the upload was received.
    public let receivedAt: UTCTime

    /// The format of the JSON.
    public static let format = "waggle-quarantine/1"

    /// A record.
    public init(
        name: String, contributor: String, source: String, path: String? = nil, code: String, place: String,
        reason: String, remedy: String, receivedAt: UTCTime
    ) {
        self.name = name
        self.contributor = contributor
        self.source = source
        self.path = path
        self.code = code
        self.place = place
        self.reason = reason
        self.remedy = remedy
        self.receivedAt = receivedAt
    }

    /// Whether `name` can be a record's: what somebody types never becomes a path that leads elsewhere.
    public static func isName(_ name: String) -> Bool {
        name.utf8.count == 16
            && name.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    /// The record as it is written to `reason.json`.
    public var canonicalJSON: CanonicalJSON {
        .object([
            "format": .string(Self.format), "name": .string(name), "contributor": .string(contributor),
            "upload": .string(source), "path": path.map { .string($0) } ?? .null, "code": .string(code),
            "place": .string(place), "reason": .string(reason), "remedy": .string(remedy),
            "received_at": .integer(receivedAt.milliseconds),
        ])
    }

    /// The most bytes of a record: its longest texts are paths, of at most 4 KiB.
    static let maxBytes = 1 << 20

    /// The record written as `bytes`, with or without a path.
    ///
    /// - Throws: ``JSONError`` naming the member that is missing or no such value.
    public init(json bytes: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(
            try JSONReader.read(bytes, limits: JSONLimits(maxBytes: Self.maxBytes, maxDepth: 2)))
        let format = try reader.string("format")
        guard format == Self.format else {
            throw JSONError(reason: "\"\(format)\" where \"\(Self.format)\" is needed", place: "$.format")
        }
        self.init(
            name: try reader.string("name"), contributor: try reader.string("contributor"),
            source: try reader.string("upload"), path: try reader.optionalString("path"),
            code: try reader.string("code"), place: try reader.string("place"),
            reason: try reader.string("reason"), remedy: try reader.string("remedy"),
            receivedAt: UTCTime(milliseconds: try reader.integer("received_at", in: .min ... .max)))
    }
}
