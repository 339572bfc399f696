import Rewards

/// Holds the log of a workspace against its catalog.
enum LogCheck {
    /// What is wrong with the log of `workspace`, and how many entries it has.
    static func run(_ workspace: Workspace) throws -> (findings: [CheckFinding], entries: Int) {
        let report = try LogVerification.run(published: workspace.layout.published, comparing: false)
        guard let contents = report.contents else { return (report.findings, 0) }
        var findings = report.findings
        // Epochs whose manifests cannot be read are found by the check of epochs.
        guard let epochs = try? LogAppending(workspace).epochs(besides: contents) else {
            return (findings, contents.entries.count)
        }
        let wanted = LogPlan.entries(for: epochs)
        findings += LogPlan.conflicts(of: contents.entries, wanted: wanted).map {
            CheckFinding(code: $0.code.findingCode, place: $0.place, detail: $0.reason)
        }
        for entry in wanted where contents.index(of: entry) == nil {
            findings.append(
                CheckFinding(
                    code: LogError.Code.entryMissing.findingCode, place: entry.name,
                    detail: "the log lacks it; the next 'waggle run' appends it"))
        }
        return (findings, contents.entries.count)
    }
}
