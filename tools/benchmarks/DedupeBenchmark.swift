import ArgumentParser

/// `bench dedupe`: what comparing new frames with all stored ones costs.
struct DedupeBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dedupe", abstract: "CPU and memory of comparing new frames with stored ones.")

    @OptionGroup var options: BenchmarkOptions

    @Option(help: "Stored frames; 1000000 have limits.")
    var stored: [Int] = [100_000, 1_000_000]
    @Option(help: "New frames.") var new = 10_000
    @Option(help: "Rounds; the median counts.") var rounds = 3
    @Option(help: "What decides streets, drives and hashes.") var seed: UInt64 = 1

    func run() throws {
        var table = LimitTable()
        for count in stored {
            let map = MadeMap(seed: seed, metros: 1, frames: count)
            var (all, nothing, memory) = ([Double](), [Double](), [Double]())
            for round in 0..<rounds {
                let workspace = try MapWorkspace(
                    copyOf: map, in: options.directory, program: options.program)
                try workspace.addUpload(number: round, frames: new, isCompared: false)
                let cost = try workspace.compare()
                all.append(cost.cpu)
                memory.append(cost.peakMB)
                nothing.append(try workspace.compare().cpu)
                try workspace.remove()
            }
            let isLimited = count == 1_000_000 && new == 10_000
            let name = "\(new) new frames against \(count) stored"
            table.add("\(name), s of CPU", all, limit: isLimited ? 3 : nil)
            table.add(
                "the same, ms of CPU for a new frame", all.map { $0 * 1000 / Double(max(1, new)) },
                decimals: 3)
            table.add("the same, peak memory, MB", memory, limit: isLimited ? 300 : nil, decimals: 0)
            table.add("with nothing new, s of CPU", nothing)
        }
        print(table.text)
        if !table.isKept { throw ExitCode.failure }
    }
}
