import Canonical

/// What a receipt needs of a manifest: which epoch it is of, and the root over its awards.
struct AwardsOfManifest: Sendable, Equatable {
    /// The epoch.
    let epoch: Epoch
    /// How many lines `awards.jsonl` has.
    let count: UInt64
    /// The RFC 6962 root over them.
    let root: ContentHash

    /// What is in `manifest`, the bytes of a `manifest.json`. Its other members are not looked at: that they are right
    /// is what verifying the whole epoch shows.
    init(manifest: [UInt8]) throws(LogError) {
        do throws(JSONError) {
            var body = try JSONObjectReader(try JSONReader.read(manifest))
            let format = try body.string("format")
            // Manifests of version 1 have their awards inside and no root over them.
            guard format.hasSameBytes(as: "waggle-manifest/2") else {
                throw JSONError(reason: "'\(format)' is not 'waggle-manifest/2'", place: "$.format")
            }
            let id = try body.string("epoch")
            guard let epoch = Epoch(id: id) else {
                throw JSONError(reason: "'\(id)' is no epoch", place: "$.epoch")
            }
            self.epoch = epoch
            var awards = try body.object("awards")
            count = UInt64(clamping: try awards.integer("count", in: 0...1 << 53 - 1))
            guard let root = ContentHash(hex: try awards.string("root")) else {
                throw JSONError(reason: "no 64 hexadecimal digits", place: "$.awards.root")
            }
            self.root = root
        } catch { throw LogError(.receiptForm, "\(error)", at: "manifest") }
    }
}
