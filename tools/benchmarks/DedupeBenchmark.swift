import ArgumentParser
import Store

/// `bench dedupe`: what comparing new frames with all stored ones costs.
struct DedupeBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dedupe", abstract: "CPU and memory of comparing new frames with stored ones.")

    @OptionGroup var options: BenchmarkOptions

    @Option(help: "Stored frames; 1000000 have limits.")
    var stored: [Int] = [100_000, 1_000_000]
    @Flag(help: "10,000,000 stored frames, too: 20 GB for some minutes.") var huge = false
    @Option(help: "New frames.") var new = 10_000
    @Option(
        help:
            "Uploads compared one after the other; the mean counts. After 16 of 10,000 frames the least files are merged."
    )
    var rounds = 16
    @Option(help: "What decides streets, drives and hashes.") var seed: UInt64 = 1

    /// Frames of a small upload.
    private static let few = 100

    func run() throws {
        var table = LimitTable()
        for count in stored + (huge ? [10_000_000] : []) {
            let workspace = try MapWorkspace(
                copyOf: MadeMap(seed: seed, metros: 1, frames: count), in: options.directory,
                program: options.program)
            try measure(workspace, stored: count, in: &table)
            try workspace.remove()
        }
        print(table.text)
        if !table.isKept { throw ExitCode.failure }
    }

    private func measure(_ workspace: MapWorkspace, stored count: Int, in table: inout LimitTable) throws {
        // A made map has been compared by nobody, so that the first comparison indexes all of it.
        try workspace.addUpload(number: 0, frames: 1, isCompared: false)
        let building = try workspace.compare()
        let size = try workspace.pictureBytes()
        var (all, memory) = ([Double](), [Double]())
        for round in 0..<max(1, rounds) {
            try workspace.addUpload(number: 1 + round, frames: new, isCompared: false)
            let cost = try workspace.compare()
            all.append(cost.cpu)
            memory.append(cost.peakMB)
        }
        let nothing = try workspace.compare().cpu
        try workspace.addUpload(number: 1 + all.count, frames: Self.few, isCompared: false)
        let small = try workspace.compare().cpu
        let isLimited = count == 1_000_000 && new == 10_000
        let name = "\(new) new frames against \(count) stored"
        let mean = all.reduce(0, +) / Double(all.count)
        table.add("\(name), mean s of CPU with keeping the index", [mean], limit: isLimited ? 3 : nil)
        table.add("the same, upload by upload", all)
        table.add(
            "the same, mean ms of CPU for a new frame", [mean * 1000 / Double(max(1, new))], decimals: 3)
        table.add("the same, peak memory, MB", memory, limit: isLimited ? 300 : nil, decimals: 0)
        table.add("\(Self.few) new frames, s of CPU", [small])
        table.add("with nothing new, s of CPU", [nothing])
        table.add("indexing what is stored, s of CPU", [building.cpu])
        table.add("the same, peak memory, MB", [building.peakMB], decimals: 0)
        table.add("bytes of the index for a stored frame", [Double(size) / Double(count)], decimals: 0)
    }
}
