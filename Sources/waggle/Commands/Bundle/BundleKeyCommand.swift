import ArgumentParser
import Canonical
import Workspace

/// `waggle bundle key`.
struct BundleKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make a new key for a device.",
        discussion: """
            Writes the private key, readable by its owner alone, and beside it the public key with .pub behind the \
            name, which is what the operator registers. Neither file may be there yet.

            EXAMPLES:
              waggle bundle key -o dashcam.pem
              openssl genpkey -algorithm ed25519 -out dashcam.pem     # the same with OpenSSL
              openssl pkey -in dashcam.pem -pubout -out dashcam.pem.pub
            """)

    @Option(name: .shortAndLong, help: ArgumentHelp("The file of the private key.", valueName: "file"))
    var output: String
    @OptionGroup var options: OutputOptions

    func run() throws {
        let key = try KeyFiles.make(output)
        options.output.line("Made the private key \(output); keep it secret.")
        options.output.line("The public key is \(KeyFiles.publicPath(output)): \(key)")
        options.output.summary([
            "key": .string(key.hex), "private": .string(output),
            "public": .string(KeyFiles.publicPath(output)),
        ])
    }
}
