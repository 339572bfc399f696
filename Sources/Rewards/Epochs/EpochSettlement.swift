import Canonical
import Geo
import Stages

/// What is settled of an epoch: its manifest, what it leaves to the next, and its passes.
public struct EpochSettlement: Sendable {
    /// The record.
    public let manifest: Manifest
    /// The passes in the order of `scores.jsonl`.
    public let passes: [Pass]
    /// By contributor: everyone's account after it.
    public let accounts: [(contributor: String, account: ChainState.Account)]
    /// How far each device of the epoch is trusted in it.
    public let trust: [(contributor: String, device: String?, permille: Int64)]
    /// Who has an award.
    public let awarded: [String]
    /// Everything that keeps the epoch from being what the manifest says.
    public let problems: [ManifestError]
}

extension EpochLedger {
    /// Settles the epoch: a pure function of what was taken in, of what came before, and of these records.
    ///
    /// - Parameters:
    ///   - state: What earlier epochs left. Of the history, only ``coverages`` are looked at.
    ///   - bounties: Those the manifest publishes.
    ///   - corrections: Those it publishes.
    ///   - write: Takes the lines of all files but `verdicts.jsonl`, each file's in order, without line feeds.
    public func settle(
        _ state: ChainState, bounties: [Bounty], corrections: [Correction],
        write: (EpochFile, [UInt8]) throws -> Void
    ) rethrows -> EpochSettlement {
        var settling = Settling(self, state, bounties: bounties, corrections: corrections)
        return try settling.run(write)
    }
}

/// The settlement while it goes on.
private struct Settling {
    let ledger: EpochLedger
    let state: ChainState
    let bounties: [Bounty]
    let corrections: [Correction]
    /// By file.
    var trees = [MerkleTree](repeating: MerkleTree(), count: EpochFile.allCases.count)
    var problems: [ManifestError]

    var inputs: EpochInputs { ledger.inputs }
    var rules: RewardRules { ledger.ruleset.reward }

    init(_ ledger: EpochLedger, _ state: ChainState, bounties: [Bounty], corrections: [Correction]) {
        self.ledger = ledger
        self.state = state
        self.bounties = bounties.sorted()
        self.corrections = corrections.sorted()
        problems = ledger.problems
        let seal = ledger.header.sealedAsOf
        for drive in ledger.inputs.drives where state.contradicts(drive) {
            problems.append(.driveChanged(drive.drive))
        }
        if let last = state.sealedAsOf, seal < last { problems.append(.sealedTooEarly(last)) }
        if let problem = state.problem(with: ledger.rulesets, sealedAsOf: seal) { problems.append(problem) }
        var known = Set(state.bounties.map { ByteKey($0.id) })
        for bounty in self.bounties {
            if !known.insert(ByteKey(bounty.id)).inserted { problems.append(.bountyTwice(bounty.id)) }
            if bounty.at >= seal { problems.append(.bountyTooLate(bounty.id)) }
        }
        var published = state.corrections
        for correction in self.corrections {
            if correction.statement.at >= seal { problems.append(.correctionTooLate(correction.id)) }
            if !published.insert(ByteKey(correction.id)).inserted {
                problems.append(.correctionTwice(correction.id))
            }
            let statement = correction.statement
            if !state.hasAward(of: statement.contributor, in: statement.epoch) {
                problems.append(.correctionUnfounded(correction.id))
            }
            if !correction.isSigned { problems.append(.correctionUnsigned(correction.id)) }
        }
    }

    private func root(_ file: EpochFile) -> LineRoot { LineRoot(trees[file.rawValue]) }

