import Canonical
import Geo
import Stages

extension Manifest {
    /// The manifest of `epoch`: a pure function of its arguments.
    ///
    /// - Parameters:
    ///   - epoch: The week to seal; later than that of the previous manifest.
    ///   - sealedAsOf: The cutoff, at least the epoch's end and the ruleset's grace.
    ///   - ruleset: What decides.
    ///   - previous: The SHA-256 of the manifest before; nil for the first.
    ///   - verdicts: Every frame that was received by the cutoff, belongs to no later epoch, and is in no
    ///     earlier manifest.
    ///   - history: What the passes of all earlier manifests covered, see ``addCoverage(to:)``.
    ///   - takedowns: What it publishes of takedowns, and what earlier manifests published.
    /// - Throws: The first ``ManifestError`` there is.
    public static func build(
        epoch: Epoch, sealedAsOf: UTCTime, ruleset: Ruleset, previous: ContentHash?, verdicts: VerdictFile,
        history: [Coverage: [UTCTime]], takedowns: EpochTakedowns
    ) throws(ManifestError) -> Manifest {
        if let problem = problems(epoch, sealedAsOf, ruleset, verdicts, takedowns).first { throw problem }
        return Manifest(
            epoch: epoch, sealedAsOf: sealedAsOf, ruleset: ruleset, previous: previous, verdicts: verdicts,
            history: history, takedowns: takedowns)
    }

    /// Everything that keeps these verdicts from being sealed as `epoch`.
    static func problems(
        _ epoch: Epoch, _ sealedAsOf: UTCTime, _ ruleset: Ruleset, _ verdicts: VerdictFile,
        _ takedowns: EpochTakedowns
    ) -> [ManifestError] {
        var problems: [ManifestError] = []
        let (earliest, overflow) = epoch.end.milliseconds.addingReportingOverflow(
            ruleset.reward.graceMilliseconds)
        if overflow || sealedAsOf.milliseconds < earliest {
            problems.append(.sealedTooEarly(UTCTime(milliseconds: overflow ? .max : earliest)))
        }
        for record in verdicts.records {
            if !record.belongs(to: epoch, sealedAsOf: sealedAsOf) {
                problems.append(.frameOutsideEpoch(record.frame))
            }
            guard case .accepted(let acceptance) = record.verdict else { continue }
            if record.capturedAt == nil { problems.append(.frameWithoutTime(record.frame)) }
            if Int64(acceptance.cell.precision) != ruleset.score.cellPrecision {
                problems.append(.wrongPrecision(record.frame))
            }
        }
        return problems + takedowns.problems(sealedAsOf: sealedAsOf, verdicts.records)
    }

    /// The manifest of `epoch`, whether or not there are ``problems(_:_:_:_:_:)``.
    init(
        epoch: Epoch, sealedAsOf: UTCTime, ruleset: Ruleset, previous: ContentHash?, verdicts: VerdictFile,
        history: [Coverage: [UTCTime]], takedowns: EpochTakedowns
    ) {
        self.epoch = epoch
        self.sealedAsOf = sealedAsOf
        self.ruleset = ruleset.contentHash
        self.previous = previous
        inputCount = UInt64(verdicts.records.count)
        inputRoot = verdicts.root
        seed = Self.seed(
            previous: previous, genesis: ruleset.reward.genesis, epoch: epoch, sealedAsOf: sealedAsOf,
            inputRoot: verdicts.root)

        var tally = Tally()
        for record in verdicts.records { tally.count(record) }
        let passes = Score.passes(
            of: verdicts.records.compactMap(\.credited), history: history, rules: ruleset.score)
        for pass in passes { tally.add(pass) }
        let accounts = tally.accounts.sorted { $0.contributor.precedes($1.contributor) }

        budget = ruleset.reward.budget
        let budget = budget
        let allocation = Allocation(
            pool: budget, distinct: accounts.map { ($0.contributor, $0.points) }, seed: seed.bytes)
        awards = zip(accounts, allocation.amounts).map { account, amount in
            account.award(amount, budget: budget)
        }
        unallocated = allocation.unallocated
        unallocatedReason = allocation.reason
        awarded = budget - allocation.unallocated
        // A pass has at most 10^6 micro-points: 2^64 of them are out of reach.
        pointsTotal = accounts.reduce(0) { $0 + $1.points }
        self.verdicts = tally.verdicts
        reasons = tally.reasons
        self.takedowns = takedowns.published(with: verdicts.records)
    }
}

/// Counts frames and passes by contributor, in one run over each.
private struct Tally {
    struct Account {
        let contributor: String
        var frames = VerdictCounts()
        var points: UInt64 = 0
        var lines: [Pass] = []

        func award(_ amount: UInt64, budget: UInt64) -> Award {
            Award(
                contributor: contributor, amount: amount, points: points, frames: frames,
                reason: ZeroReason(
                    amount: amount, points: points, accepted: frames.accepted, lines: lines, budget: budget),
                lines: lines)
        }
    }

    private(set) var accounts: [Account] = []
    private(set) var verdicts = VerdictCounts()
    private(set) var reasons: [Rule: Int64] = [:]
    private var indices: [ByteKey: Int] = [:]

    mutating func count(_ record: FrameRecord) {
        verdicts.count(record.verdict.kind)
        accounts[index(of: record.contributor)].frames.count(record.verdict.kind)
        if let rule = record.verdict.finding?.rule { reasons[rule, default: 0] += 1 }
    }

    mutating func add(_ pass: Pass) {
        let index = index(of: pass.contributor)
        accounts[index].points += pass.points
        accounts[index].lines.append(pass)
    }

    private mutating func index(of contributor: String) -> Int {
        let key = ByteKey(contributor)
        if let index = indices[key] { return index }
        indices[key] = accounts.count
        accounts.append(Account(contributor: contributor))
        return accounts.count - 1
    }
}
