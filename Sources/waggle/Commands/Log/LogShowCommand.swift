import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle log show`.
struct LogShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the entries of the log, and what of it is signed.",
        discussion: """
            EXAMPLES:
              waggle log show
              waggle log show --json --published /mnt/mirror/published

            EXIT STATUS: 0 shown; 4 the log's files are damaged.
            """)

    @OptionGroup var log: LogOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let (contents, head, note) = try log.with(.reading) { published in
            let log = LogDirectory("\(published)/log")
            return (try log.contents(), try log.head(), try log.checkpoint())
        }
        let checkpoint = try note.map { try Checkpoint(text: $0.text) }
        if let checkpoint {
            output.line("Log \(checkpoint.origin), signed up to \(checkpoint.size) of \(head.size) entries.")
        } else {
            output.line("A log of \(head.size) entries that nobody has signed; see 'waggle log sign --help'.")
        }
        output.table(
            ["entry", "kind", "epoch", "about", "signed"],
            contents.entries.enumerated().map { index, entry in
                [
                    String(index), entry.kind.rawValue, entry.epoch?.id ?? "", Self.about(entry),
                    UInt64(index) < checkpoint?.size ?? 0 ? "yes" : "no",
                ]
            })
        for (index, entry) in contents.entries.enumerated() {
            output.record("entry", LogReporting.members(entry, index: UInt64(index)))
        }
        output.summary([
            "entries": .integer(head.size), "root": .string(head.root.hex),
            "checkpoint": checkpoint.map { .object(LogReporting.members($0)) } ?? .null,
            "signatures": .array((note?.signatures ?? []).map { .string($0.name) }),
        ])
    }

    private static func about(_ entry: LogEntry) -> String {
        if case .keyRotation(let rotation) = entry { return rotation.new.vkey }
        return entry.subject?.hex ?? ""
    }
}
