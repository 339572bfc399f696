import ArgumentParser
import Store
import Workspace

/// `waggle quarantine`: the uploads that were not taken in.
struct QuarantineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine",
        abstract: "Look at the uploads that were not taken in, read them again, or drop them.",
        discussion: """
            An upload that no reader makes sense of, or that is unsafe to read, goes to quarantine as a whole. Its \
            entry says what is wrong, where, and what to do. From the workspace's inbox its directory is moved there; \
            an upload that was named to 'waggle ingest' stays where it is.

            There are three ways out: the contributor delivers it again; its files are repaired where they lie, or \
            Waggle is updated, and 'retry' reads it again; or 'drop' gives it up.

            EXAMPLES:
              waggle quarantine list
              waggle quarantine show 5274639859c106b4
              waggle quarantine retry 5274639859c106b4
              waggle quarantine retry --all
              waggle quarantine drop 5274639859c106b4 --yes
            """,
        subcommands: [
            QuarantineListCommand.self, QuarantineShowCommand.self, QuarantineRetryCommand.self,
            QuarantineDropCommand.self,
        ])
}

extension Workspace {
    /// The quarantined uploads with these entries, which must be there, each once.
    func quarantined(_ names: [String]) throws -> [QuarantinedUpload] {
        var seen: Set<String> = []
        return try names.filter { seen.insert($0).inserted }.map { name in
            if let upload = try quarantined(name) { return upload }
            guard let exit = try catalog.quarantineExits(named: name).first else {
                throw ValidationError(
                    "nothing in quarantine is called '\(name)'; see 'waggle quarantine list'")
            }
            throw ValidationError(
                "'\(name)' has left quarantine: \(QuarantineReporting.text(exit.outcome)) at \(exit.at)")
        }
    }
}
