import ArgumentParser
import Canonical
import Store
import Workspace

/// `waggle quarantine list`.
struct QuarantineListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the uploads in quarantine.",
        discussion: """
            The column 'files' says where the upload's files are: in quarantine; where they were delivered, as \
            'waggle ingest PATH' moves nothing; or gone.

            EXAMPLES:
              waggle quarantine list
              waggle quarantine list --contributor ada --code upload.unknown_format
              waggle quarantine list --left      (those that were read at last, or dropped)

            EXIT STATUS: 0 listed; 4 an entry cannot be read.
            """)

    @Option(help: ArgumentHelp("Only uploads of this contributor.", valueName: "id"))
    var contributor: String?

    @Option(help: ArgumentHelp("Only uploads refused by this code.", valueName: "code"))
    var code: String?

    @Flag(name: .customLong("left"), help: "List those that have left quarantine, and how.")
    var showsLeft = false

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        if showsLeft { listExits(try workspace.catalog.quarantineExits().filter { matches($0.record) }) }
        if !showsLeft { try listHeld(try workspace.quarantined()) }
    }

    private func matches(_ record: QuarantineRecord) -> Bool {
        (contributor ?? record.contributor) == record.contributor && (code ?? record.code) == record.code
    }

    private func listHeld(_ contents: QuarantineContents) throws {
        let output = options.output
        let uploads = contents.uploads.filter { matches($0.record) }
        if uploads.isEmpty {
            output.line("Nothing is in quarantine" + (contributor ?? code == nil ? "." : " that matches."))
        } else {
            output.table(
                ["id", "contributor", "upload", "received", "code", "files", "where", "why"],
                uploads.map { upload in
                    columns(upload.record) + [
                        QuarantineReporting.word(upload.files), Self.short(upload.record.place),
                        Self.short(upload.record.reason),
                    ]
                })
            output.line(
                "'waggle quarantine show ID' says all of one; 'retry ID' reads it again, 'drop ID --yes' removes it."
            )
        }
        for upload in uploads { output.record("quarantine", QuarantineReporting.members(upload)) }
        for damage in contents.damage { output.warn(damage.description) }
        output.summary([
            "uploads": .integer(uploads.count), "damaged": .integer(contents.damage.count),
        ])
        if !contents.damage.isEmpty { throw Failure.damage }
    }

    private func listExits(_ exits: [QuarantineExit]) {
        let output = options.output
        if exits.isEmpty {
            output.line("Nothing has left quarantine.")
        } else {
            output.table(
                ["id", "contributor", "upload", "received", "code", "left", "how"],
                exits.map {
                    columns($0.record) + [$0.at.description, QuarantineReporting.text($0.outcome)]
                })
        }
        for exit in exits { output.record("quarantine", QuarantineReporting.members(exit)) }
        output.summary(["uploads": .integer(exits.count), "damaged": .integer(0)])
    }

    private func columns(_ record: QuarantineRecord) -> [String] {
        [
            record.name, record.contributor, Self.short(record.source), record.receivedAt.description,
            record.code,
        ]
    }

    /// `text` cut to what a line of a table can hold.
    private static func short(_ text: String) -> String {
        text.count > 60 ? text.prefix(57) + "..." : text
    }
}
