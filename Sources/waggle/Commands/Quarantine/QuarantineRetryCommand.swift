import ArgumentParser
import Canonical
import Store
import Workspace

/// `waggle quarantine retry`.
struct QuarantineRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Read quarantined uploads again.",
        discussion: """
            Reads the uploads where they lie, as received when they were received first. One that is read now leaves \
            quarantine, and its files go back into the inbox where they came from there. One that is refused again \
            stays, with the reason of today. Killed at any moment, nothing is lost: retry it again.

            EXAMPLES:
              waggle quarantine retry 5274639859c106b4
              waggle quarantine retry --all --jobs 4

            EXIT STATUS: 0 all of them were read; 3 some stay in quarantine; 64 no such entry.
            """)

    @Argument(help: ArgumentHelp("Entries, as 'waggle quarantine list' names them.", valueName: "id"))
    var names: [String] = []

    @Flag(name: .customLong("all"), help: "Retry everything in quarantine.")
    var takesAll = false

    @OptionGroup var ingest: IngestOptions
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if names.isEmpty != takesAll {
            throw ValidationError("name the entries to retry, or all of them by --all")
        }
    }

    func run() async throws {
        let workspace = try workspace.open(for: .changing)
        let output = options.output
        var damage: [QuarantineDamage] = []
        var uploads = try workspace.quarantined(names)
        if takesAll {
            let contents = try workspace.quarantined()
            (uploads, damage) = (contents.uploads, contents.damage)
        }
        let found = try QuarantineRetry(workspace).deliveries(of: uploads)
        _ = try await IngestRun(output, ingest, totals: "ingest").run(workspace, found, asOf: asOf.time)
        let read = try uploads.count { try hasLeft($0.record.name, workspace) }
        output.line("\(uploads.count) uploads retried, \(read) have left quarantine.")
        for entry in damage { output.warn(entry.description) }
        output.summary(["retried": .integer(uploads.count), "released": .integer(read)])
        if !damage.isEmpty { throw Failure.damage }
        if read < uploads.count { throw Failure.quarantined }
    }

    /// Whether the upload was read: one that is refused for another reason has another entry.
    private func hasLeft(_ name: String, _ workspace: Workspace) throws -> Bool {
        guard try workspace.quarantined(name) == nil else { return false }
        let exit = try workspace.catalog.quarantineExits(named: name).first
        if case .ingested = exit?.outcome { return true }
        return false
    }
}
