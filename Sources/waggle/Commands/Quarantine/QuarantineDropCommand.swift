import ArgumentParser
import Canonical
import Store
import Workspace

/// `waggle quarantine drop`.
struct QuarantineDropCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop",
        abstract: "Give quarantined uploads up, and remove what the quarantine holds of them.",
        discussion: """
            What lies in the workspace's quarantine is removed for good. Files elsewhere are never touched. The catalog \
            remembers what was dropped and when: 'waggle quarantine list --left'. Without --yes nothing is changed.

            EXAMPLES:
              waggle quarantine drop 5274639859c106b4
              waggle quarantine drop 5274639859c106b4 --yes

            EXIT STATUS: 0 dropped; 64 --yes is missing, or there is no such entry.
            """)

    @Argument(help: ArgumentHelp("Entries, as 'waggle quarantine list' names them.", valueName: "id"))
    var names: [String]

    @Flag(name: .customLong("yes"), help: "Remove them.")
    var isSure = false

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: isSure ? .changing : .reading)
        let output = options.output
        let uploads = try workspace.quarantined(names)
        guard isSure else {
            let removed = uploads.flatMap(\.keptDirectories)
            let files = removed.isEmpty ? "no file" : "for good \(removed.joined(separator: ", "))"
            throw ValidationError("this would remove \(files); say --yes to do it")
        }
        let drop = QuarantineDrop(workspace, at: asOf.time)
        for upload in uploads {
            try drop.drop(upload)
            let record = upload.record
            output.line("Dropped \(record.name): \(record.contributor)/\(record.source), \(record.code)")
            if case .delivered(let path) = upload.files {
                output.note("\(path) holds its files still; Waggle changes no delivery")
            }
            for exit in try workspace.catalog.quarantineExits(named: record.name) {
                output.record("quarantine", QuarantineReporting.members(exit))
            }
        }
        output.summary(["dropped": .integer(uploads.count)])
    }
}