    mutating func run(_ write: (EpochFile, [UInt8]) throws -> Void) rethrows -> EpochSettlement {
        let trust = deviceTrust()
        // One memory for all lines.
        var text = CanonicalText(capacity: 1 << 10)
        for (number, drive) in inputs.drives.enumerated() {
            text.removeAll()
            drive.write(
                frames: ledger.frameCounts[number], trust: trust[inputs.deviceOfDrive[number]], to: &text)
            try put(.inputs, text.bytes, write)
        }
        let verdicts = LineRoot(ledger.verdicts)
        let header = ledger.header
        let seed = Manifest.seed(
            previous: state.previous, genesis: rules.genesis, epoch: header.epoch,
            sealedAsOf: header.sealedAsOf, inputs: root(.inputs).root, verdicts: verdicts.root)
        let passes = scoredPasses(trust)
        for pass in passes {
            text.removeAll()
            PassLine.write(
                pass, contributor: inputs.contributors[contributor(of: pass)],
                drive: inputs.drives[Int(pass.drive)].drive, bestFrame: ledger.frameIDs[pass.bestFrame],
                to: &text)
            try put(.scores, text.bytes, write)
        }
        let weights = Weights(of: passes, inputs, ledger.ruleset)
        let devices = deviceLines(weights, trust)
        for device in devices {
            text.removeAll()
            device.write(to: &text)
            try put(.explain, text.bytes, write)
        }

        let reserve = UInt64(clamping: UInt128(rules.budget) * UInt128(clamping: rules.reserve) / 1000)
        let coverage = CoverageShares(
            pool: rules.budget - min(reserve, rules.budget), weights.shares,
            contributors: inputs.contributors,
            rules: rules, seed: seed.bytes)
        let due = (state.bounties + bounties).filter { $0.epochs.contains(header.epoch) }
        let bounty = BountyShares(due, passes: passes, inputs, seed: seed.bytes)

        var accounts = Accounts(state, contributors: inputs.contributors, corrections: corrections)
        // Who has something to settle has a line, even if the settlement leaves nothing of it.
        let unsettled = Set(
            accounts.entries.filter { $0.account.owed > 0 || $0.account.debt > 0 }
                .map { ByteKey($0.contributor) })
        let corrected = accounts.payCorrections(reserve: reserve, seed: seed.bytes)
        for correction in corrections { try put(.corrections, correction.line, write) }
        let pools =
            [Pool("reserve", amount: reserve, awarded: corrected, reason: .reserveUnused)] + coverage.pools
            + bounty.pools
        var draft = AwardDraft(inputs, devices, coverage, bounty, hasRegions: !rules.regions.isEmpty)
        for index in accounts.entries.indices {
            let isUnsettled =
                !unsettled.isEmpty && unsettled.contains(ByteKey(accounts.entries[index].contributor))
            guard let award = draft.award(index, &accounts, isUnsettled: isUnsettled, rules) else { continue }
            text.removeAll()
            award.write(to: &text)
            try put(.awards, text.bytes, write)
        }
        var total: UInt128 = 0
        for entry in accounts.entries where entry.account.total > 0 {
            total += UInt128(entry.account.total)
            text.removeAll()
            CumulativeLine(contributor: entry.contributor, total: entry.account.total).write(to: &text)
            try put(.cumulative, text.bytes, write)
        }
        problems += accounts.problems
        let manifest = Manifest(
            header: header, ruleset: ledger.rulesets.name(in: header.epoch),
            rulesets: ledger.rulesets.published,
            previous: state.previous, seed: seed,
            roots: [.verdicts: verdicts].merging(
                EpochFile.allCases.filter { $0 != .verdicts }.map { ($0, root($0)) }
            ) { $1 },
            verdicts: ledger.frameCounts.reduce(into: VerdictCounts()) { $0 += $1 },
            reasons: ledger.reasons.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) },
            pools: pools, pointsTotal: weights.pointsOfDevice.reduce(0, +),
            recovered: checked(draft.recovered, "what is recovered"),
            cumulativeTotal: checked(total, "all totals"),
            budget: checked(pools.reduce(0) { $0 + UInt128($1.amount) }, "the pools"),
            unallocated: checked(pools.reduce(0) { $0 + UInt128($1.unallocated) }, "the pools"),
            concentration: Concentration(draft.paid),
            takedowns: ledger.takedowns.published(frames: ledger.takenDown), bounties: bounties)
        return EpochSettlement(
            manifest: manifest, passes: passes,
            accounts: accounts.entries.map { ($0.contributor, $0.account) },
            trust: zip(inputs.devices, trust).map { (inputs.contributors[$0.contributor], $0.id, $1) },
            awarded: draft.awarded, problems: problems)
    }

    private mutating func put(
        _ file: EpochFile, _ line: [UInt8], _ write: (EpochFile, [UInt8]) throws -> Void
    ) rethrows {
        trees[file.rawValue].append(line)
        try write(file, line)
    }

    private mutating func checked(_ sum: UInt128, _ what: String) -> UInt64 {
        if sum > UInt128(UInt64.max) { problems.append(.totalTooLarge(what)) }
        return UInt64(clamping: sum)
    }

    private func contributor(of pass: Pass) -> Int {
        inputs.devices[inputs.deviceOfDrive[Int(pass.drive)]].contributor
    }

    /// By device.
    private func deviceTrust() -> [Int64] {
        var flagged = [Int64](repeating: 0, count: inputs.devices.count)
        for (number, drive) in inputs.drives.enumerated()
        where drive.lowersTrust(ledger.ruleset.plausibility) && !state.hasCounted(drive) {
            flagged[inputs.deviceOfDrive[number]] += 1
        }
        return zip(inputs.devices, flagged).map { device, flagged in
            state.trust(
                in: device.id, of: inputs.contributors[device.contributor], epoch: ledger.header.epoch,
                flagged: flagged, rules: ledger.ruleset.trust)
        }
    }

    /// The passes by contributor, device, drive and coverage would do for every sum; the files want them by contributor, drive
    /// and coverage. A drive has one device, so that sums by device are taken over groups of drives.
    private func scoredPasses(_ trust: [Int64]) -> [Pass] {
        let passes = Score.passes(
            of: ledger.credited, history: state.history, windowStart: ledger.header.epoch.start,
            trust: inputs.deviceOfDrive.map { UInt16(clamping: trust[$0]) }, rules: ledger.rulesets.score)
        // They come by coverage, so that it is enough to deal them out to their drives one after the other.
        let contributors = inputs.deviceOfDrive.map { inputs.devices[$0].contributor }
        var counts = [Int](repeating: 0, count: contributors.count)
        for pass in passes { counts[Int(pass.drive)] += 1 }
        var places = [Int](repeating: 0, count: contributors.count)
        var first = 0
        let drives = contributors.indices.sorted { left, right in
            (contributors[left], left) < (contributors[right], right)
        }
        for drive in drives {
            places[drive] = first
            first += counts[drive]
        }
        var order = [UInt32](repeating: 0, count: passes.count)
        for (index, pass) in passes.enumerated() {
            order[places[Int(pass.drive)]] = UInt32(truncatingIfNeeded: index)
            places[Int(pass.drive)] += 1
        }
        return order.map { passes[Int($0)] }
    }

    private func deviceLines(_ weights: Weights, _ trust: [Int64]) -> [DeviceLine] {
        var drives = [Int64](repeating: 0, count: inputs.devices.count)
        var frames = [VerdictCounts](repeating: VerdictCounts(), count: inputs.devices.count)
        for (number, device) in inputs.deviceOfDrive.enumerated() {
            drives[device] += 1
            frames[device] += ledger.frameCounts[number]
        }
        return inputs.devices.enumerated().map { number, device in
            DeviceLine(
                contributor: inputs.contributors[device.contributor], device: device.id,
                drives: drives[number], passes: weights.passesOfDevice[number], frames: frames[number],
                reasons: ledger.reasons[number], trust: trust[number], worthless: weights.worthless[number],
                points: weights.pointsOfDevice[number], weight: weights.weightOfDevice[number])
        }
    }
}
