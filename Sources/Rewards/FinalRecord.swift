import Canonical

/// The record that an epoch can be challenged no more: `finals/<epoch>.json`.
public struct FinalRecord: Sendable, Equatable {
    /// The epoch.
    public let epoch: Epoch
    /// From when on it can be challenged no more.
    public let finalAt: UTCTime
    /// The SHA-256 of its manifest.
    public let manifest: ContentHash

    /// The format of the JSON.
    public static let format = "waggle-final/1"
    /// The most bytes a record may have; one has about 170.
    public static let maxBytes = 4096

    /// The record that `epoch`, whose manifest has this SHA-256, is final from `finalAt` on.
    public init(epoch: Epoch, finalAt: UTCTime, manifest: ContentHash) {
        (self.epoch, self.finalAt, self.manifest) = (epoch, finalAt, manifest)
    }

    /// The record written as `bytes`, in canonical form.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown or wrong.
    public init(json bytes: [UInt8]) throws(JSONError) {
        let limits = JSONLimits(maxBytes: Self.maxBytes, maxDepth: 1, maxValues: 8)
        var reader = try JSONObjectReader(try JSONReader.read(bytes, limits: limits))
        guard try reader.string("format").hasSameBytes(as: Self.format) else {
            throw JSONError(reason: "not '\(Self.format)'", place: "$.format")
        }
        (epoch, finalAt) = (try reader.epoch("epoch"), try reader.time("final_at"))
        manifest = try reader.hash("manifest")
        try reader.finish()
        guard canonicalJSON.bytes == bytes else {
            throw JSONError(reason: "not in canonical form", place: "$")
        }
    }

    /// What is published.
    public var canonicalJSON: CanonicalJSON {
        .object([
            "epoch": .string(epoch.id), "final_at": .integer(finalAt.milliseconds),
            "format": .string(Self.format), "manifest": .string(manifest.hex),
        ])
    }
}
