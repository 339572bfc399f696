import Canonical

/// Where accounts are paid by one scheme, epoch by epoch.
///
/// What an epoch awards is paid at the address that holds at its seal, and stays there when the account moves: nobody
/// here knows what has been claimed, and an address that got all again would be paid twice.
public struct PayoutHistory: Sendable {
    /// An address, and the number of the first epoch that is paid there.
    private struct Stay {
        let first: Int
        let address: PayoutAddress
    }

    /// The addresses of each account, in turn.
    private let stays: [ByteKey: [Stay]]

    /// The history told by `bindings`, in whatever order: for each account and epoch the latest that was made before the
    /// epoch's seal by one of `signers`. The `seals` are those of all epochs, from the first one on, none before another.
    public init(
        _ bindings: some Sequence<PayoutBinding>, scheme: String, seals: [UTCTime], signers: PayoutSigners
    ) {
        var records: [ByteKey: [PayoutBinding]] = [:]
        for binding in bindings
        where binding.scheme == scheme && seals.last.map { binding.at < $0 } ?? false
            && signers.accept(binding)
        {
            records[ByteKey(binding.account), default: []].append(binding)
        }
        stays = records.mapValues { records in
            var stays: [Stay] = []
            for record in records.sorted(by: { $1.supersedes($0) }) {
                let stay = Stay(first: Self.firstEpoch(after: record.at, seals), address: record.address)
                if stays.last?.first == stay.first { stays.removeLast() }
                if stays.last?.address != stay.address { stays.append(stay) }
            }
            return stays
        }
    }

    /// The number of the first of `seals` that comes after `time`.
    private static func firstEpoch(after time: UTCTime, _ seals: [UTCTime]) -> Int {
        var (low, high) = (0, seals.count)
        while low < high {
            let middle = (low + high) / 2
            if time < seals[middle] { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The numbers of the epochs behind which somebody moves, ascending: whose totals ``credits(of:earlier:)`` needs.
    public var lastEpochsOfStays: [Int] {
        Set(stays.values.flatMap { $0.dropFirst().map { $0.first - 1 } }).sorted()
    }

    /// Whether `account` moves behind the epoch of this number.
    public func moves(_ account: String, behind epoch: Int) -> Bool {
        stays[ByteKey(account)]?.dropFirst().contains { $0.first == epoch + 1 } ?? false
    }

    /// What of `totals`, all that the accounts have earned, is paid where, and what is bound to no address.
    ///
    /// - Parameter earlier: what accounts had earned after the epoch of the number, for those that move behind it; who is
    ///   not there had earned nothing.
    /// - Throws: ``PayoutCreditError`` where a total falls.
    public func credits(
        of totals: [AccountTotal], earlier: [Int: [AccountTotal]]
    ) throws(PayoutCreditError) -> (credits: [PayoutCredit], unbound: [AccountTotal]) {
        let earlier = earlier.mapValues { totals in
            Dictionary(totals.map { (ByteKey($0.account), $0.points) }) { $1 }
        }
        var (credits, unbound): ([PayoutCredit], [AccountTotal]) = ([], [])
        credits.reserveCapacity(totals.count)
        for total in totals {
            let account = ByteKey(total.account)
            guard let stays = stays[account] else {
                unbound.append(total)
                continue
            }
            var (paid, own): (UInt64, [PayoutCredit]) = (0, [])
            for (index, stay) in stays.enumerated() {
                let isLast = index + 1 == stays.count
                let end = isLast ? total.points : earlier[stays[index + 1].first - 1]?[account] ?? 0
                guard paid <= end else { throw PayoutCreditError(account: total.account) }
                // Who comes back to an address has one credit there.
                let before = own.firstIndex { $0.address == stay.address }
                let points = end - paid + (before.map { own.remove(at: $0).points } ?? 0)
                own.append(PayoutCredit(account: total.account, address: stay.address, points: points))
                paid = end
            }
            credits += own.lazy.filter { $0.points > 0 }
        }
        return (credits, unbound)
    }
}
