import ArgumentParser
import Glibc
import Imaging
import Store
import Synchronization

/// `bench ingest`: what an ingest costs over the decoding that cannot be avoided.
struct IngestBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "CPU of a whole ingest against a bare decode of the same files at the same scale.")

    @OptionGroup var options: BenchmarkOptions

    @Option(help: "Frames of 2028 x 1024, in uploads of 100.") var frames = 400

    @Option(help: "Rounds; the median counts.") var rounds = 5

    @Option(help: "Directories with JPEG frames and sidecars to use instead of made ones.") var drives:
        [String] = []

    private static let serial = Atomic<Int>(0)

    func run() throws {
        defer { removeWorkspaces() }
        let uploads = try drives.isEmpty ? made() : drives
        let files = try uploads.flatMap { upload in
            try DirectoryListing.names(in: upload).filter { $0.hasSuffix(".jpg") }.map { "\(upload)/\($0)" }
        }
        let bytes = try files.reduce(0) { try $0 + StoredFile.read($1, maxBytes: 1 << 30).count }
        print("\(files.count) frames, \(bytes / max(1, files.count)) bytes each")
        var (ratios, copied, uncopied) = ([Double](), [Double](), [Double]())
        var (speedups, floors, peaks) = ([Double](), [Double](), [Int]())
        for _ in 0..<rounds {
            let before = try decode(files)
            let one = try ingest(uploads, jobs: 1, keep: "stripped")
            let copying = try ingest(uploads, jobs: 1, keep: "copy")
            let bare = try ingest(uploads, jobs: 1, keep: "none")
            let two = try ingest(uploads, jobs: 2, keep: "stripped")
            let after = try decode(files)
            let floor = (before.cpu + after.cpu) / 2
            floors.append(floor * 1000 / Double(files.count))
            ratios.append(one.cpu / floor)
            copied.append(copying.cpu / floor)
            uncopied.append(bare.cpu / floor)
            speedups.append(one.wall / two.wall)
            peaks += [one.peakKiB, two.peakKiB]
        }
        print("bare decode at 2/8, ms of CPU per frame:     \(floors.summary)")
        print("ingest / bare decode, CPU (limit 1.35):      \(ratios.summary)")
        print("the same with whole copies:                  \(copied.summary)")
        print("the same without keeping frames:             \(uncopied.summary)")
        print("one job / two jobs, wall (at least 1.85):    \(speedups.summary)")
        print("peak resident memory, MiB (limit 200):       \(Double(peaks.max() ?? 0) / 1024)")
        let starts = try (0..<50).map { _ in try Cost.of(program: options.program, ["--version"]).wall * 1000
        }
        print("waggle --version, ms of wall (limit 15):     \(starts.summary)")
    }

    private func removeWorkspaces() {
        let names = (try? DirectoryListing.names(in: options.directory)) ?? []
        for name in names where name.hasPrefix("workspace-") {
            try? DirectoryListing.removeTree("\(options.directory)/\(name)")
        }
    }

    private func made() throws -> [String] {
        try DurableWrite.directory(options.directory)
        let maker = RoadFrames(width: 2028, height: 1024, quality: 70)
        return try stride(from: 0, to: frames, by: 100).map { first in
            let folder = "\(options.directory)/frames-\(first)"
            try maker.make(folder, numbers: first..<min(first + 100, frames))
            return folder
        }
    }

    private func decode(_ files: [String]) throws -> Cost {
        try Cost.of {
            for file in files {
                _ = try ImageDecoder.decode(
                    try StoredFile.read(file, maxBytes: 1 << 26), limits: ImageLimits())
            }
        }
    }

    private func ingest(_ uploads: [String], jobs: Int, keep: String) throws -> Cost {
        // Each in a directory of its own: for five minutes after many files were removed, ext4 searches long for an
        // inode that was not just in use (recently_deleted in fs/ext4/ialloc.c).
        let workspace =
            "\(options.directory)/workspace-\(getpid())-\(Self.serial.wrappingAdd(1, ordering: .relaxed).newValue)"
        _ = try Cost.of(program: options.program, ["init", "--workspace", workspace])
        return try Cost.of(
            program: options.program,
            [
                "ingest", "--quiet", "--workspace", workspace, "--contributor", "bench", "--jobs",
                String(jobs),
                "--keep-frames", keep, "--as-of", "2026-04-01T00:00:00Z",
            ] + uploads)
    }
}
