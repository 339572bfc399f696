import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle log witness`.
struct LogWitnessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness", abstract: "Cosign the checkpoint of somebody's log, if it has only grown.",
        discussion: """
            For somebody else than the operator: a second pair of eyes that sees whether everybody is shown the same \
            log. CHECKPOINT is the file in a copy of the log, with its tiles beside it. The state file remembers what \
            was cosigned last, and the log must continue it; never lose it, and keep one for each log. The cosigned \
            checkpoint goes back to the operator, who publishes it with 'waggle log adopt'.

            A refusal because the log forked is the one thing a witness is there for: keep both checkpoints and show \
            them around.

            EXAMPLES:
              waggle key new witness.key --name witness.example.net/w1
              rsync -r hive.example.org::published/log/ hive/
              waggle log witness --key witness.key --state hive.state \\
                --log example.org/hive+c6f3343e+AQOh... hive/checkpoint -o cosigned

            EXIT STATUS: 0 cosigned; 4 the log shrank or forked, or is damaged; 12 the log has not signed it, or a key \
            cannot be used.
            """)

    @Argument(help: ArgumentHelp("The log's checkpoint, beside its tiles.", valueName: "checkpoint"))
    var checkpoint: String
    @OptionGroup var key: LogKeyOptions
    @Option(help: ArgumentHelp("What was cosigned last; made by the first cosignature.", valueName: "file"))
    var state: String
    @Option(
        name: .customLong("log"),
        help: ArgumentHelp(
            "The log's public key, as 'waggle key show' prints it; may be repeated.", valueName: "key"))
    var logs: [String]
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where to write the cosigned checkpoint; without it, stdout.", valueName: "file"))
    var output: String?
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var options: OutputOptions

    func run() throws {
        let keys = try logs.map(LogFiles.key)
        let signer = try key.signer()
        guard let seconds = UInt64(exactly: asOf.time.milliseconds / 1000) else {
            throw ValidationError("a cosignature's time is not before 1970")
        }
        let note = try WitnessState(state).cosign(checkpoint, of: keys, as: signer, at: seconds)
        let cosigned = try Checkpoint(text: note.text)
        try LogFiles.write(
            note.bytes, to: output, options,
            saying: "Cosigned \(cosigned.size) entries of \(cosigned.origin) as \(signer.name).")
        options.output.summary(
            LogReporting.members(cosigned).merging([
                "witness": .string(signer.name), "time": .integer(Int64(clamping: seconds)),
                "note": .string(String(decoding: note.bytes, as: UTF8.self)),
            ]) { $1 })
    }
}
