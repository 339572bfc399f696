import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle rewards prove`.
struct RewardsProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Make a receipt: the proof that an award is in the signed log.",
        discussion: """
            The receipt is one file with the award, its manifest and the proofs that lead from it to the log's signed \
            checkpoint. Whoever has it verifies it years later with a policy file (which keys to trust) and this program, \
            without the log: 'waggle log verify --proof FILE --policy FILE'.

            EXAMPLES:
              waggle rewards prove ada --epoch 2026-W10 -o ada.tlog-proof
              waggle log verify --proof ada.tlog-proof --policy policy.txt

            EXIT STATUS: 0 proved; 4 no signed checkpoint covers the epoch yet (see 'waggle log sign'); 64 no such award.
            """)

    @Argument(help: "The contributor.") var contributor: String
    @Option(help: "The epoch, as 2025-W51.") var epoch: Epoch
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where to write the receipt, as NAME.tlog-proof; without it, stdout.", valueName: "file"))
    var output: String?
    @OptionGroup var log: LogOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let receipt = try log.with(.reading) { published in
            guard let receipt = try AwardProving(published: published).receipt(of: contributor, in: epoch)
            else {
                throw ValidationError(
                    "\(epoch) has no award of '\(contributor)'; 'waggle rewards show \(epoch)' lists those it has"
                )
            }
            return receipt
        }
        try LogFiles.write(
            receipt.bytes, to: output, options,
            saying: "Wrote the receipt of \(contributor)'s award in \(epoch) to \(output ?? "stdout").")
        options.output.summary([
            "contributor": .string(contributor), "epoch": .string(epoch.id),
            "award": .integer(receipt.awardIndex), "entry": .integer(receipt.proof.index),
            "receipt": .string(String(decoding: receipt.bytes, as: UTF8.self)),
        ])
    }
}
