import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle epoch archive`.
struct EpochArchiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Put all an outsider needs to recompute an epoch into one file.",
        discussion: """
            Writes the published files of the epoch and of all before it, with the rulesets they name: what is fresh, trusted \
            and owed cannot be told without the earlier ones. The file is a tar archive (POSIX ustar) that is the same, byte \
            for byte, on every machine and whenever it is made; a file of that name is replaced.

            EXAMPLES:
              waggle epoch archive 2026-W10 -o 2026-W10.tar
              mkdir copy && tar -xf 2026-W10.tar -C copy && waggle rewards verify --published copy
            """)

    @Argument(help: ArgumentHelp("The epoch, as 2025-W51.", valueName: "epoch")) var epoch: Epoch
    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file")) var output:
        String

    @OptionGroup var published: PublishedOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let archive = try EpochArchive(epoch, of: try published.root())
        let (sha256, bytes) = try archive.write(to: output)
        options.output.line(
            "Wrote \(output): \(archive.names.count) files of \(archive.epochs) epochs, \(bytes) bytes, sha256 \(sha256.hex)"
        )
        options.output.summary([
            "epoch": .string(epoch.id), "path": .string(output), "sha256": .string(sha256.hex),
            "bytes": .integer(bytes), "files": .integer(archive.names.count),
            "epochs": .integer(archive.epochs),
        ])
    }
}
