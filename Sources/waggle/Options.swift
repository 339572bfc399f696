import ArgumentParser
import Canonical
import Glibc
import Workspace

/// Options of every command.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print one JSON record a line on stdout; docs/json.md describes them.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing but errors (and, with --json, the records).")
    var quiet = false

    var output: Output { Output(isJSON: json, isQuiet: quiet) }
}

/// Options of commands that work on a workspace.
struct WorkspaceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The workspace. Without it, the environment variable WAGGLE_WORKSPACE, or else the current directory.",
            valueName: "dir"))
    var workspace: String?

    var path: String {
        if let workspace { return workspace }
        if let value = getenv("WAGGLE_WORKSPACE"), value.pointee != 0 { return String(cString: value) }
        return "."
    }

    func open(for access: Workspace.Access) throws -> Workspace { try Workspace(path, for: access) }
}

/// Options of commands that need nothing but what is published.
struct PublishedOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The directory 'published', or a copy of it; without it, the workspace's.", valueName: "dir"))
    var published: String?

    @OptionGroup var workspace: WorkspaceOptions

    /// The directory.
    func root() throws -> String { try published ?? workspace.open(for: .reading).layout.published }
}

/// The time a run takes for the present.
struct AsOfOption: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "The time to take for the present, as 2026-03-20T00:00:00Z (RFC 3339). Nothing received later counts. "
                + "Without it, the clock's.",
            valueName: "time"))
    var asOf: UTCTime?

    var time: UTCTime { asOf ?? Self.clock }

    /// The time of the clock.
    static var clock: UTCTime {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return UTCTime(milliseconds: Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000)
    }
}

/// Options of commands that measure frames.
struct IngestOptions: ParsableArguments {
    @Option(help: "Frames measured at a time; without it, as many as there are processors.")
    var jobs: Int?

    @Option(
        name: .customLong("keep-frames"),
        help: ArgumentHelp(
            "What to keep of frames that are not rejected: 'stripped' keeps their pictures in the workspace without EXIF, "
                + "XMP, comments and thumbnails, 'copy' the files as delivered, 'none' nothing."))
    var keeping: Ingest.Keeping = .stripped

    func validate() throws {
        if let jobs, !(1...256).contains(jobs) {
            throw ValidationError("--jobs takes a number from 1 to 256")
        }
    }

    var jobCount: Int { jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

extension UTCTime: ExpressibleByArgument {
    /// The time written as RFC 3339, as `2026-03-20T00:00:00Z`.
    public init?(argument: String) { self.init(rfc3339: argument) }
}

extension Ingest.Keeping: ExpressibleByArgument {}
