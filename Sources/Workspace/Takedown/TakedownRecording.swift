import Canonical
import Rewards
import Store

/// What a takedown did, or would do.
public struct TakedownReport: Sendable {
    /// The takedown.
    public let takedown: Takedown
    /// Frames and drives it concerns.
    public let effect: TakedownEffect
    /// Kept copies removed.
    public let copies: Int
    /// Directories in which the frames were delivered and still lie: they are somebody else's to remove.
    public let deliveries: [String]
}

/// Takes frames down: off the map, out of the rewards no epoch has sealed yet, and out of the kept copies.
public struct TakedownRecording {
    private let workspace: Workspace

    /// Takes down frames of `workspace`.
    public init(_ workspace: Workspace) {
        self.workspace = workspace
    }

    /// Records `takedown`, withdraws its frames and removes their copies. The map follows with the next build.
    public func record(_ takedown: Takedown) throws -> TakedownReport {
        let effect = try workspace.catalog.record(takedown)
        let copies = try CopyRemoval(workspace).run()
        let deliveries = try workspace.catalog.sources(of: takedown).filter(DirectoryListing.exists)
        return TakedownReport(takedown: takedown, effect: effect, copies: copies, deliveries: deliveries)
    }

    /// What ``record(_:)`` would do; changes nothing.
    public func preview(_ takedown: Takedown) throws -> TakedownReport {
        let blobs = workspace.blobs
        let (effect, copies) = try workspace.catalog.preview(takedown) {
            DirectoryListing.exists(blobs.path(of: $0))
        }
        return TakedownReport(takedown: takedown, effect: effect, copies: copies, deliveries: [])
    }
}
