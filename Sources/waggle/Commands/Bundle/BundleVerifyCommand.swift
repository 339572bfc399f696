import ArgumentParser
import Canonical
import Workspace

/// `waggle bundle verify`.
struct BundleVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check a bundle: its files and its signature.",
        discussion: """
            Reads upload.json, checks the signature, and the hash of every file. The first thing that is wrong is \
            printed, under the code it would be in quarantine for.

            Without --key a signature is checked with the key that the bundle itself names: it shows that nothing \
            was changed since, not who signed. With --key the bundle must be signed by that key.

            EXAMPLES:
              waggle bundle verify out/2
              waggle bundle verify out/2 --key dashcam.pem.pub

            EXIT STATUS: 0 sound; 4 damaged; 12 not signed as it should be, or the key cannot be used.
            """)

    @Argument(help: ArgumentHelp("The bundle's directory.", valueName: "dir")) var directory: String
    @Option(help: ArgumentHelp("The device's public key, a PEM file.", valueName: "file")) var key: String?
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        do {
            let report = try BundleMaking.verify(directory, key: try key.map(KeyFiles.verifyingKey))
            output.line("The bundle \(directory) is sound.")
            BundleReporting.say(report, output)
        } catch let error as BundleFailure {
            guard let finding = error.finding else { throw error }
            output.warn("\(directory): \(error)")
            output.record(
                "finding",
                [
                    "code": .string(finding.code), "place": .string(finding.place),
                    "reason": .string(finding.reason), "remedy": .string(finding.remedy),
                ])
            output.summary(["sound": .bool(false)])
            throw finding.isOfSignature ? Failure.badSignature : Failure.damage
        }
    }
}
