import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle init`: makes a workspace.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a workspace in a new or empty directory.",
        discussion: """
            The workspace gets the standard ruleset (ruleset.json), an empty catalog, and the directories inbox, \
            blobs, quarantine and published.

            EXAMPLES:
              waggle init --workspace /srv/hive
            """)

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        try Workspace.create(workspace.path)
        let made = try workspace.open(for: .reading)
        let output = options.output
        output.line(
            "Made the workspace \(workspace.path) with ruleset \(made.ruleset.contentHash.hex.prefix(16)).")
        output.line("Put uploads into \(made.layout.inbox)/<contributor>/<upload>/ and call 'waggle run'.")
        output.summary([
            "workspace": .string(workspace.path), "ruleset": .string(made.ruleset.contentHash.hex),
        ])
    }
}
