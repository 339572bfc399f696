import Canonical
import Rewards
import Store

/// Adopts rulesets for weeks to come.
public struct RulesetAdopting {
    private let workspace: Workspace
    private let asOf: UTCTime

    /// Adopts rulesets in `workspace` as of `asOf`.
    public init(_ workspace: Workspace, asOf: UTCTime) {
        self.workspace = workspace
        self.asOf = asOf
    }

    /// Makes `ruleset` hold from the week `from` on.
    ///
    /// - Returns: The schedule that holds now.
    /// - Throws: ``WorkspaceError/rulesetNotAdoptable(_:)`` where the week has begun, an upload of it was judged, a manifest was
    ///   sealed after `asOf`, or the ruleset cannot follow the last one.
    public func adopt(_ ruleset: Ruleset, from: Epoch) throws -> RulesetSchedule {
        var schedule = workspace.rulesets
        do throws(ScheduleError) { try schedule.adopt(ruleset, from: from, at: asOf) } catch {
            throw WorkspaceError.rulesetNotAdoptable(error.description)
        }
        // Otherwise the first week of the new grace would be sealed before the last one of the old, and their lists of rulesets
        // would not go on from each other.
        let old = workspace.rulesets.ruleset(in: from).reward.graceMilliseconds
        let week = 7 * UTCTime.millisecondsPerDay
        guard ruleset.reward.graceMilliseconds + week >= old else {
            throw WorkspaceError.rulesetNotAdoptable(
                "reward.grace_ms is shorter by more than a week: \(from) would be sealed before the week before it; adopt "
                    + "one that is shorter by a week first")
        }
        // A manifest lists every ruleset adopted before its seal: one that is published cannot be added to.
        if let sealed = try workspace.catalog.sealedEpochs().last(where: { asOf < $0.sealedAsOf }) {
            throw WorkspaceError.rulesetNotAdoptable(
                "\(sealed.id) was sealed as of \(sealed.sealedAsOf), which is after \(asOf), and does not list it"
            )
        }
        if let latest = try workspace.catalog.latestReceipt(), latest >= from.start {
            throw WorkspaceError.rulesetNotAdoptable(
                "an upload received at \(latest) was judged already, by the ruleset that held then")
        }
        // The file first: nothing may name what is not there.
        try DurableWrite.file(
            ruleset.canonicalJSON.bytes,
            at: "\(workspace.layout.rulesets)/\(ruleset.contentHash.hex).json")
        try workspace.catalog.adopt(ruleset, from: from, at: asOf)
        return schedule
    }
}
