import Canonical

/// What is owed to contributors and by them, while an epoch's corrections are settled.
struct Accounts: Sendable {
    /// One contributor's.
    struct Entry: Sendable {
        /// The contributor.
        let contributor: String
        /// Total before this epoch; what is to be settled, this epoch's corrections included.
        var account: ChainState.Account
        /// Paid from the reserve.
        var correction: UInt64 = 0
    }

    /// By the bytes of the contributors' ids: everyone who has a total, something to settle, or a part in this epoch.
    private(set) var entries: [Entry] = []
    private(set) var problems: [ManifestError] = []

    /// The accounts of `state`, of `contributors`, which ascend, and of the contributors of `corrections`, with these counted
    /// and not yet settled.
    init(_ state: ChainState, contributors: [String], corrections: [Correction]) {
        let known = state.accounts.entries.map { Entry(contributor: $0.contributor, account: $0.account) }
        entries = Self.including(contributors, in: known)
        let corrected = Set(corrections.map { ByteKey($0.statement.contributor) }).map(\.text)
        if !corrected.isEmpty {
            entries = Self.including(corrected.sorted { $0.precedes($1) }, in: entries)
        }
        for correction in corrections {
            let statement = correction.statement
            guard let index = entries.place(of: statement.contributor, by: { $0.contributor }) else {
                continue
            }
            let account = entries[index].account
            let (owed, isOwedTooLarge) = account.owed.addingReportingOverflow(
                statement.delta > 0 ? statement.delta.magnitude : 0)
            let (debt, isDebtTooLarge) = account.debt.addingReportingOverflow(
                statement.delta < 0 ? statement.delta.magnitude : 0)
            if isOwedTooLarge || isDebtTooLarge {
                problems.append(.totalTooLarge("corrections of \(statement.contributor)"))
                continue
            }
            (entries[index].account.owed, entries[index].account.debt) = (owed, debt)
        }
    }

    /// `entries`, and those of `contributors` who are not among them with nothing; both ascend.
    private static func including(_ contributors: [String], in entries: [Entry]) -> [Entry] {
        var result: [Entry] = []
        result.reserveCapacity(max(entries.count, contributors.count))
        var next = 0
        for contributor in contributors {
            while next < entries.count, entries[next].contributor.precedes(contributor) {
                result.append(entries[next])
                next += 1
            }
            if next < entries.count, entries[next].contributor.hasSameBytes(as: contributor) { continue }
            result.append(Entry(contributor: contributor, account: .init()))
        }
        return result + entries[next...]
    }

    /// Settles owed amounts against debts, and pays from `reserve` what is still owed. Returns what is paid.
    mutating func payCorrections(reserve: UInt64, seed: [UInt8]) -> UInt64 {
        var owing: [Int] = []
        var owed: UInt128 = 0
        for index in entries.indices {
            let settled = min(entries[index].account.owed, entries[index].account.debt)
            entries[index].account.owed -= settled
            entries[index].account.debt -= settled
            guard entries[index].account.owed > 0 else { continue }
            owing.append(index)
            owed += UInt128(entries[index].account.owed)
        }
        let paid = UInt64(clamping: min(owed, UInt128(reserve)))
        let allocation = Allocation(
            pool: paid, distinct: owing.map { (entries[$0].contributor, entries[$0].account.owed) },
            seed: seed)
        for (index, amount) in zip(owing, allocation.amounts) {
            entries[index].correction = amount
            entries[index].account.owed -= amount
        }
        return paid
    }

    /// Pays entry `index` what it `earned`, less what goes into its debt.
    mutating func pay(_ index: Int, earned: UInt64, rules: RewardRules) -> (paid: UInt64, recovered: UInt64) {
        let most = UInt64(clamping: UInt128(earned) * UInt128(clamping: rules.debt) / 1000)
        let recovered = min(entries[index].account.debt, most)
        entries[index].account.debt -= recovered
        let (paid, isPaidTooLarge) = (earned - recovered).addingReportingOverflow(entries[index].correction)
        let (total, isTotalTooLarge) = entries[index].account.total.addingReportingOverflow(paid)
        if isPaidTooLarge || isTotalTooLarge {
            problems.append(.totalTooLarge("what \(entries[index].contributor) was paid"))
        } else {
            entries[index].account.total = total
        }
        return (isPaidTooLarge ? .max : paid, recovered)
    }
}
