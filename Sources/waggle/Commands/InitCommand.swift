import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle init`: makes a workspace.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a workspace in a new or empty directory.",
        discussion: """
            The workspace gets the standard ruleset, or that of --ruleset ('waggle ruleset' explains it, and how to change it later), an empty catalog, and the directories inbox, \
            blobs, quarantine and published.

            Tiles name contributors by pseudonyms. By default these are salted with what everybody knows, so that the \
            same uploads give the same map everywhere, and whoever knows a contributor's id can recognise it. A salt \
            that stays secret prevents that; it is copied into the workspace and belongs to its inputs, as the \
            ruleset does.

            EXAMPLES:
              waggle init --workspace /srv/hive
              waggle ruleset show --standard --file > mine.json && waggle init --workspace /srv/hive --ruleset mine.json
              head -c 32 /dev/urandom > salt && waggle init --workspace /srv/hive --salt-file salt
            """)

    @Option(
        name: .customLong("salt-file"),
        help: ArgumentHelp("A file with a secret salt for pseudonyms, 16 to 4096 bytes.", valueName: "file"))
    var saltFile: String?

    @Option(help: ArgumentHelp("The file of the ruleset that is to hold.", valueName: "file"))
    var ruleset: String?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let salt = try saltFile.map { try StoredFile.read($0, maxBytes: Workspace.saltBytes.upperBound) }
        if let salt, salt.count < Workspace.saltBytes.lowerBound {
            throw ValidationError(
                "\(saltFile ?? "") has \(salt.count) bytes: a salt of fewer than 16 can be guessed")
        }
        let rules = try ruleset.map { try RulesetFile.read($0) } ?? .standard
        try Workspace.create(workspace.path, ruleset: rules, salt: salt)
        let made = try workspace.open(for: .reading)
        let output = options.output
        output.line(
            "Made the workspace \(workspace.path) with ruleset \(made.rulesets.first.contentHash.hex.prefix(16))."
        )
        output.line("Put uploads into \(made.layout.inbox)/<contributor>/<upload>/ and call 'waggle run'.")
        output.summary([
            "workspace": .string(workspace.path), "ruleset": .string(made.rulesets.first.contentHash.hex),
        ])
    }
}
