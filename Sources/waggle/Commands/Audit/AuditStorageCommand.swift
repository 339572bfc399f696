import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle audit storage`.
struct AuditStorageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storage",
        abstract: "Look at the kept frames that a day of a period visits.",
        discussion: """
            A period has as many days as --of says, numbered from 0. The root decides which day visits which frame, and at \
            which bytes it is asked; over the days of a period every kept frame is visited once. Each copy is read whole, held \
            against the hash noted when it was kept, and answers with a hash over the bytes asked for, which cannot be \
            worked out before the root is known, nor without the copy.

            Use one root for a whole period, and one that you could not choose: a checkpoint of the log from the period's \
            first day. Without any it is the last published manifest's hash, which changes when the next epoch is closed: \
            repeat it with --root for the days that follow. The signature of a checkpoint is not looked at here.

            EXAMPLES:
              waggle audit storage --day 0 --of 30
              waggle audit storage --day $(( $(date +%s) / 86400 % 30 )) --of 30 --period $(( $(date +%s) / 86400 / 30 )) \\
                --checkpoint checkpoint --key auditor.pem -o report.json

            EXIT STATUS: 0 every frame visited is there; 4 some are not.
            """)

    @Option(help: ArgumentHelp("The day of the period, from 0.", valueName: "number")) var day: Int
    @Option(name: .customLong("of"), help: ArgumentHelp("Days of the period, 1 to 366.", valueName: "days"))
    var days: Int
    @Option(
        help: ArgumentHelp(
            "The number of the period, where one root seeds several; without it, 0.", valueName: "number"))
    var period: Int64 = 0
    @Option(
        help: ArgumentHelp("The root of the checkpoint in this file seeds the period.", valueName: "file"))
    var checkpoint: String?
    @Option(help: ArgumentHelp("This root seeds the period: 64 hexadecimal digits.", valueName: "hash"))
    var root: String?
    @Option(
        help: ArgumentHelp(
            "Sign a report with this private key, a PEM file; needs -o.", valueName: "file"))
    var key: String?
    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write the signed report to this file.", valueName: "file"))
    var output: String?

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard StorageChallenge.dayRange.contains(days) else {
            throw ValidationError("--of takes 1 to 366 days")
        }
        guard (0..<days).contains(day) else {
            throw ValidationError("a period of \(days) days has the days 0 to \(days - 1)")
        }
        guard (0...(1 << 53 - 1)).contains(period) else {
            throw ValidationError("--period takes a number from 0 to 2^53 - 1")
        }
        if checkpoint != nil, root != nil { throw ValidationError("give --checkpoint or --root, not both") }
        if (key == nil) != (output == nil) {
            throw ValidationError("a report is signed and goes to a file: give both --key and -o")
        }
    }

    func run() throws {
        let key = try key.map(KeyFiles.signingKey)
        if let path = output, DirectoryListing.exists(path) {
            throw ValidationError("\(path) is there already: a report is never overwritten")
        }
        let workspace = try workspace.open(for: .reading)
        let seed = try seed(workspace)
        guard
            let challenge = StorageChallenge(
                root: seed.root, period: UInt64(clamping: period), day: day, of: days)
        else { throw ValidationError("a period of \(days) days has no day \(day)") }
        let output = options.output
        output.line("Day \(day) of \(days), root \(challenge.root.hex) (\(seed.source)), period \(period).")
        let audit = try StorageAudit(workspace)
        let frames = audit.frames(challenge)
        if key != nil, frames.count > StorageReport.maxVisits {
            throw ValidationError(
                "\(frames.count) frames in a day, and a report holds \(StorageReport.maxVisits): give the period more days"
            )
        }
        let visits = try audit.visits(frames, challenge)
        let faults = visits.count { !$0.isPassed }
        for visit in visits { say(visit, challenge, output) }
        if let key, let path = self.output {
            let report = try StorageReport(
                challenge, at: asOf.time, kept: audit.keptCount, visits: visits, key: key)
            try DurableWrite.file(report.canonicalJSON.bytes, at: path)
            output.line("Report \(path), signed by \(report.key).")
        }
        output.line(
            "\(visits.count) of \(audit.keptCount) kept frames visited: "
                + (faults == 0 ? "all there." : "\(faults) faults."))
        output.summary(
            AuditReporting.members(challenge).merging([
                "source": .string(seed.source), "kept": .integer(audit.keptCount),
                "visited": .integer(visits.count), "passed": .integer(visits.count - faults),
                "faults": .integer(faults), "path": self.output.map { .string($0) } ?? .null,
            ]) { $1 })
        if faults > 0 { throw Failure.damage }
    }

    /// The root, and where it is from in words.
    private func seed(_ workspace: Workspace) throws -> (root: ContentHash, source: String) {
        if let root {
            guard let hash = ContentHash(hex: root) else {
                throw ValidationError("'\(root)' is no root: give 64 lower-case hexadecimal digits")
            }
            return (hash, "given")
        }
        if let checkpoint {
            do {
                return (try Checkpoint(text: try LogFiles.note(checkpoint).text).root, "checkpoint")
            } catch let error as LogError {
                throw ValidationError("\(checkpoint) is no checkpoint: \(error.reason)")
            }
        }
        guard let last = try StorageAudit.lastManifest(workspace) else {
            throw ValidationError(
                "no epoch is closed, whose manifest could seed the period: give --checkpoint or --root")
        }
        return (last.root, "manifest of \(last.epoch)")
    }

    private func say(_ visit: StorageVisit, _ challenge: StorageChallenge, _ output: Output) {
        switch visit.outcome {
        case .passed(let size, let answer):
            let range = challenge.range(of: visit.frame, size: size)
            output.line("  pass   \(visit.frame)  \(range.lowerBound)..<\(range.upperBound)  \(answer)")
        case .fault(let fault): output.line("  FAULT  \(visit.frame)  \(fault.rawValue)")
        }
        output.record("visit", AuditReporting.members(visit, challenge))
    }
}
