import ArgumentParser
import Workspace

/// `waggle bundle sign`.
struct BundleSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign a bundle.",
        discussion: """
            Checks that the bundle's files are those it lists, writes the signer into upload.json and the signature \
            into upload.sig. A bundle that is signed already is signed anew.

            Every signature of a key has a number, and names the statement with the number before by its hash, so that \
            nothing can be left out or put in between unseen. --previous takes both from the bundle signed before.

            EXAMPLES:
              waggle bundle sign out/1 --key dashcam.pem --device dashcam-42
              waggle bundle sign out/2 --key dashcam.pem --device dashcam-42 --previous out/1

            EXIT STATUS: 0 signed; 1 the bundle is damaged; 12 the key cannot be used; 64 usage.
            """)

    @Argument(help: ArgumentHelp("The bundle's directory.", valueName: "dir")) var directory: String
    @Option(help: ArgumentHelp("The device's private key, a PEM file.", valueName: "file")) var key: String
    @OptionGroup var signing: BundleSigningOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let report = try BundleMaking.sign(directory, signing: try signing.signing(key))
        options.output.line("Signed the bundle \(directory).")
        BundleReporting.say(report, options.output)
    }
}
