import ArgumentParser
import Canonical
import Geo
import Rewards
import SeededNumbers
import Stages
import Store

/// `bench rewards`: what closing and verifying a large epoch costs.
struct RewardsBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rewards",
        abstract: "CPU and memory of closing an epoch of many passes, and of verifying it from its files.")

    @Option(help: "Passes; 1000000 have limits.") var passes = 1_000_000
    @Option(help: "Accounts, each with one drive.") var accounts = 200_000
    @Option(help: "Rounds; the median counts.") var rounds = 3
    @Option(help: "What decides cells, times and qualities.") var seed: UInt64 = 1
    @OptionGroup var options: BenchmarkOptions

    /// Seconds of CPU for closing, and for verifying; millions of bytes.
    private static let limits = (close: 10.0, verify: 10.0, memory: 500.0)

    func run() throws {
        guard let epoch = Epoch(id: "2026-W10") else { throw BenchmarkError("no epoch") }
        let published = "\(options.directory)/rewards/published"
        try? DirectoryListing.removeTree(published)
        let ruleset = Ruleset.standard
        try DurableWrite.directory("\(published)/rulesets")
        try DurableWrite.directory("\(published)/epochs")
        try DurableWrite.file(
            ruleset.canonicalJSON.bytes, at: "\(published)/rulesets/\(ruleset.contentHash.hex).json")
        var (closing, making, verifying, floor, memory) = (
            [Double](), [Double](), [Double](), [Double](), 0.0
        )
        for _ in 0..<rounds {
            let path = "\(published)/epochs/\(epoch.id)"
            try? DirectoryListing.removeTree(path)
            closing.append(try Cost.of { try close(epoch, ruleset, path) }.cpu)
            // What the made frames themselves cost, which a catalog would be read for instead.
            making.append(Cost.of { forEachRecord(epoch) { _ in } }.cpu)
            let verification = try Cost.of(
                program: options.program, ["rewards", "verify", "--quiet", "--published", published])
            verifying.append(verification.cpu)
            memory = max(memory, verification.peakMB)
            floor.append(try Cost.of(program: "/usr/bin/sha256sum", try files(path)).cpu)
        }
        var table = LimitTable()
        let isLimited = passes == 1_000_000 && accounts == 200_000
        let closed = zip(closing, making).map { $0 - $1 }
        table.add(
            "closing \(passes) passes of \(accounts) accounts, s of CPU", closed,
            limit: isLimited ? Self.limits.close : nil)
        table.add("the same over sha256sum of its files", zip(closed, floor).map { $0 / $1 })
        table.add(
            "verifying it, s of CPU", verifying, limit: isLimited ? Self.limits.verify : nil)
        table.add("the same over sha256sum of its files", zip(verifying, floor).map { $0 / $1 })
        table.add("sha256sum of its files, s of CPU", floor)
        table.add(
            "peak memory of closing, MB", [Cost.ownPeakMB], limit: isLimited ? Self.limits.memory : nil,
            decimals: 0)
        table.add("peak memory of verifying, MB", [memory], decimals: 0)
        print(table.text)
        if !table.isKept { throw ExitCode.failure }
    }

    private func files(_ path: String) throws -> [String] {
        try DirectoryListing.names(in: path).map { "\(path)/\($0)" }
    }

    /// Closes `epoch` as the program does, but for the catalog: frames come as they are made.
    private func close(_ epoch: Epoch, _ ruleset: Ruleset, _ path: String) throws {
        let header = EpochHeader(
            epoch: epoch,
            sealedAsOf: UTCTime(
                milliseconds: epoch.end.milliseconds + ruleset.reward.graceMilliseconds))
        try DurableWrite.directory(at: path) { output in
            var files: [FileOutput] = []
            for file in EpochFile.allCases { files.append(try output.file(file.name)) }
            var waiting = Array(repeating: [UInt8](), count: files.count)
            func write(_ file: EpochFile, _ line: [UInt8]) throws {
                waiting[file.rawValue] += line
                waiting[file.rawValue].append(0x0A)
                guard waiting[file.rawValue].count > 1 << 20 else { return }
                try files[file.rawValue].append(waiting[file.rawValue])
                waiting[file.rawValue].removeAll(keepingCapacity: true)
            }
            var ledger = try EpochLedger(
                header, rulesets: RulesetSchedule(ruleset), drives: (0..<accounts).map { drive($0, epoch) },
                takedowns: .none)
            var failure: (any Error)?
            forEachRecord(epoch) { record in
                let line = record.line
                if let problem = ledger.add(record, line: line).first { failure = failure ?? problem }
                do { try write(.verdicts, line) } catch { failure = failure ?? error }
            }
            if let failure { throw failure }
            let settlement = try ledger.settle(ChainState(), bounties: [], corrections: [], write: write)
            if let problem = settlement.problems.first { throw problem }
            for (file, rest) in zip(files, waiting) { try file.append(rest) }
            try output.write(settlement.manifest.json, to: "manifest.json")
        }
    }

    private func drive(_ number: Int, _ epoch: Epoch) -> DriveInput {
        DriveInput(
            drive: "\(Hexadecimal.text(UInt64(number)))-0", upload: Hexadecimal.text(UInt64(number)),
            contributor: "contributor-\(number)", device: nil, receivedAt: epoch.end, flags: [])
    }

    /// The frames, by their ids: as many in each drive, each in a cell of its own, on the streets of a city that others drive too.
    private func forEachRecord(_ epoch: Epoch, _ body: (FrameRecord) -> Void) {
        var numbers = SplitMix64(seed: seed)
        let perDrive = max(1, passes / max(1, accounts))
        for number in 0..<accounts {
            let input = drive(number, epoch)
            let start = epoch.start.milliseconds + Int64.random(in: 0..<500_000_000, using: &numbers)
            for frame in 0..<perDrive {
                // 2^21 cells in a row of the curve: 9q8 and its neighbours.
                let bits = 0x4_D000_0000 + UInt64.random(in: 0..<(1 << 21), using: &numbers)
                guard let cell = Geohash(bits: bits, precision: 8) else { continue }
                let quality = Int64.random(in: 300...900, using: &numbers)
                body(
                    FrameRecord(
                        frame: "\(input.drive)-0000\(frame)", drive: input.drive, upload: input.upload,
                        contributor: input.contributor,
                        sha256: ContentHash(bigEndianWords: (0..<4).map { _ in numbers.next() }),
                        receivedAt: input.receivedAt,
                        capturedAt: UTCTime(milliseconds: start + Int64(frame) * 1000),
                        verdict: .accepted(
                            .init(
                                cell: cell,
                                octant: HeadingOctant(number: Int64.random(in: 0..<8, using: &numbers)),
                                quality: quality,
                                factors: [
                                    "accuracy": 1000, "contrast": 1000, "exposure": 1000, "focus": 1000,
                                    "obstruction": 1000, "resolution": 1000, "sharpness": quality,
                                ]))))
            }
        }
    }
}
