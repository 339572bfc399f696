import ArgumentParser

/// Benchmarks of Waggle. Every figure is a ratio against a floor measured in the same run: absolute times say more
/// about the machine than about the program.
@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure Waggle against floors in the same run.",
        subcommands: [
            IngestBenchmark.self, IdleBenchmark.self, TilesBenchmark.self, DedupeBenchmark.self,
            ReadBenchmark.self, HostileBenchmark.self, ClaimsBenchmark.self, RewardsBenchmark.self,
            FillMap.self,
            ScanFrames.self,
        ])
}

/// Where a benchmark finds the program and puts its data.
struct BenchmarkOptions: ParsableArguments {
    @Option(help: "The waggle program to measure, a release build.")
    var program = ".build/release/waggle"

    @Option(help: "A directory for data and workspaces; what is there is used again.")
    var directory = ".build/bench"
}
