import ArgumentParser

/// `bench tiles`: what building the map costs, in full and in part.
struct TilesBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles",
        abstract: "CPU and memory of builds of the map: all of it, what an upload changed, nothing.",
        discussion: """
            Makes catalogs of drives about a made city from a seed, and builds their maps with the real program. The \
            limits on full builds are those of a million frames and grow with larger maps. Catalogs take about half a \
            kilobyte a frame on disk, copied while they are measured, and are kept for the next time.

            EXAMPLES:
              tools/bench tiles
              tools/bench tiles --frames 100000 --big 0 --wide 0 --rounds 3
              tools/bench tiles --profile
            """)

    @OptionGroup var options: BenchmarkOptions

    @Option(help: "Frames of the map.") var frames = 1_000_000
    @Option(help: "Frames of a large map, in one city; 0 for none.") var big = 5_000_000
    @Option(help: "Cities of a wide map, each as large as the first map; 0 for none.") var wide = 10
    @Option(help: "What decides streets and drives.") var seed: UInt64 = 42
    @Option(help: "Rounds; the median counts.") var rounds = 5
    @Flag(help: "End with status 1 where a limit is not kept.") var check = false
    @Flag(help: "Remove the catalogs of the large and the wide map afterwards.") var dropCatalogs = false
    @Flag(help: "Print how to profile a build, and end.") var profile = false

    func validate() throws {
        guard frames >= 10_000, big == 0 || big >= 10_000, (0...10).contains(wide), rounds > 0 else {
            throw ValidationError("maps have 10,000 frames and more, a wide one at most 10 cities")
        }
    }

    func run() throws {
        if profile { return print(profiling) }
        var table = LimitTable()
        let increments = try measureSmall(&table)
        if big > 0 { try measureBig(&table) }
        if wide > 0 { try measureWide(&table, small: increments) }
        print(table.text)
        if check, !table.isKept { throw ExitCode.failure }
    }

    /// Everything about the map of one city. Returns the CPU of builds after uploads, in seconds.
    private func measureSmall(_ table: inout LimitTable) throws -> [Double] {
        let workspace = try open(metros: 1, frames)
        defer { try? workspace.remove() }
        addBuilds(
            &table, "first build of \(frames) frames", [try workspace.build()], frames: frames, memory: 300)
        var (scans, full) = ([Double](), [Cost]())
        for _ in 0..<rounds {
            scans.append(try workspace.scan().cpu)
            full.append(try workspace.build("--full"))
        }
        addBuilds(&table, "full build of \(frames) frames", full, frames: frames, memory: 300)
        table.add("the same over bare reading of the frames", zip(full, scans).map { $0.cpu / $1 })
        for archive in try PublishedArchive.all(in: workspace.path, program: options.program) {
            table.add("\(archive.name), MB", [Double(archive.bytes) / 1e6])
            table.add("largest tile in it, KB", [Double(archive.largest) / 1000], limit: 64)
        }
        let idle = try (0..<rounds).map { _ in try workspace.build() }
        table.add("build with nothing new, s of CPU", idle.map(\.cpu), limit: 0.3)
        table.add("the same, s of wall time", idle.map(\.wall))
        let increments = try buildUploads(workspace)
        table.add("build after an upload of 1 %, s of CPU", increments.map(\.cpu))
        table.add(
            "the same over a full build", zip(increments, full).map { $0.cpu / $1.cpu }, limit: 0.1,
            decimals: 3)
        table.add("the same, peak memory, MB", increments.map(\.peakMB), decimals: 0)
        let generation = try PublishedArchive.generation(in: workspace.path)
        _ = try workspace.build("--full")
        table.add(
            "these builds give what a full build gives",
            holds: try generation == PublishedArchive.generation(in: workspace.path))
        return increments.map(\.cpu)
    }

    private func measureBig(_ table: inout LimitTable) throws {
        let workspace = try open(metros: 1, big)
        defer { remove(workspace) }
        addBuilds(&table, "first build of \(big) frames", [try workspace.build()], frames: big, memory: 400)
        let full = try (0..<rounds).map { _ in try workspace.build("--full") }
        addBuilds(&table, "full build of \(big) frames", full, frames: big, memory: 400)
        for archive in try PublishedArchive.all(in: workspace.path, program: options.program) {
            table.add("largest tile in \(archive.name), KB", [Double(archive.largest) / 1000], limit: 64)
        }
    }

    private func measureWide(_ table: inout LimitTable, small: [Double]) throws {
        let workspace = try open(metros: wide, frames)
        defer { remove(workspace) }
        addBuilds(
            &table, "first build of \(wide) x \(frames) frames", [try workspace.build()], frames: nil,
            memory: nil)
        let increments = try buildUploads(workspace)
        table.add("build after the same uploads, s of CPU", increments.map(\.cpu))
        // No more, but for what measuring itself is wrong by.
        table.add(
            "the same over that of the small map", zip(increments, small).map { $0.cpu / $1 }, limit: 1.1)
        table.add("the same, peak memory, MB", increments.map(\.peakMB), decimals: 0)
    }

    private func open(metros: Int, _ frames: Int) throws -> MapWorkspace {
        try MapWorkspace(
            copyOf: MadeMap(seed: seed, metros: metros, frames: frames), in: options.directory,
            program: options.program)
    }

    private func remove(_ workspace: MapWorkspace) {
        try? workspace.remove()
        if dropCatalogs { try? workspace.removeSource() }
    }

    /// A build after each of some uploads of a hundredth of the first map.
    private func buildUploads(_ workspace: MapWorkspace) throws -> [Cost] {
        try (0..<rounds).map { round in
            try workspace.addUpload(number: round, frames: frames / 100)
            return try workspace.build()
        }
    }

    private func addBuilds(
        _ table: inout LimitTable, _ what: String, _ costs: [Cost], frames: Int?, memory: Double?
    ) {
        let limit = frames.map { 5 * max(1, Double($0) / 1e6) }
        table.add("\(what), s of CPU", costs.map(\.cpu), limit: limit)
        table.add("the same, s of wall time", costs.map(\.wall))
        table.add("the same, peak memory, MB", costs.map(\.peakMB), limit: memory, decimals: 0)
    }

    private var profiling: String {
        let workspace = "\(options.directory)/profiled"
        return """
            cp -r \(options.directory)/tiles-1x\(frames)-\(seed)-* \(workspace)
            perf record -g --call-graph fp -e cpu-clock -o \(workspace)/perf.data \\
                \(options.program) build --full --workspace \(workspace)
            perf report -i \(workspace)/perf.data --no-children --percent-limit 1 --stdio | swift demangle --simplified
            valgrind --tool=callgrind \(options.program) build --full --workspace \(workspace)
            """
    }
}
