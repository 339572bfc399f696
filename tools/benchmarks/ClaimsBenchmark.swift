import ArgumentParser
import Canonical
import Rewards
import SeededNumbers

/// `bench claims`: what the trees, proofs and files of many accounts cost.
struct ClaimsBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claims",
        abstract: "CPU of claim trees with all proofs and files, against the bare hashes.")

    @Option(help: "Accounts; 200000 have limits.") var accounts = 200_000
    @Option(help: "Rounds; the median counts.") var rounds = 5
    @Option(help: "What decides addresses and amounts.") var seed: UInt64 = 1

    /// The most CPU a tree of 200,000 accounts may take, with proofs and file, s.
    private static let limit = 2.0

    func run() throws {
        var table = LimitTable()
        for scheme in ClaimSchemes.all {
            let credits = try made(scheme)
            let options = try ClaimOptions(
                decimals: 9,
                rewardToken: scheme.name == "morpho" ? "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB" : nil)
            var (all, tree, dump, floor, bytes) = ([Double](), [Double](), [Double](), [Double](), 0)
            for _ in 0..<rounds {
                var made: ClaimSet?
                let building = try Cost.of {
                    made = try ClaimSet(
                        epoch: "2026-03-02", credits: credits, unbound: [], scheme: scheme, options: options)
                }
                guard let set = made else { throw BenchmarkError("no claims") }
                bytes = 0
                let writing = Cost.of { ClaimFile.write(set) { bytes += $0.count } }
                let dumping = Cost.of { _ = StandardDump.write(set) { _ in } }
                floor.append(bareHashes(set).cpu)
                tree.append(building.cpu)
                dump.append(dumping.cpu)
                all.append(building.cpu + writing.cpu + dumping.cpu)
            }
            let isLimited = accounts == 200_000
            table.add(
                "\(scheme.name), \(accounts) accounts: tree, proofs and files, s of CPU", all,
                limit: isLimited ? Self.limit : nil)
            table.add("the same over its bare hashes", zip(all, floor).map { $0 / $1 })
            table.add("its tree alone, s of CPU", tree)
            table.add("its dump alone, s of CPU", dump)
            table.add("its bare hashes, s of CPU", floor, decimals: 3)
            table.add("its file, MB", [Double(bytes) / 1e6], decimals: 0)
        }
        table.add("peak resident memory, MB", [Cost.ownPeakMB], decimals: 0)
        print(table.text)
        if !table.isKept { throw ExitCode.failure }
    }

    /// Accounts with chance amounts and addresses.
    private func made(_ scheme: any ClaimScheme.Type) throws -> [PayoutCredit] {
        var numbers = SplitMix64(seed: seed)
        let count = scheme == JitoScheme.self || scheme == SaberScheme.self ? 32 : 20
        return try (0..<accounts).map { index in
            let address = try scheme.address(
                of: (0..<count).map { _ in UInt8.random(in: 0...255, using: &numbers) })
            return PayoutCredit(
                account: "contributor-\(index)", address: address,
                points: UInt64.random(in: 1...1_000_000_000, using: &numbers))
        }
    }

    /// The hashes a tree cannot do without: one leaf for each claim, and one node for all but one of them.
    private func bareHashes(_ set: ClaimSet) -> Cost {
        Cost.of {
            var last: ClaimHash?
            for (index, claim) in set.claims.enumerated() {
                let leaf = set.scheme.leaf(of: claim, at: index)
                last = last.map { set.scheme.node($0, leaf) } ?? leaf
            }
            withExtendedLifetime(last) {}
        }
    }
}
