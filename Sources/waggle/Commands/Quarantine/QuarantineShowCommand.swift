import ArgumentParser
import Canonical
import Store
import Workspace

/// `waggle quarantine show`.
struct QuarantineShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show all about a quarantined upload, its files included.",
        discussion: """
            Nothing but folders is opened, and no link is followed. Names that are not printable are shown with \
            escapes. One that has left quarantine is shown with what became of it.

            EXAMPLES:
              waggle quarantine show 5274639859c106b4
              waggle quarantine show 5274639859c106b4 --files 20
            """)

    @Argument(help: ArgumentHelp("The entry, as 'waggle quarantine list' names it.", valueName: "id"))
    var name: String

    @Option(
        name: .customLong("files"), help: ArgumentHelp("List at most so many files.", valueName: "count"))
    var limit = 1000

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if !(0...1_000_000).contains(limit) {
            throw ValidationError("--files takes a number from 0 to 1000000")
        }
    }

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        let output = options.output
        if try workspace.quarantined(name) == nil,
            let exit = try workspace.catalog.quarantineExits(named: name).first
        {
            QuarantineReporting.story(exit.record, output)
            output.line("  left:       \(exit.at), \(QuarantineReporting.text(exit.outcome))")
            output.summary(QuarantineReporting.members(exit))
            return
        }
        for upload in try workspace.quarantined([name]) {
            QuarantineReporting.story(upload.record, output)
            var members = QuarantineReporting.members(upload)
            switch upload.files {
            case .kept(let copies):
                members.merge(try list(copies, "in quarantine", output)) { $1 }
            case .delivered(let path):
                members.merge(try list([path], "where they were delivered", output)) { $1 }
            case .gone:
                output.line("  files:      gone; \(upload.record.path ?? "it") holds them no more")
                members.merge(try list([], "", output)) { $1 }
            }
            output.summary(members)
        }
    }

    private func list(
        _ directories: [String], _ place: String, _ output: Output
    ) throws -> [String: CanonicalJSON] {
        var (count, bytes, areAll) = (0, 0, true)
        for directory in directories {
            let files = try QuarantinedFiles(in: directory, limit: limit - count)
            output.line("  files:      \(place), \(directory)")
            for item in files.items {
                let size = item.kind == .file ? "\(item.size) bytes" : item.kind.rawValue
                output.line("    \(item.path)  (\(size))")
                output.record(
                    "file",
                    [
                        "directory": .string(directory), "path": .string(item.path),
                        "kind": .string(item.kind.rawValue), "bytes": .integer(item.size),
                    ])
                bytes += item.size
            }
            count += files.items.count
            areAll = areAll && files.areAll
        }
        if !areAll { output.line("    ... and more") }
        return ["listed": .integer(count), "bytes": .integer(bytes), "all_listed": .bool(areAll)]
    }
}
