import Canonical

/// What the log says of a manifest, read from the manifest itself. Its other members are not looked at: that they are
/// right is what verifying the whole epoch shows.
public struct LoggedManifest: Sendable, Equatable {
    /// The inputs; they name the epoch.
    public let inputs: SealedInputs
    /// The name of the epoch's own ruleset.
    public let ruleset: ContentHash
    /// The rulesets that it lists, in the order of the list.
    public let rulesets: [ContentHash]

    /// What is in `bytes`, those of a `manifest.json`.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing or wrong.
    public init(json bytes: [UInt8]) throws(JSONError) {
        var body = try JSONObjectReader(try JSONReader.read(bytes, limits: Manifest.limits))
        var verdicts = try body.object("verdicts")
        inputs = SealedInputs(
            epoch: try body.epoch("epoch"), sealedAsOf: try body.time("sealed_as_of"),
            count: UInt64(clamping: try verdicts.integer("count", in: 0...1 << 53 - 1)),
            root: try verdicts.hash("root"))
        ruleset = try body.hash("ruleset")
        rulesets = try body.rulesets().map(\.ruleset)
    }
}
