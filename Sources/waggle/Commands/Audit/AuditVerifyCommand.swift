import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle audit verify`.
struct AuditVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a report of 'waggle audit storage'.",
        discussion: """
            Checks the report's form, that its frames are those of its day, in order, that counts and root are those of its \
            visits, and the signature. With --key it must be by that key; without, it shows that nothing was changed since, not who \
            signed.

            In a workspace the copies that it visited and that are still to be kept are read again, and must give the same \
            answers. --report-only leaves that out, and needs no workspace.

            EXAMPLES:
              waggle audit verify day-3.json --key auditor.pem.pub
              waggle audit verify day-3.json --key auditor.pem.pub --report-only

            EXIT STATUS: 0 sound; 4 no report, or answers that do not hold; 12 not signed as it should be.
            """)

    @Argument(help: ArgumentHelp("The report.", valueName: "file")) var report: String
    @Option(help: ArgumentHelp("The public key it must be signed by, a PEM file.", valueName: "file"))
    var key: String?
    @Flag(name: .customLong("report-only"), help: "Check the report alone; read no copies.")
    var isReportOnly = false

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let wanted = try key.map(KeyFiles.verifyingKey)
        let report = try StorageAuditVerification.read(report)
        var members = AuditReporting.members(report.challenge).merging([
            "at": .integer(report.at.milliseconds), "key": .string(report.key.hex),
            "kept": .integer(report.kept), "visited": .integer(report.visits.count),
            "passed": .integer(report.passed), "faults": .integer(report.faults),
            "answers": .string(report.answers.hex),
        ]) { $1 }
        let isSigned = report.isSigned && (wanted.map { $0 == report.key } ?? true)
        members["signed"] = .bool(isSigned)
        output.line(
            "Day \(report.challenge.day) of \(report.challenge.days), root \(report.challenge.root), \(report.at): "
                + "\(report.visits.count) of \(report.kept) kept frames visited, \(report.faults) faults.")
        guard isSigned else {
            output.warn(
                report.isSigned
                    ? "it is signed by \(report.key), another key" : "it is not what \(report.key) signed")
            output.summary(members)
            throw Failure.badSignature
        }
        output.line("Signed by \(report.key)\(wanted == nil ? ", as the report itself says" : "").")
        guard !isReportOnly else {
            output.summary(members)
            return
        }
        let again = try StorageAuditVerification.recheck(report, try workspace.open(for: .reading))
        for finding in again.findings {
            output.note("\(finding.code): \(finding.place): \(finding.detail)")
            output.record(
                "finding",
                [
                    "code": .string(finding.code), "place": .string(finding.place),
                    "detail": .string(finding.detail),
                ])
        }
        output.line(
            "Looked again: \(again.same) as reported, \(again.findings.count) not, \(again.restored) restored since, "
                + "\(again.gone) not to be kept any more.")
        if again.unvisited > 0 {
            output.line(
                "\(again.unvisited) frames of that day were not visited: they came since, or were left out.")
        }
        output.summary(
            members.merging([
                "same": .integer(again.same), "restored": .integer(again.restored),
                "gone": .integer(again.gone), "unvisited": .integer(again.unvisited),
                "findings": .integer(again.findings.count),
            ]) { $1 })
        if !again.findings.isEmpty { throw Failure.damage }
    }
}
