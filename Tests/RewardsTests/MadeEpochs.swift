import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

/// Two epochs of a few contributors, drawn by chance, with a ruleset in which everything bites.
struct MadeEpochs {
    /// Ids that differ in case, or in bytes alone.
    static let contributors = ["ada", "Ada", "\u{E9}", "e\u{301}"]
    static let cells = ["9q8yyk8y", "9q8yyk8z", "9q8yykb0", "u33db2m3"]

    var ruleset = Ruleset.standard
    /// What holds in the second week, where that is another one.
    var later: Ruleset?
    var weeks: [[FrameRecord]] = []
    var devices: [String: String] = [:]
    var flags: [String: [Rule]] = [:]
    var bounties: [[Bounty]] = [[], []]
    var corrections: [Correction.Statement] = []

    init(_ numbers: inout SeededNumbers) throws {
        func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &numbers) == 0 }
        let week: Int64 = 604_800
        ruleset.reward.budget = [0, 1, 7, 1000, 1_000_003, 1 << 62].randomElement(using: &numbers) ?? 0
        ruleset.reward.reserve = Int64.random(in: 0...1000, using: &numbers)
        ruleset.reward.debt = [0, 500, 1000].randomElement(using: &numbers) ?? 0
        if chance(3) { ruleset.reward.deviceFloor = 300_000 }
        if chance(3) { ruleset.reward.deviceCeiling = 900_000 }
        if chance(3) { ruleset.reward.accountCap = Int64.random(in: 1...1000, using: &numbers) }
        if chance(2) {
            ruleset.reward.regions = [
                RegionLevel(precision: 1, limit: Int64.random(in: 1...2_000_000, using: &numbers)),
                RegionLevel(precision: 7, limit: Int64.random(in: 1...1_000_000, using: &numbers)),
            ]
        }
        ruleset.score.redundancyTarget = Int64.random(in: 1...3, using: &numbers)
        ruleset.plausibility.teleportAction = Int64.random(in: 0...3, using: &numbers)
        var drives: [String: String] = [:]
        for number in 0..<5 {
            let drive = "d\(number)"
            drives[drive] = Self.contributors.randomElement(using: &numbers) ?? ""
            if chance(2) { devices[drive] = chance(2) ? "cam" : "Cam" }
            if chance(3) { flags[drive] = [.traceTeleport] }
        }
        for epoch in 0..<2 as Range<Int64> {
            var records: [FrameRecord] = []
            for number in 0..<Int.random(in: 0...6, using: &numbers) {
                let drive = "d\(epoch)\(Int.random(in: 0..<5, using: &numbers))"
                let contributor = drives["d" + drive.suffix(1)] ?? ""
                // All frames of a drive arrive together: within one minute, late or not.
                let start = epoch * week + (drive.hasSuffix("4") ? -week / 3 * epoch : 0)
                let verdict: FrameRecord.Verdict? =
                    chance(5)
                    ? .duplicate(Finding(.duplicateNear), of: "x")
                    : chance(6) ? .rejected(Finding(.qualityDark)) : nil
                records.append(
                    try SampleChain.frame(
                        "f\(epoch)\(number)", by: contributor, drive: drive,
                        at: start + Int64(number), cell: Self.cells.randomElement(using: &numbers) ?? "",
                        octant: chance(8) ? nil : Int64.random(in: 0...1, using: &numbers),
                        quality: Int64.random(in: 0...4, using: &numbers) * 250, verdict: verdict))
                if devices["d" + drive.suffix(1)] != nil { devices[drive] = devices["d" + drive.suffix(1)] }
                if flags["d" + drive.suffix(1)] != nil { flags[drive] = [.traceTeleport] }
            }
            weeks.append(records)
        }
        let first = try #require(Epoch(id: "2025-W51"))
        if chance(2) {
            var other = ruleset
            other.score.redundancyTarget = ruleset.score.redundancyTarget % 3 + 1
            other.score.freshness = Curve(from: 500, to: 1000, over: 1_000_000)
            other.score.late = Curve(from: Int64.random(in: 0...999, using: &numbers), to: 0, over: 1 << 30)
            other.reward.budget = [0, 1000, 5_000_003].randomElement(using: &numbers) ?? 0
            other.trust.step = Int64.random(in: 0...500, using: &numbers)
            later = other
        }
        if chance(2) {
            bounties[0] = [
                try Bounty(
                    cell: try #require(
                        Geohash(["9", "9q8yyk8", "u33db2m3", "zzzz"].randomElement(using: &numbers) ?? "9")),
                    amount: UInt64.random(in: 1...1000, using: &numbers), epochs: first...first.next,
                    by: "city",
                    at: first.start)
            ]
        }
        for contributor in Set(weeks[0].map(\.contributor)).sorted() where chance(3) {
            let delta = Int64.random(in: 1...2000, using: &numbers)
            corrections.append(
                try Correction.Statement(
                    contributor: contributor, epoch: first, delta: chance(2) ? delta : -delta,
                    reason: .appeal,
                    evidence: .of("e"), by: "ops", at: first.end))
        }
    }

    /// The corrections. A signature is made by chance: who compares bytes signs once.
    func signed(with key: SigningKey) throws -> [Correction] {
        try corrections.map { try Correction($0, signedWith: key) }
    }

    /// Settles them, one after the other, as a chain.
    func chain(_ corrections: [Correction]) throws -> SampleChain {
        try SampleChain(
            weeks, bounties: bounties,
            corrections: [[], corrections], devices: devices,
            flags: flags, schedule: schedule())
    }

    private func schedule() throws -> RulesetSchedule {
        var schedule = RulesetSchedule(ruleset)
        let first = try #require(Epoch(id: "2025-W51"))
        if let later { try schedule.adopt(later, from: first.next, at: first.start) }
        return schedule
    }
}
