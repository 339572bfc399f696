import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle log prove`.
struct LogProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "Prove that the signed log has an entry.",
        discussion: """
            ENTRY is its number, as 'waggle log show' prints it, or the SHA-256 of the manifest, ruleset or correction it \
            is about. The proof is a text of the format c2sp.org/tlog-proof with the entry as its extra data: it can be \
            verified years later and without the log, by 'waggle log verify --proof'.

            EXAMPLES:
              waggle log prove 2 -o w10.tlog-proof
              waggle log prove $(sha256sum published/epochs/2026-W10/manifest.json | cut -c-64)

            EXIT STATUS: 0 proved; 4 no checkpoint covers it yet, or the log is damaged; 64 there is no such entry.
            """)

    @Argument(help: ArgumentHelp("Number or SHA-256.", valueName: "entry")) var entry: String
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where to write the proof, as NAME.tlog-proof; without it, stdout.", valueName: "file"))
    var output: String?
    @OptionGroup var log: LogOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let proof = try log.with(.reading) { published in
            let proving = LogProving(published: published)
            guard let index = try proving.index(of: entry) else {
                throw ValidationError("the log has no entry '\(entry)'; 'waggle log show' lists them")
            }
            return try proving.proof(of: index)
        }
        let checkpoint = try Checkpoint(text: proof.checkpoint.text)
        try LogFiles.write(
            proof.bytes, to: output, options,
            saying: "Wrote the proof of entry \(proof.index) of \(checkpoint.size) to \(output ?? "stdout").")
        options.output.summary(
            LogReporting.members(checkpoint).merging([
                "index": .integer(proof.index), "path": .array(proof.path.map { .string($0.hex) }),
                "proof": .string(String(decoding: proof.bytes, as: UTF8.self)),
            ]) { $1 })
    }
}
