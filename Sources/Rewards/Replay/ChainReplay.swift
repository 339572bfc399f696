import Canonical

/// Why an epoch cannot be recomputed from its published files.
public struct ReplayError: Error, CustomStringConvertible {
    /// The epoch's id; `manifest N` (from 1) where it has none.
    public let epoch: String
    /// What is wrong, in words.
    public let detail: String
    /// Whether something that is needed is not there.
    public let isIncomplete: Bool

    /// Epoch and detail in one line.
    public var description: String {
        "\(epoch) cannot be recomputed: \(detail); 'waggle rewards verify' says all that is wrong"
    }
}

/// Settles a chain of epochs again, one after the other, from its published files, by its own rulesets or by others.
public struct ChainReplay {
    /// Which rulesets settle an epoch that lists those given.
    public typealias Choice = (_ epoch: Epoch, _ own: RulesetSchedule) throws -> RulesetSchedule

    /// What the epochs so far leave.
    private(set) var state = ChainState()
    private let rulesets: PublishedRulesets
    private let choose: Choice
    private var count = 0

    /// A replay of a chain from its beginning. `rulesets` are those published, by their names; `choose` says which ones
    /// settle each epoch, and without it every epoch is settled by its own.
    public init(rulesets: [ContentHash: [UInt8]], choose: @escaping Choice = { $1 }) {
        self.rulesets = PublishedRulesets(rulesets)
        self.choose = choose
    }

    /// Settles the next epoch of the chain. Verdicts, inputs, takedowns, bounties and corrections are those published, and so
    /// is the hash of the manifest before; what was covered, trusted, paid and owed is as this replay has it.
    ///
    /// - Parameter write: Takes the lines of all files but `verdicts.jsonl`.
    /// - Throws: ``ReplayError``; what `choose`, `write` and reading throw.
    public mutating func next(
        _ published: PublishedEpoch, write: (EpochFile, [UInt8]) throws -> Void
    ) throws -> EpochSettlement {
        let (reading, isOwn) = try read(published)
        let settlement = try settle(reading, write: write)
        // By another ruleset other awards and deadlines are to be expected; sums beyond 64 bits are no outcome at all.
        let problem = settlement.problems.first { isOwn || $0.code == .totalTooLarge }
        if let problem { throw ReplayError(reading.claim.header.epoch.id, problem) }
        follow(published)
        return settlement
    }

    /// Settles the next epoch, and holds every byte of it against what is published.
    ///
    /// - Throws: ``ReplayError``; what reading throws.
    public mutating func compareNext(_ published: PublishedEpoch) throws -> ReplayedEpoch {
        let reading = try read(published).reading
        var findings = FindingList(epoch: reading.claim.header.epoch.id)
        let settlement = try settle(reading, against: published, &findings)
        follow(published)
        return ReplayedEpoch(
            manifest: settlement.manifest, isOfSameBytes: settlement.manifest.json == published.manifest,
            differences: findings.all, count: findings.count)
    }

    /// Says that the next epoch follows the manifest of `published`.
    mutating func follow(_ published: PublishedEpoch) {
        state.previous = .of(published.manifest)
        count += 1
    }

    /// Settles what was read of the next epoch.
    mutating func settle(
        _ reading: EpochReading, write: (EpochFile, [UInt8]) throws -> Void
    ) rethrows -> EpochSettlement {
        let settlement = try reading.ledger.settle(
            state, bounties: reading.claim.bounties, corrections: reading.corrections, write: write)
        state.add(settlement, drives: reading.drives, corrections: reading.corrections)
        return settlement
    }

    /// Settles what was read of the next epoch, and notes where the published lines and manifest differ.
    mutating func settle(
        _ reading: EpochReading, against published: PublishedEpoch, _ findings: inout FindingList
    ) throws -> EpochSettlement {
        var comparison = LineComparison()
        let settlement = try settle(reading) { file, line in
            try comparison.compare(line, of: file, published, &findings)
        }
        try comparison.finish(published, &findings)
        for problem in settlement.problems { findings.add(problem.code, problem.description) }
        findings.compare(manifest: published.manifest, with: settlement.manifest.json)
        return settlement
    }

    private func read(_ published: PublishedEpoch) throws -> (reading: EpochReading, isOwn: Bool) {
        var epoch = "manifest \(count + 1)"
        do {
            let claim = try ManifestClaim(try JSONReader.read(published.manifest, limits: Manifest.limits))
            epoch = claim.header.epoch.id
            let own = try rulesets.schedule(claim.rulesets)
            let chosen = try choose(claim.header.epoch, own)
            let reading = try EpochReading(published, claim, chosen, earlier: state.takedowns) {
                _, problems in
                if let problem = problems.first { throw problem }
            }
            return (reading, chosen == own)
        } catch let error as JSONError {
            throw ReplayError(epoch, error)
        } catch let error as PublishedRulesets.Problem {
            throw ReplayError(epoch, error)
        } catch let error as ScheduleError {
            throw ReplayError(epoch, error)
        } catch let error as PublishedFileProblem {
            throw ReplayError(epoch, error)
        } catch let error as ManifestError {
            throw ReplayError(epoch, error)
        }
    }
}

/// What came out when an epoch was settled again.
public struct ReplayedEpoch: Sendable {
    /// The manifest that follows from the published verdicts and inputs.
    public let manifest: Manifest
    /// Whether the published one has the same bytes.
    public let isOfSameBytes: Bool
    /// Where the published files differ, the first hundred and a last one that counts the others; empty if nowhere.
    public let differences: [ManifestFinding]
    /// How many differences there are.
    public let count: Int
}

extension ReplayError {
    init(_ epoch: String, _ error: any Error & CustomStringConvertible) {
        self.epoch = epoch
        detail = error.description
        switch error {
        case PublishedFileProblem.missing, PublishedRulesets.Problem.missing: isIncomplete = true
        default: isIncomplete = false
        }
    }
}
