import Canonical

/// What an account earned in all epochs together, in micro-points.
public struct AccountTotal: Sendable, Hashable {
    /// The account.
    public let account: String
    /// Micro-points.
    public let points: UInt64

    /// A total.
    public init(account: String, points: UInt64) {
        self.account = account
        self.points = points
    }
}

/// The claims of one scheme after an epoch, and the tree over them: a function of the totals, the payout addresses, the
/// scheme and the token, whatever order they come in.
public struct ClaimSet: Sendable {
    /// The epoch whose totals these are.
    public let epoch: String
    /// The scheme.
    public let scheme: any ClaimScheme
    /// What the amounts count.
    public let scale: ClaimScale
    /// One claim for each account with points and an address, ascending by the ASCII of the address.
    public let claims: [Claim]
    /// The accounts with points and no address, ascending by bytes. What they earned stays theirs.
    public let unbound: [AccountTotal]
    /// The sum of the claims' amounts.
    public let total: UInt128
    /// The tree over the claims' leaves.
    public let tree: any ClaimTree

    /// The claims of `totals`.
    ///
    /// - Throws: ``ClaimError`` where accounts are doubled or share an address, or an amount does not fit the scheme.
    public init(
        epoch: String, totals: [AccountTotal], addresses: PayoutBook,
        scheme: any ClaimScheme.Type, options: ClaimOptions
    ) throws(ClaimError) {
        let made = try scheme.init(options)
        let scale = options.scale
        var (claims, unbound): ([Claim], [AccountTotal]) = ([], [])
        var sum: UInt64 = 0
        var accounts: Set<ByteKey> = []
        for total in totals {
            guard (1...200).contains(total.account.utf8.count) else { throw .badAccount(total.account) }
            guard accounts.insert(ByteKey(total.account)).inserted else {
                throw .duplicateAccount(total.account)
            }
            guard total.points > 0 else { continue }
            guard let address = addresses.address(of: total.account) else {
                unbound.append(total)
                continue
            }
            let (added, overflow) = sum.addingReportingOverflow(total.points)
            guard !overflow else { throw .totalTooLarge(limit: scale.amount(.max)) }
            sum = added
            let amount = scale.amount(total.points)
            guard amount <= scheme.maxAmount else {
                throw .amountTooLarge(account: total.account, amount: amount, limit: scheme.maxAmount)
            }
            claims.append(Claim(account: total.account, address: address, amount: amount))
        }
        guard scale.amount(sum) <= scheme.maxAmount else { throw .totalTooLarge(limit: scheme.maxAmount) }
        guard claims.count <= scheme.maxClaims else {
            throw .tooManyClaims(claims.count, limit: scheme.maxClaims)
        }
        claims = Self.sorted(claims)
        for (claim, next) in zip(claims, claims.dropFirst()) where claim.address == next.address {
            throw .sharedAddress(
                claim.address.text,
                accounts: [claim.account, next.account].sorted { $0.precedes($1) })
        }
        unbound.sort { $0.account.precedes($1.account) }
        self.epoch = epoch
        self.scheme = made
        self.scale = scale
        self.claims = claims
        self.unbound = unbound
        total = scale.amount(sum)
        tree = made.tree(over: claims.indices.map { made.leaf(of: claims[$0], at: $0) })
    }

    /// `claims` ascending by the texts of their addresses, which are ASCII.
    private static func sorted(_ claims: [Claim]) -> [Claim] {
        // Sorting the claims themselves is mostly counting references. Sixteen characters decide nearly always.
        let keys = claims.enumerated().map { index, claim in
            (
                start: claim.address.text.utf8.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) },
                index: index
            )
        }
        let order = keys.sorted { left, right in
            left.start == right.start
                ? claims[left.index].address.text.precedes(claims[right.index].address.text)
                : left.start < right.start
        }
        return order.map { claims[$0.index] }
    }

    /// The name of the scheme.
    public var schemeName: String { type(of: scheme).name }
    /// The root that goes to the contract; nil where there are no claims.
    public var root: ClaimHash? { tree.root }
    /// The totals the set was made of, those of no points left out, ascending by the bytes of the accounts.
    public var totals: [AccountTotal] {
        let bound = claims.map {
            AccountTotal(account: $0.account, points: UInt64(truncatingIfNeeded: $0.amount / scale.factor))
        }
        return (bound + unbound).sorted { $0.account.precedes($1.account) }
    }
}
