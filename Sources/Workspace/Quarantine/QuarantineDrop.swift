import Canonical
import Store

/// Ends entries of the quarantine for good: what lies there is removed, what lies elsewhere is not touched.
public struct QuarantineDrop {
    private let workspace: Workspace
    private let asOf: UTCTime

    /// Drops entries of `workspace` at the time `asOf`.
    public init(_ workspace: Workspace, at asOf: UTCTime) {
        self.workspace = workspace
        self.asOf = asOf
    }

    /// Drops `upload`. The catalog says so first: nothing vanishes without a word.
    public func drop(_ upload: QuarantinedUpload) throws {
        try workspace.catalog.note(QuarantineExit(upload.record, .dropped, at: asOf))
        try workspace.quarantine.remove(upload.record.name)
    }
}
