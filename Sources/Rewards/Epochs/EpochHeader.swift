import Canonical

/// What a manifest says of its epoch before anything is counted.
public struct EpochHeader: Sendable, Equatable {
    /// The week.
    public let epoch: Epoch
    /// The cutoff: what was received by then, and belongs to no earlier epoch, is in.
    public let sealedAsOf: UTCTime
    /// How many uploads were waiting unread when somebody sealed it all the same.
    public let pendingUploads: Int64

    /// A header.
    public init(epoch: Epoch, sealedAsOf: UTCTime, pendingUploads: Int64 = 0) {
        self.epoch = epoch
        self.sealedAsOf = sealedAsOf
        self.pendingUploads = pendingUploads
    }
}
