import Rewards
import Stages
import Store

/// Looks for drives that collide with each other, among all of a workspace.
public enum DriveCollisions {
    /// The collisions, by kind and drive; of `contributor` those of which one drive is theirs, where one is given. All traces are read, and held in memory: 24 bytes a fix.
    public static func found(
        in workspace: Workspace, of contributor: String? = nil
    ) throws -> [TraceCollision] {
        let (traces, rules) = (try workspace.catalog.comparedTraces(), workspace.rulesets.collisions)
        guard let contributor else { return TraceCollisions.all(among: traces, rules: rules) }
        return TraceCollisions.all(among: traces, of: contributor, rules: rules)
    }
}
