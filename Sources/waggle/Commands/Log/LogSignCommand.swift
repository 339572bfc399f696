import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle log sign`.
struct LogSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign the log up to its last entry, and the manifests in it.",
        discussion: """
            Reads the whole log first, and signs only what continues the checkpoint that was signed last. Writes \
            'manifest.note' beside every manifest that the log has and that has none, and then 'log/checkpoint'. The \
            first signature gives the log the key's name, and from then on only that key, or one that 'waggle log rotate' \
            has put in its place, can sign it.

            It needs nothing but the directory 'published', so it can be run on a machine where the key is and the \
            uploads are not: copy 'published' there, sign, and copy '*.note' and 'log/checkpoint' back.

            EXAMPLES:
              waggle log sign --key log.key
              waggle log sign --key-fd 3 3< <(pass show waggle/log.key)
              waggle log sign --key log.key --published /media/stick/published

            EXIT STATUS: 0 signed, or there was nothing to sign; 4 the log is damaged or does not continue what was \
            signed; 12 the key cannot be used.
            """)

    @OptionGroup var keys: LogKeyOptions
    @OptionGroup var log: LogOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let signers = try keys.signers()
        let report = try log.with(.changing) { try LogSigning(published: $0).sign(signers) }
        LogSigningReporting.say(report, options.output)
    }
}

/// What is said about a signature of the log.
enum LogSigningReporting {
    static func say(_ report: LogSigning.Report, _ output: Output) {
        let checkpoint = report.checkpoint
        output.line(
            report.isNew
                ? "Signed the log \(checkpoint.origin) up to \(checkpoint.size) entries."
                : "The log \(checkpoint.origin) is signed up to its last entry, number \(checkpoint.size).")
        if !report.manifests.isEmpty {
            output.line("Signed the manifests of \(report.manifests.map(\.id).joined(separator: ", ")).")
        }
        output.summary(
            LogReporting.members(checkpoint).merging([
                "new": .bool(report.isNew), "manifests": .array(report.manifests.map { .string($0.id) }),
            ]) { $1 })
    }
}
