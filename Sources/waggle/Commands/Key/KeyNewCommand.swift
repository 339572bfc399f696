import ArgumentParser
import Workspace

/// `waggle key new`.
struct KeyNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a key.",
        discussion: """
            Writes the private key to a new file that only its owner may read (mode 0600), and prints the public one. A \
            file that is there is never overwritten. Keep a copy of it where no server is: whoever has it can sign in \
            your name, and without it the log cannot go on under its key.

            The file is a line with the name and a PEM text, which OpenSSL reads as well.

            EXAMPLES:
              waggle key new log.key --name example.org/hive

            EXIT STATUS: 0 made; 64 the file is there, or the name cannot be one.
            """)

    @Argument(help: ArgumentHelp("The file to make.", valueName: "file")) var file: String
    @Option(help: ArgumentHelp("The key's name: no spaces, no '+'.", valueName: "name")) var name: String
    @OptionGroup var options: OutputOptions

    func run() throws {
        let signer = try NoteKeyFiles.make(file, name: name)
        options.output.line("Made the private key \(file); keep it secret.")
        try KeyReporting.say(signer, file, options.output)
    }
}
