import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

/// The laws of rewards, each on ten thousand made cases. The seed of a case that fails is in the message.
@Suite("Laws of rewards")
struct EpochLawTests {
    private static let key = SigningKey()

    @Test(
        "what is published adds up, in every pool, account and line; nothing is paid without work; order changes no byte",
        arguments: 0..<8 as Range<UInt64>)
    func conservation(part: UInt64) throws {
        for seed in part * 1250..<(part + 1) * 1250 {
            var numbers = SeededNumbers(seed: seed)
            var made = try MadeEpochs(&numbers)
            let corrections = try made.signed(with: Self.key)
            let chain = try made.chain(corrections)
            for week in made.weeks.indices { made.weeks[week].shuffle(using: &numbers) }
            let again = try made.chain(corrections.shuffled(using: &numbers))
            try #require(chain.published == again.published, "seed \(seed)")
            if seed % 10 == 0 {
                let report = try ManifestVerifier.verify(chain.published, chain.rulesets)
                try #require(report.findings == [], "seed \(seed)")
            }
            var cumulative: [String: UInt64] = [:]
            for (week, files) in chain.published.enumerated() {
                let manifest = chain.manifests[week]
                let awards = try files.awards()
                try #require(
                    Self.addsUp(manifest, awards, chain.schedule.ruleset(in: manifest.epoch)), "seed \(seed)")
                try #require(try Self.explains(files, awards), "seed \(seed)")
                for award in awards {
                    let total = Self.key(award.contributor)
                    try #require(
                        award.cumulative == cumulative[total, default: 0] + award.paid, "seed \(seed)")
                    cumulative[total] = award.cumulative
                    let earned = award.coverage + award.bounties.reduce(0) { $0 + $1.amount }
                    try #require(earned == 0 || award.frames.accepted > 0, "seed \(seed)")
                    try #require((award.paid == 0) == (award.reason != nil), "seed \(seed)")
                }
                let totals = try files.lines(of: .cumulative).map { try CumulativeLine(line: $0) }
                let expected = cumulative.filter { $0.value > 0 }
                try #require(
                    Dictionary(uniqueKeysWithValues: totals.map { (Self.key($0.contributor), $0.total) })
                        == expected,
                    "seed \(seed)")
            }
        }
    }

    /// Texts are equal in Swift that differ in bytes; these are not.
    private static func key(_ id: String) -> String { Hexadecimal.text(Array(id.utf8)) }

    private static func addsUp(_ manifest: Manifest, _ awards: [Award], _ ruleset: Ruleset) -> Bool {
        let pools = manifest.pools
        let coverage = pools.filter { $0.name.hasPrefix("coverage") }.reduce(0) { $0 + $1.awarded }
        let bounties = pools.filter { $0.name.hasPrefix("bounty/") }
        return pools.reduce(0) { $0 + $1.amount } == manifest.budget
            && pools.filter { !$0.name.hasPrefix("bounty/") }.reduce(0) { $0 + $1.amount }
                == ruleset.reward.budget
            && pools.allSatisfy { ($0.unallocated == 0) == ($0.reason == nil) }
            && awards.reduce(0) { $0 + $1.coverage } == coverage
            && awards.reduce(0) { $0 + $1.correction } == pools[0].awarded
            && bounties.allSatisfy { pool in
                awards.flatMap(\.bounties).filter { "bounty/\($0.id)" == pool.name }.reduce(0) {
                    $0 + $1.amount
                }
                    == pool.awarded
            }
            && awards.reduce(0) { $0 + $1.paid } == manifest.paid
            && manifest.paid + manifest.recovered + manifest.unallocated == manifest.budget
    }

    /// Passes add up to devices, devices to awards; in every region more weight gets at least as much, and equal weight as much
    /// or one more.
    private static func explains(_ files: PublishedFiles, _ awards: [Award]) throws -> Bool {
        let devices = try files.lines(of: .explain).map { try DeviceLine(line: $0) }
        let passes = try files.scores()
        for award in awards {
            let own = devices.filter { key($0.contributor) == key(award.contributor) }
            let lines = passes.filter { key($0.contributor) == key(award.contributor) }
            guard own.reduce(0, { $0 + $1.weight }) == award.weight,
                own.reduce(0, { $0 + $1.points }) == award.points,
                lines.reduce(0, { $0 + $1.pass.points }) == award.points, Int64(lines.count) == award.passes,
                award.regions.map({ $0.reduce(0) { $0 + $1.amount } == award.coverage }) ?? true,
                award.regions.map({ $0.reduce(0) { $0 + $1.weight } == award.weight }) ?? true
            else { return false }
        }
        return true
    }

    @Test(
        "inside a pool more weight gets no less, equal weight as much or one more, and splitting an account gains a unit for each part"
    )
    func pools() throws {
        for seed in 0..<10_000 as Range<UInt64> {
            var numbers = SeededNumbers(seed: seed)
            let count = Int.random(in: 1...6, using: &numbers)
            let most: UInt64 = [1, 3, 1000, 1 << 40, 1 << 60].randomElement(using: &numbers) ?? 1
            let weights = (0..<count).map { ("a\($0)", UInt64.random(in: 0...most, using: &numbers)) }
            let pool: UInt64 = [0, 1, 5, 1000, 1_000_003, .max].randomElement(using: &numbers) ?? 0
            let seedBytes = ContentHash.of("seed \(seed)").bytes
            let before = Allocation(pool: pool, distinct: weights, seed: seedBytes)
            try #require(before.amounts.reduce(0, +) + before.unallocated == pool, "seed \(seed)")
            for (left, a) in zip(weights, before.amounts) {
                for (right, b) in zip(weights, before.amounts) {
                    if left.1 > right.1 { try #require(a >= b, "seed \(seed)") }
                    if left.1 == right.1 { try #require(max(a, b) - min(a, b) <= 1, "seed \(seed)") }
                }
            }
            let index = Int.random(in: 0..<count, using: &numbers)
            var more = weights
            more[index].1 += 1
            let after = Allocation(pool: pool, distinct: more, seed: seedBytes)
            try #require(after.amounts[index] >= before.amounts[index], "seed \(seed)")
            let part = UInt64.random(in: 0...weights[index].1, using: &numbers)
            var split = weights
            split[index].1 -= part
            split.append(("z", part))
            let parts = Allocation(pool: pool, distinct: split, seed: seedBytes)
            if weights.contains(where: { $0.1 > 0 }) {
                let sum = UInt128(parts.amounts[index]) + UInt128(parts.amounts[count])
                try #require(sum <= UInt128(before.amounts[index]) + 2, "seed \(seed)")
            }
        }
    }

    @Test(
        "splitting an account's drives over several accounts earns the same points, and a unit more for each part of a pool"
    )
    func split() throws {
        for seed in 0..<1000 as Range<UInt64> {
            var numbers = SeededNumbers(seed: seed)
            var made = try MadeEpochs(&numbers)
            // What is not neutral by intent: floors, ceilings, caps, and trust that a new account has and an old one lost.
            func neutral(_ ruleset: Ruleset) -> Ruleset {
                var ruleset = ruleset
                (ruleset.reward.deviceFloor, ruleset.reward.deviceCeiling) = (0, .max)
                ruleset.reward.accountCap = 1000
                ruleset.plausibility.teleportAction = 1
                return ruleset
            }
            (made.ruleset, made.later) = (neutral(made.ruleset), made.later.map(neutral))
            let account = MadeEpochs.contributors.randomElement(using: &numbers) ?? ""
            let part = (0..<5).map { _ in Int.random(in: 0..<3, using: &numbers) }
            func isOwn(_ contributor: String) -> Bool { Array(contributor.utf8) == Array(account.utf8) }
            let one = try made.chain([])
            made.weeks = made.weeks.map { records in
                records.map { record in
                    guard isOwn(record.contributor) else { return record }
                    let number = Int(String(record.drive.suffix(1))) ?? 0
                    return FrameRecord(
                        frame: record.frame, drive: record.drive, upload: record.upload,
                        contributor: "\(account)-\(part[number])", sha256: record.sha256,
                        receivedAt: record.receivedAt, capturedAt: record.capturedAt, verdict: record.verdict)
                }
            }
            let many = try made.chain([])
            for (week, (before, after)) in zip(one.published, many.published).enumerated() {
                let (whole, parts) = (try before.awards(), try after.awards())
                try #require(
                    whole.reduce(0) { $0 + $1.points } == parts.reduce(0) { $0 + $1.points }, "seed \(seed)")
                let others = Set(whole.filter { !isOwn($0.contributor) }.map { Array($0.contributor.utf8) })
                let split = parts.filter { !others.contains(Array($0.contributor.utf8)) }
                let own = whole.filter { isOwn($0.contributor) }
                try #require(
                    own.reduce(0) { $0 + $1.points } == split.reduce(0) { $0 + $1.points }, "seed \(seed)")
                let (earned, together) = (Self.earned(own), Self.earned(split))
                let units = UInt64(one.manifests[week].pools.count * max(1, split.count))
                try #require(
                    max(earned, together) - min(earned, together) <= units,
                    "seed \(seed): \(earned), \(together)")
            }
        }
    }

    private static func earned(_ awards: [Award]) -> UInt64 {
        awards.reduce(0) { $0 + $1.coverage + $1.bounties.reduce(0) { $0 + $1.amount } }
    }
}
