import ArgumentParser
import Store

/// `bench idle`: what a run with nothing to do costs.
struct IdleBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idle", abstract: "CPU of a run with nothing to do on a workspace of many frames.")

    @OptionGroup var options: BenchmarkOptions

    @Option(help: "Frames in the workspace, in uploads of 1,000.") var frames = 100_000

    @Option(help: "Rounds; the median counts.") var rounds = 5

    func run() throws {
        let workspace = "\(options.directory)/idle-workspace-\(frames)"
        if !DirectoryListing.exists(workspace) {
            _ = try Cost.of(program: options.program, ["init", "--workspace", workspace])
        }
        let maker = RoadFrames(width: 320, height: 160, quality: 30)
        try DurableWrite.directory("\(workspace)/inbox/bench")
        for first in stride(from: 0, to: frames, by: 1000) {
            try maker.make("\(workspace)/inbox/bench/\(first)", numbers: first..<min(first + 1000, frames))
        }
        let arguments = ["run", "--quiet", "--workspace", workspace, "--as-of", "2026-06-01T00:00:00Z"]
        let first = try Cost.of(program: options.program, arguments)
        print("first run: \(first.cpu) s of CPU, \(first.peakKiB / 1024) MiB")
        let idle = try (0..<rounds).map { _ in try Cost.of(program: options.program, arguments) }
        print("run with nothing to do, s of CPU (limit 1): \(idle.map(\.cpu).summary)")
        print("peak resident memory, MiB (limit 200):      \((idle.map(\.peakKiB).max() ?? 0) / 1024)")
    }
}
