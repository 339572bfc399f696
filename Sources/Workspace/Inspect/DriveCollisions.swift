import Rewards
import Stages
import Store

/// Looks for drives that collide with each other, among all of a workspace.
public enum DriveCollisions {
    /// The collisions, by kind and drive. All traces are read, and held in memory: 24 bytes a fix.
    public static func found(in workspace: Workspace) throws -> [TraceCollision] {
        TraceCollisions.all(
            among: try workspace.catalog.comparedTraces(), rules: workspace.ruleset.collisions)
    }
}
