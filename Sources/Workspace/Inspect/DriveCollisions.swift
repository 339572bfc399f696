import Rewards
import Stages
import Store

/// Looks for drives that collide with each other, among all of a workspace.
public enum DriveCollisions {
    /// The collisions, by kind and drive. All traces are read, and held in memory: 24 bytes a fix.
    public static func found(in workspace: Workspace) throws -> [TraceCollision] {
        let catalog = workspace.catalog
        let uploads = Dictionary(
            try catalog.uploads().map { ($0.name, $0.receivedAt) }, uniquingKeysWith: { first, _ in first })
        let traces = try catalog.drives().compactMap { drive -> ComparedTrace? in
            guard let receivedAt = uploads[drive.upload] else { return nil }
            return ComparedTrace(
                drive: drive.name, contributor: drive.contributor, device: drive.device,
                receivedAt: receivedAt, parts: try catalog.trace(ofDrive: drive.name))
        }
        return TraceCollisions.all(
            among: traces, gap: workspace.ruleset.locate.maxGapTime, rules: workspace.ruleset.collisions)
    }
}
