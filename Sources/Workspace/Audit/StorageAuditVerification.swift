import Canonical
import Rewards
import Store

/// What looking again at what a report has visited gave.
public struct StorageAuditRecheck: Sendable {
    /// Frames whose copies give the answers of the report, or have the fault it tells.
    public internal(set) var same = 0
    /// Frames with a fault in the report whose copies are whole now.
    public internal(set) var restored = 0
    /// Frames that are not to be kept any more.
    public internal(set) var gone = 0
    /// Frames of that day that are kept now and were not visited: received since, or left out.
    public internal(set) var unvisited = 0
    /// Frames that give another answer than the report says, or none.
    public internal(set) var findings: [CheckFinding] = []
}

/// Holds reports of audits against a workspace.
public enum StorageAuditVerification {
    /// The report in the file `path`.
    ///
    /// - Throws: ``WorkspaceError/badReport(_:_:)`` where it is none; ``FileFailure``.
    public static func read(_ path: String) throws -> StorageReport {
        let bytes = try StoredFile.read(path, maxBytes: StorageReport.maxBytes)
        do throws(JSONError) { return try StorageReport(json: bytes) } catch {
            throw WorkspaceError.badReport(path, error.description)
        }
    }

    /// Looks at everything again that `report` has visited and `workspace` still keeps.
    public static func recheck(_ report: StorageReport, _ workspace: Workspace) throws -> StorageAuditRecheck
    {
        let audit = try StorageAudit(workspace)
        var result = StorageAuditRecheck()
        for visit in report.visits {
            guard audit.keeps(visit.frame) else {
                result.gone += 1
                continue
            }
            let again = audit.visit(visit.frame, report.challenge)
            switch (visit.outcome, again.outcome) {
            case (.fault, .passed): result.restored += 1
            case (.passed, .fault(let fault)):
                result.findings.append(
                    finding(visit, "audit.\(fault.rawValue)", workspace, "whole then, \(fault.rawValue) now"))
            case (.passed, .passed) where visit != again:
                result.findings.append(
                    finding(visit, "audit.answer", workspace, "the whole copy gives another answer"))
            default: result.same += 1
            }
        }
        let visited = Set(report.visits.map(\.frame))
        result.unvisited = audit.frames(report.challenge).count { !visited.contains($0) }
        return result
    }

    private static func finding(
        _ visit: StorageVisit, _ code: String, _ workspace: Workspace, _ detail: String
    ) -> CheckFinding {
        CheckFinding(code: code, place: workspace.blobs.path(of: visit.frame), detail: detail)
    }
}
