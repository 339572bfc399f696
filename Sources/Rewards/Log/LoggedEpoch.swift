import Canonical

/// What is published of an epoch, as far as the log says it.
public struct LoggedEpoch: Sendable, Equatable {
    /// The inputs; they name the epoch.
    public let inputs: SealedInputs
    /// The rulesets that its manifest lists, in the order of the list. One may be in it more than once.
    public let rulesets: [ContentHash]
    /// The SHA-256 of its manifest.
    public let manifest: ContentHash
    /// The SHA-256 of the corrections made to it since, in the order they were made.
    public let corrections: [ContentHash]
    /// Whether it can be challenged no more.
    public let isFinal: Bool

    /// What is published of an epoch.
    public init(
        inputs: SealedInputs, rulesets: [ContentHash], manifest: ContentHash,
        corrections: [ContentHash] = [], isFinal: Bool = false
    ) {
        (self.inputs, self.rulesets, self.manifest) = (inputs, rulesets, manifest)
        (self.corrections, self.isFinal) = (corrections, isFinal)
    }
}
