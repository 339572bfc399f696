import ArgumentParser
import Canonical
import Stages
import Store
import Workspace

/// `waggle ingest`: reads uploads.
struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Read uploads and give every frame its verdict.",
        discussion: """
            Without PATH, reads the workspace's inbox. With --contributor, every PATH is one upload of that \
            contributor; without it, every PATH is laid out like an inbox: <contributor>/<upload>/.

            An upload is read as FrameKM pairs, frames with JSON sidecars, photos with a GPX trace, or photos with \
            EXIF positions, whichever its contents are. One that is none of these, or is unsafe to read, goes to \
            quarantine with a reason, and the next one is read. Uploads that were read before are left alone.

            A receipt <upload>.receipt.json beside the upload, {"received_at":"2026-03-05T18:00:00Z"}, says when it \
            was received; without one, it is received now (--as-of). Names that begin with a dot are still arriving \
            and are left alone. What cannot be opened, changes while it is read, or was received after --as-of is left \
            for a later run.

            With --dry-run everything is read and judged, against the catalog as well, and nothing is stored: it works on a \
            copy of the catalog, for which TMPDIR needs room. With --json it prints a record for every frame.

            EXAMPLES:
              waggle ingest
              waggle ingest --dry-run -v
              waggle ingest SampleDrives --as-of 2026-03-20T00:00:00Z
              waggle ingest --contributor bee /mnt/card/drive-7 --jobs 4

            EXIT STATUS: 0 all uploads are in; 3 some went to quarantine (or would, in a dry run); 11 another run is at             work.
            """)

    @Argument(help: ArgumentHelp("Uploads, or directories laid out like an inbox.", valueName: "path"))
    var paths: [String] = []

    @Option(help: ArgumentHelp("Who delivered the uploads named by PATH.", valueName: "id"))
    var contributor: String?

    @Flag(name: .customLong("dry-run"), help: "Only say what would become of the uploads; store nothing.")
    var isDryRun = false

    @Flag(name: .shortAndLong, help: "Say of every frame of new uploads what becomes of it.")
    var verbose = false

    @OptionGroup var ingest: IngestOptions
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if contributor != nil, paths.isEmpty {
            throw ValidationError("--contributor needs the PATH of an upload")
        }
    }

    func run() async throws {
        let workspace = try workspace.open(for: isDryRun ? .rehearsing : .changing)
        let report = try await IngestRun(
            options.output, ingest, isDryRun: isDryRun, showsFrames: verbose
        ).run(workspace, try deliveries(workspace), asOf: asOf.time)
        if report.needsAttention { throw Failure.quarantined }
    }

    private func deliveries(_ workspace: Workspace) throws -> Deliveries.Found {
        if paths.isEmpty { return try Deliveries.inInbox(workspace.layout.inbox, isWorkspaces: true) }
        var found = Deliveries.Found()
        for path in paths {
            if let contributor {
                found.deliveries.append(try Deliveries.single(path, of: try ContributorID(contributor)))
            } else {
                if try Deliveries.holdsReceipts(path) {
                    throw ValidationError(
                        "\(path) holds receipts, so it is one contributor's folder: name the folder above it, or each "
                            + "upload with --contributor")
                }
                let inbox = try Deliveries.inInbox(path, isWorkspaces: false)
                if inbox.deliveries.isEmpty, inbox.ignored.isEmpty {
                    found.ignored.append(
                        IgnoredPath(
                            path, "no <contributor>/<upload>/ in it; one upload needs --contributor",
                            isProblem: true))
                }
                found.deliveries += inbox.deliveries
                found.ignored += inbox.ignored
            }
        }
        return found
    }
}
