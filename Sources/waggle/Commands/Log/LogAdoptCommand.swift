import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle log adopt`.
struct LogAdoptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Publish the cosignatures of witnesses with the checkpoint.",
        discussion: """
            NOTE is what 'waggle log witness' has made of the checkpoint that is published now. The cosignatures of the \
            witnesses in the policy are verified and put below the checkpoint; nothing else of NOTE is taken.

            EXAMPLES:
              waggle log adopt cosigned --policy policy.txt

            EXIT STATUS: 0 published; 4 it is another checkpoint; 12 no witness of the policy has signed it, or one has \
            not.
            """)

    @Argument(help: ArgumentHelp("The cosigned checkpoint.", valueName: "note")) var note: String
    @Option(help: ArgumentHelp("The policy that names the witnesses.", valueName: "file")) var policy: String
    @OptionGroup var log: LogOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let (note, policy) = (try LogFiles.note(note), try LogFiles.policy(policy))
        let found = try log.with(.changing) {
            try LogSigning(published: $0).adopt(note, of: policy.witnesses)
        }
        options.output.line("The checkpoint is cosigned by \(found.map(\.name).joined(separator: ", ")).")
        options.output.summary(["witnesses": .array(found.map { .string($0.name) })])
    }
}
