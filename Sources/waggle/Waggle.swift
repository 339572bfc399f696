import ArgumentParser
import CLinux
import Glibc

/// The command line.
@main
struct Waggle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waggle",
        abstract: "Turns dashcam drives into a map and a fair, provable reward manifest.",
        discussion: """
            A first round, from an empty directory to a map and a manifest:

              waggle init --workspace hive
              export WAGGLE_WORKSPACE=hive
              waggle ingest SampleDrives --as-of 2026-03-20T00:00:00Z
              waggle build
              waggle epoch list
              waggle epoch close 2026-W10 --as-of 2026-03-20T00:00:00Z
              waggle rewards show 2026-W10
              waggle map -o map.png

            Every question has a command:

              Why was this frame refused?      waggle explain frame NAME
              Why was my upload not read?      waggle quarantine list
              What would become of my upload?  waggle ingest --dry-run --help
              How is my home kept out of it?   waggle privacy --help
              Why did I earn this?             waggle rewards explain CONTRIBUTOR
              What would this week pay?        waggle rewards estimate
              What if an award was wrong?      waggle rewards correct --help
              Where to drive next?             waggle cell list --stale 30d
              Is the store sound?              waggle check --read-data
              Are the rewards right?           waggle rewards verify
              Was anything taken back?         waggle log verify
              How is the log signed?           waggle key --help, waggle log sign --help
              How are rewards claimed?         waggle rewards export --help
              Are the kept frames still there? waggle audit storage --help
              What is in the tiles?            waggle tile stats
              Is this machine fit for it?      waggle doctor
              How is a frame taken down?       waggle takedown --help
              How is an upload signed?         waggle bundle --help
              By which numbers?                waggle ruleset show
              Whose signature counts?          waggle device --help

            What cron calls, once the inbox is filled by <contributor>/<upload>/ directories:

              waggle run --workspace /srv/hive --quiet

            Data goes to stdout, everything else to stderr. With --json every command prints one JSON record a line; \
            docs/json.md describes them.

            EXIT STATUS: 0 done; 1 failed; 3 done, but something went to quarantine; 4 damage found; 10 no \
            workspace; 11 another run holds the workspace; 12 bad key or signature; 64 usage; 128 + n ended by signal n.
            """,
        version: Version.text,
        subcommands: [
            InitCommand.self, IngestCommand.self, BuildCommand.self, RunCommand.self, EpochCommand.self,
            RewardsCommand.self, BountyCommand.self, TileCommand.self, MapCommand.self, ExplainCommand.self,
            DriveCommand.self,
            CellCommand.self,
            QuarantineCommand.self, TakedownCommand.self, PrivacyCommand.self, BundleCommand.self,
            DeviceCommand.self, KeyCommand.self, LogCommand.self, RulesetCommand.self, CheckCommand.self,
            DoctorCommand.self,
            AuditCommand.self,
        ])

    /// Parses, runs, and gives every error its message and exit status in one place.
    static func main() async {
        waggle_keep_freed_memory()
        // A reader that goes away ends the output, not the work.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            try Output.finish()
        } catch {
            Failure.exit(error)
        }
    }
}
