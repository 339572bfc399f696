import ArgumentParser
import Canonical
import Geo
import Glibc
import Imaging
import Rewards
import Store
import Tiles
import Workspace

/// `waggle doctor`: what this machine and this workspace are like.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Show versions, limits, disk space, permissions and the clock, and what is wrong with them.",
        discussion: """
            Changes nothing, and works without a workspace as well.

            EXAMPLES:
              waggle doctor
              waggle doctor --workspace /srv/hive --json

            EXIT STATUS: 0 nothing is wrong; 1 a line PROBLEM says what is.
            """)

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        var problems: [String] = []
        var rows: [(name: String, value: String)] = [
            ("waggle", Version.text), ("libjpeg", CodecVersions.jpeg), ("libpng", CodecVersions.png),
            ("zlib", Gzip.decompressorVersion), ("libdeflate", Deflate.version),
            ("sqlite", Catalog.sqliteVersion),
            ("processors", String(sysconf(Int32(_SC_NPROCESSORS_ONLN)))), ("clock", asOf.time.description),
        ]
        if asOf.time < UTCTime(milliseconds: 1_735_689_600_000) {
            problems.append("the clock is before 2025: set it, or every frame is from the future")
        }
        var files = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files) == 0 {
            rows.append(("open files", String(files.rlim_cur)))
            if files.rlim_cur < 256 {
                problems.append("fewer than 256 files can be open at once: raise 'ulimit -n'")
            }
        }
        var space = statvfs()
        let path = workspace.path
        if statvfs(path, &space) == 0 {
            let free = UInt64(space.f_bavail) * UInt64(space.f_frsize)
            rows.append(("free space", "\(free >> 20) MiB"))
            if free < 1 << 30 { problems.append("less than 1 GiB is free at \(path)") }
        }
        if DirectoryListing.exists(WorkspaceLayout(root: path).marker) {
            rows.append(("workspace", path))
            if access(path, W_OK) != 0 { problems.append("\(path) cannot be written to by this user") }
            do {
                let opened = try workspace.open(for: .reading)
                rows.append(("ruleset", opened.rulesets.ruleset(at: asOf.time).contentHash.hex))
                rows.append(("frames", String(try opened.catalog.verdictTally(.all).total)))
                rows.append(("quarantined", String(try opened.quarantine.names().count)))
            } catch {
                problems.append("the workspace cannot be read: \(error)")
            }
        } else {
            rows.append(("workspace", "none at \(path)"))
        }
        for row in rows {
            output.line(row.name + String(repeating: " ", count: max(1, 14 - row.name.count)) + row.value)
            output.record("fact", ["name": .string(row.name), "value": .string(row.value)])
        }
        for problem in problems {
            output.line("PROBLEM: \(problem)")
            output.record("problem", ["detail": .string(problem)])
        }
        output.summary(["problems": .integer(problems.count)])
        if !problems.isEmpty { throw ExitCode.failure }
    }
}
