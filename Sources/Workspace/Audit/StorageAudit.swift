import Canonical
import Rewards
import Stages
import Store

/// Looks at the copies of frames that one day of a period visits.
public struct StorageAudit {
    private let workspace: Workspace
    private let kept: [ContentHash: Set<ContentHash>]

    /// An audit of what `workspace` keeps now.
    public init(_ workspace: Workspace) throws {
        self.workspace = workspace
        kept = try workspace.catalog.keptContents()
    }

    /// How many frames are kept.
    public var keptCount: Int { kept.count }

    /// The root that seeds a period where no other is given: the hash of the last published manifest; nil where there is none.
    public static func lastManifest(_ workspace: Workspace) throws -> (epoch: String, root: ContentHash)? {
        for sealed in try workspace.catalog.sealedEpochs().reversed() {
            if let body = sealed.body { return (sealed.id, body) }
        }
        return nil
    }

    /// The kept frames that `challenge` visits, in order.
    public func frames(_ challenge: StorageChallenge) -> [ContentHash] {
        challenge.frames(of: Array(kept.keys))
    }

    /// Whether a copy of `frame` is to be there.
    func keeps(_ frame: ContentHash) -> Bool { kept[frame] != nil }

    /// What looking at `frames` finds, in their order. Frames that were taken down meanwhile, whose copies a takedown may
    /// just have removed, are left out.
    public func visits(_ frames: [ContentHash], _ challenge: StorageChallenge) throws -> [StorageVisit] {
        let visits = frames.map { visit($0, challenge) }
        if visits.allSatisfy(\.isPassed) { return visits }
        let now = try StorageAudit(workspace)
        return visits.filter { $0.isPassed || now.keeps($0.frame) }
    }

    /// Reads the copy of `frame`, and answers.
    func visit(_ frame: ContentHash, _ challenge: StorageChallenge) -> StorageVisit {
        do throws(FileFailure) {
            let most = Int(clamping: workspace.rulesets.all.map(\.measure.maxBytes).max() ?? 0)
            guard let copy = try workspace.blobs.read(frame, maxBytes: most) else {
                return StorageVisit(frame, .fault(.missing))
            }
            return StorageVisit(frame, copy: copy, kept: kept[frame] ?? [], challenge)
        } catch {
            return StorageVisit(frame, .fault(.unreadable))
        }
    }
}
