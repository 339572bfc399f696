import ArgumentParser
import Glibc
import HostileInputs

/// `bench hostile`: what it costs to refuse a hostile input, or to read it right.
struct HostileBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hostile",
        abstract: "Time and memory of every hostile input, each read in this process by the real readers.")

    @Option(help: "Rounds; of each input the fastest counts, as a loaded machine only adds.") var rounds = 5

    /// A refusal takes at most this long, milliseconds of CPU.
    private static let longestRefusal = 10.0
    /// And at most this much memory over what the process had, millions of bytes.
    private static let mostMemory = 64.0

    /// What one input cost.
    private struct Figure {
        var name: String
        var isRefused: Bool
        var milliseconds, megabytes: Double
    }

    func run() throws {
        var table = LimitTable()
        var all: [Figure] = []
        for family in HostileInputs.families {
            let figures = family.make().map(measure)
            all += figures
            let refused = figures.filter(\.isRefused)
            table.add(
                "\(family.name): \(refused.count) refused, slowest, ms",
                [refused.map(\.milliseconds).max() ?? 0],
                limit: Self.longestRefusal)
            table.add(
                "\(family.name): \(figures.count) inputs, most memory, MB",
                [figures.map(\.megabytes).max() ?? 0],
                limit: Self.mostMemory)
            let read = figures.filter { !$0.isRefused }
            table.add(
                "\(family.name): \(read.count) read, slowest, ms", [read.map(\.milliseconds).max() ?? 0])
        }
        for input in LargeInputs.all {
            let figure = measure(input)
            if let fault = input.expected.fault(Reading.of(input)) {
                throw BenchmarkError("\(input.name): \(fault)")
            }
            let size = input.files.reduce(0) { $0 + $1.bytes.count }
            table.add("\(input.name), \(size / 1000) kB, ms", [figure.milliseconds])
            table.add("the same, MB", [figure.megabytes], limit: Self.mostMemory)
        }
        print(table.text)
        for figure in all.sorted(by: { $0.milliseconds > $1.milliseconds }).prefix(12) { tell(figure) }
        for figure in all.sorted(by: { $0.megabytes > $1.megabytes }).prefix(6) { tell(figure) }
        if !table.isKept { throw ExitCode.failure }
    }

    private func tell(_ figure: Figure) {
        let milliseconds = Int((figure.milliseconds * 100).rounded())
        print(
            "\(figure.name): \(figure.isRefused ? "refused" : "read"), \(Double(milliseconds) / 100) ms, "
                + "\(Int(figure.megabytes.rounded())) MB")
    }

    private func measure(_ input: HostileCase) -> Figure {
        var figure = Figure(name: input.name, isRefused: false, milliseconds: .infinity, megabytes: 0)
        for round in 0..<max(1, rounds) {
            if round == 0 { ResidentMemory.forgetPeak() }
            let before = ResidentMemory.now
            var reading = Reading.image(0, 0)
            let cost = Cost.of { reading = Reading.of(input) }
            if round == 0 { figure.megabytes = max(0, ResidentMemory.peak - before) }
            if case .refused = reading { figure.isRefused = true }
            figure.milliseconds = min(figure.milliseconds, cost.cpu * 1000)
        }
        return figure
    }
}

/// malloc(3)'s `malloc_trim`, which Swift's Glibc module does not show.
@_silgen_name("malloc_trim") private func trim(_ pad: Int) -> Int32

/// Resident memory of this process, millions of bytes (proc(5), `/proc/pid/status` and `/proc/pid/clear_refs`).
enum ResidentMemory {
    static var now: Double { line("VmRSS:") }
    /// The most since ``forgetPeak()``.
    static var peak: Double { line("VmHWM:") }

    /// Gives back what is free, and makes what is left the most there was.
    static func forgetPeak() {
        _ = trim(0)
        let descriptor = open("/proc/self/clear_refs", O_WRONLY)
        guard descriptor >= 0 else { return }
        _ = write(descriptor, "5", 1)
        close(descriptor)
    }

    private static func line(_ name: String) -> Double {
        let descriptor = open("/proc/self/status", O_RDONLY)
        guard descriptor >= 0 else { return 0 }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = read(descriptor, &bytes, bytes.count)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
        let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first ?? ""
        return (Double(kibibytes) ?? 0) * 1024 / 1e6
    }
}
