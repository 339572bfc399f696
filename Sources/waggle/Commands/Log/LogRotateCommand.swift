import ArgumentParser
import Workspace

/// `waggle log rotate`.
struct LogRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Put a new key in the place of the log's key.",
        discussion: """
            Appends an entry that says so, signed by both keys, and signs the checkpoint with both. Both keys have the \
            same name. Until everybody who verifies has the new key in the policy, go on signing with both: 'waggle log \
            sign --key OLD --key NEW'. Once a checkpoint is signed by the new key alone, the old one can sign no more.

            EXAMPLES:
              waggle key new log-2.key --name example.org/hive
              waggle log rotate --old log.key --new log-2.key

            EXIT STATUS: 0 done; 4 the log is damaged; 12 a key cannot be used, or is not the log's.
            """)

    @Option(help: ArgumentHelp("The file of the key in use.", valueName: "file")) var old: String
    @Option(help: ArgumentHelp("The file of the key to use from here on.", valueName: "file")) var new: String
    @OptionGroup var log: LogOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let (old, new) = (try NoteKeyFiles.signer(.file(old)), try NoteKeyFiles.signer(.file(new)))
        let report = try log.with(.changing) { try LogSigning(published: $0).rotate(from: old, to: new) }
        LogSigningReporting.say(report, options.output)
    }
}
