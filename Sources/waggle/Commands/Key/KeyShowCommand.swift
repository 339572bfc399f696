import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle key show`.
struct KeyShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the public half of a key.",
        discussion: """
            The public key is printed in the two text forms of c2sp.org/signed-note: one for a log, which stands in the \
            'log' line of a policy, and one for a witness, which stands in a 'witness' line. Give it to everybody who is \
            to verify, by a way that is not the log's own.

            EXAMPLES:
              waggle key show log.key

            EXIT STATUS: 0 shown; 12 the file is no key, or others may read it.
            """)

    @Argument(help: ArgumentHelp("The file of the private key.", valueName: "file")) var file: String
    @OptionGroup var options: OutputOptions

    func run() throws {
        try KeyReporting.say(try NoteKeyFiles.signer(.file(file)), file, options.output)
    }
}

/// What is said about a key.
enum KeyReporting {
    static func say(_ signer: NoteSigner, _ file: String, _ output: Output) throws {
        let (log, witness) = (try signer.noteKey(.note), try signer.noteKey(.cosignature))
        output.line("As a log:     \(log.vkey)")
        output.line("As a witness: \(witness.vkey)")
        output.summary([
            "file": .string(file), "name": .string(signer.name), "log": .string(log.vkey),
            "witness": .string(witness.vkey), "key": .string(log.key.hex),
        ])
    }
}
