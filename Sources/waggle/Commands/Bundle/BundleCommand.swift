import ArgumentParser
import Canonical
import Workspace

/// `waggle bundle`: uploads in Waggle's own format.
struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Make, sign and check uploads in Waggle's own format.",
        discussion: """
            A bundle is a directory with upload.json, which lists every file with its hash, time and position, and \
            perhaps upload.sig, the Ed25519 signature of the device that recorded it. Any upload that Waggle reads can \
            be made into one; docs/bundle.md says how to write one without Waggle. No workspace is needed.

            Keys are PEM files, as 'openssl genpkey -algorithm ed25519' makes them, too. An operator who registers a \
            device's key ('waggle device register') takes nothing from that device that it has not signed.

            EXAMPLES:
              waggle bundle key -o dashcam.pem
              waggle bundle create card/drive-1 -o out/1 --device dashcam-42 --key dashcam.pem
              waggle bundle create card/drive-2 -o out/2 --device dashcam-42 --key dashcam.pem --previous out/1
              waggle bundle verify out/2 --key dashcam.pem.pub
              waggle ingest --contributor ada out/2
            """,
        subcommands: [
            BundleCreateCommand.self, BundleSignCommand.self, BundleVerifyCommand.self, BundleKeyCommand.self,
        ])
}

/// Who signs a bundle, and its place among those signed before.
struct BundleSigningOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The device's name, as it is registered. Without it, the one the upload names.",
            valueName: "name"))
    var device: String?

    @Option(
        help: ArgumentHelp(
            "The bundle's number: 1 for the first one the key signs. Without it, the one after --previous.",
            valueName: "n"))
    var sequence: Int64?

    @Option(
        help: ArgumentHelp(
            "The bundle the key signed before: its directory, its upload.json, or the hash of that.",
            valueName: "bundle"))
    var previous: String?

    /// A signature by the private key in the file `path`.
    func signing(_ path: String) throws -> BundleSigning {
        let before = previous.map { text in
            ContentHash(hex: text).map { BundleSigning.Previous.hash($0) } ?? .bundle(text)
        }
        return BundleSigning(
            key: try KeyFiles.signingKey(path), device: device, sequence: sequence, previous: before)
    }
}

/// What is said about a bundle.
enum BundleReporting {
    static func say(_ report: BundleReport, _ output: Output) {
        let traces = report.traces == 0 ? "" : report.traces == 1 ? ", 1 trace" : ", \(report.traces) traces"
        output.line("  \(report.frames) frames in \(report.drives) drives\(traces)")
        if let device = report.device, let key = report.key, let sequence = report.sequence {
            output.line("  signed by \(device), number \(sequence), key \(key)")
        } else {
            output.line("  not signed")
        }
        output.line("  upload.json has the SHA-256 \(report.hash)")
        for remark in report.remarks { output.note("  \(remark)") }
        output.summary(members(report).merging(["sound": .bool(true)]) { $1 })
    }

    private static func members(_ report: BundleReport) -> [String: CanonicalJSON] {
        var members: [String: CanonicalJSON] = [
            "drives": .integer(report.drives), "frames": .integer(report.frames),
            "traces": .integer(report.traces), "sha256": .string(report.hash.hex),
            "device": report.device.map { .string($0) } ?? .null,
            "key": report.key.map { .string($0.hex) } ?? .null,
            "sequence": report.sequence.map { .integer($0) } ?? .null,
            "previous": report.previous.map { .string($0.hex) } ?? .null,
            "remarks": .array(report.remarks.map { .string($0) }),
        ]
        members["format"] = report.format.map { .string($0) }
        return members
    }
}
