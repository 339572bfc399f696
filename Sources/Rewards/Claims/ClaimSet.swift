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

/// The claims of one scheme after an epoch, and the tree over them: a function of what is paid where, the scheme and the
/// token, whatever order it comes in.
public struct ClaimSet: Sendable {
    /// The last epoch that is counted.
    public let epoch: String
    /// The scheme.
    public let scheme: any ClaimScheme
    /// What the amounts count.
    public let scale: ClaimScale
    /// One claim for each address with points, ascending by the ASCII of the address.
    public let claims: [Claim]
    /// The accounts with points and no address, ascending by bytes. What they earned stays theirs.
    public let unbound: [AccountTotal]
    /// The sum of the claims' amounts.
    public let total: UInt128
    /// The tree over the claims' leaves.
    public let tree: any ClaimTree

    /// The claims of `credits`. Those of one address are one claim, whose they may be; those of no points are left out.
    ///
    /// - Throws: ``ClaimError`` where an account is doubled, or an amount does not fit the scheme.
    public init(
        epoch: String, credits: [PayoutCredit], unbound: [AccountTotal], scheme: any ClaimScheme.Type,
        options: ClaimOptions
    ) throws(ClaimError) {
        let made = try scheme.init(options)
        let scale = options.scale
        var sum: UInt64 = 0
        for credit in credits {
            try Self.require(account: credit.account)
            let (added, overflow) = sum.addingReportingOverflow(credit.points)
            guard !overflow else { throw .totalTooLarge(limit: scale.amount(.max)) }
            sum = added
        }
        let claims = try Self.claims(of: credits, scale)
        for claim in claims where claim.amount > scheme.maxAmount {
            throw .amountTooLarge(
                address: claim.address.text, amount: claim.amount, limit: scheme.maxAmount)
        }
        guard scale.amount(sum) <= scheme.maxAmount else { throw .totalTooLarge(limit: scheme.maxAmount) }
        guard claims.count <= scheme.maxClaims else {
            throw .tooManyClaims(claims.count, limit: scheme.maxClaims)
        }
        self.epoch = epoch
        self.scheme = made
        self.scale = scale
        self.claims = claims
        self.unbound = try Self.sorted(unbound, without: credits)
        total = scale.amount(sum)
        tree = made.tree(over: claims.indices.map { made.leaf(of: claims[$0], at: $0) })
    }

    /// One claim for each address, ascending by the texts of the addresses, which are ASCII.
    private static func claims(
        of credits: [PayoutCredit], _ scale: ClaimScale
    ) throws(ClaimError) -> [Claim] {
        // Sorting the credits themselves is mostly counting references. Sixteen characters decide nearly always.
        var keys: [(start: UInt128, index: Int)] = []
        keys.reserveCapacity(credits.count)
        for (index, credit) in credits.enumerated() where credit.points > 0 {
            keys.append(
                (credit.address.text.utf8.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }, index))
        }
        keys.sort { left, right in
            if left.start != right.start { return left.start < right.start }
            let (one, other) = (credits[left.index], credits[right.index])
            return one.address == other.address
                ? one.account.precedes(other.account) : one.address.text.precedes(other.address.text)
        }
        var claims: [Claim] = []
        claims.reserveCapacity(keys.count)
        for key in keys {
            let credit = credits[key.index]
            let share = AccountTotal(account: credit.account, points: credit.points)
            guard let last = claims.last, last.address == credit.address else {
                claims.append(
                    Claim(address: credit.address, amount: scale.amount(credit.points), shares: [share]))
                continue
            }
            guard let before = last.shares.last, !before.account.hasSameBytes(as: credit.account) else {
                throw .duplicateAccount(credit.account)
            }
            claims[claims.count - 1] = Claim(
                address: last.address, amount: last.amount + scale.amount(credit.points),
                shares: last.shares + [share])
        }
        return claims
    }

    /// The accounts of `unbound` with points, ascending by bytes. None may have credits.
    private static func sorted(
        _ unbound: [AccountTotal], without credits: [PayoutCredit]
    ) throws(ClaimError) -> [AccountTotal] {
        var seen = Set(credits.lazy.map { ByteKey($0.account) })
        for total in unbound {
            try require(account: total.account)
            guard seen.insert(ByteKey(total.account)).inserted else {
                throw .duplicateAccount(total.account)
            }
        }
        return unbound.filter { $0.points > 0 }.sorted { $0.account.precedes($1.account) }
    }

    private static func require(account: String) throws(ClaimError) {
        guard (1...200).contains(account.utf8.count) else { throw .badAccount(account) }
    }

    /// The name of the scheme.
    public var schemeName: String { type(of: scheme).name }
    /// The root that goes to the contract; nil where there are no claims.
    public var root: ClaimHash? { tree.root }
    /// What each account has earned, those of no points left out, ascending by the bytes of the accounts.
    public var totals: [AccountTotal] {
        var totals: [AccountTotal] = []
        let all = (claims.flatMap(\.shares) + unbound).sorted { $0.account.precedes($1.account) }
        for share in all {
            guard let last = totals.last, last.account.hasSameBytes(as: share.account) else {
                totals.append(share)
                continue
            }
            // No sum of credits is above 64 bits.
            totals[totals.count - 1] = AccountTotal(
                account: share.account, points: last.points &+ share.points)
        }
        return totals
    }
}
