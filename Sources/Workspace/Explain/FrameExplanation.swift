import Rewards
import Stages
import Store

/// Why a frame has its verdict: what was read of it, every check, and what was repaired.
public struct FrameExplanation: Sendable {
    /// The frame.
    public let frame: FrameView
    /// Its drive.
    public let drive: DriveView
    /// What its upload says of it.
    public let source: SourceReading.Outcome
    /// What judged it: the ruleset of the week its upload was received in.
    public let ruleset: Ruleset
    /// The checks in their order.
    public let checks: [CheckedRule]
    /// The factors of its quality; none where it was not observed.
    public let factors: [QualityFactor]
    /// The fixes of the trace on either side of it; nil where its time is not known.
    public let surroundings: TraceSurroundings?

    /// Why `frame` of `workspace` has its verdict, asking `reading` for its source.
    public init(of frame: FrameView, in workspace: Workspace, _ reading: inout SourceReading) throws {
        guard let drive = try workspace.catalog.drives(named: frame.drive).first else {
            throw WorkspaceError.catalogDamage("frame \(frame.name) belongs to no drive")
        }
        self.frame = frame
        self.drive = drive
        let trace = try workspace.catalog.trace(ofDrive: frame.drive)
        source = try reading.fields(of: frame)
        ruleset = workspace.rulesets.ruleset(at: frame.receivedAt)
        checks = FrameChecks.of(frame, trace: trace, ruleset: ruleset)
        factors = frame.observed.map { [rules = ruleset.measure] in QualityFactor.of($0, rules: rules) } ?? []
        surroundings = frame.capturedAt.map { TraceSurroundings(of: $0, on: trace) }
    }

    /// Where the frame was placed, refused or not.
    public var place: Place? { frame.observed?.place ?? frame.evidence.place }
}
