import ArgumentParser
import Workspace

/// `waggle bundle create`.
struct BundleCreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a bundle of any upload that Waggle reads.",
        discussion: """
            Copies the images byte for byte into a file each, and a trace as the file it is; writes what the upload \
            says of times and positions into upload.json. What Waggle would refuse of the upload it will refuse of the \
            bundle: nothing is judged here. An image that was not delivered cannot be taken along; stderr says how many.

            With --key the bundle is signed at once.

            EXAMPLES:
              waggle bundle create card/drive-1 -o out/1
              waggle bundle create card/drive-2 -o out/2 --device dashcam-42 --key dashcam.pem --previous out/1

            EXIT STATUS: 0 made; 1 the upload cannot be read; 12 the key cannot be used; 64 usage.
            """)

    @Argument(help: ArgumentHelp("The upload: a directory.", valueName: "source")) var source: String
    @Option(name: .shortAndLong, help: ArgumentHelp("The new directory of the bundle.", valueName: "dir"))
    var output: String
    @Option(help: ArgumentHelp("The device's private key, a PEM file.", valueName: "file")) var key: String?
    @OptionGroup var signing: BundleSigningOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if key == nil, signing.sequence != nil || signing.previous != nil {
            throw ValidationError("--sequence and --previous are signed: they need --key")
        }
    }

    func run() throws {
        let report = try BundleMaking.create(
            output, of: source, device: signing.device, signing: try key.map(signing.signing))
        options.output.line(
            "Made the bundle \(output) of \(source), read as \(report.format ?? "an upload").")
        BundleReporting.say(report, options.output)
    }
}
