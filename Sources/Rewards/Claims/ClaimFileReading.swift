import Canonical

extension ClaimFile {
    /// Most bytes of a file: three million claims.
    public static let maxBytes = 1 << 32
    /// Most claims, and most unbound accounts.
    static let maxEntries = 4_000_000

    /// The set whose file is `bytes`.
    ///
    /// The claims are read, all else is made anew from them, and every byte compared. So a file that is read without an
    /// error is canonical, has the root of its claims and a right proof for each. What is left to a verifier is whether
    /// ``ClaimSet/totals`` and the addresses are those of the epoch.
    ///
    /// - Throws: ``JSONError`` with the byte at which the file is no file of claims, or other than its claims say.
    public static func read(_ bytes: [UInt8]) throws(JSONError) -> ClaimSet {
        guard bytes.count <= maxBytes else {
            throw JSONError(reason: "\(bytes.count) bytes, limit \(maxBytes)", place: "byte 0")
        }
        var scanner = CanonicalScanner(bytes)
        let set = try scanner.claimSet()
        var position = 0
        try write(set) { (piece: [UInt8]) throws(JSONError) in
            let end = position + piece.count
            guard end <= bytes.count, bytes[position..<end].elementsEqual(piece) else {
                let length = zip(bytes[position...], piece).prefix { $0 == $1 }.count
                throw JSONError(reason: "not what the claims give", place: "byte \(position + length)")
            }
            position = end
        }
        guard position == bytes.count else {
            throw JSONError(reason: "text behind the end of the document", place: "byte \(position)")
        }
        return set
    }
}

extension CanonicalScanner {
    /// The claims as the file tells them. Proofs, root and sums are passed over: they follow from the claims.
    fileprivate mutating func claimSet() throws(JSONError) -> ClaimSet {
        var credits: [(share: AccountTotal, address: String)] = []
        try expect("{\"claims\":")
        try array { (scanner: inout CanonicalScanner) throws(JSONError) in
            try scanner.expect("{\"accounts\":")
            let shares = try scanner.totals(atMost: ClaimFile.maxEntries - credits.count)
            try scanner.expect(",\"address\":")
            let address = try scanner.string()
            credits += shares.map { ($0, address) }
            try scanner.expect(",\"amount\":")
            try scanner.skip(until: "]}")
        }
        try expect(",\"decimals\":")
        let decimals = try integer()
        try expect(",\"epoch\":")
        let epoch = try string()
        try expect(",\"format\":\"\(ClaimFile.format)\",\"parameters\":{")
        var rewardToken: String?
        if accept("\"reward_token\":") { rewardToken = try string() }
        try expect("},\"root\":")
        try skip(until: ",\"scale\":")
        try skip(until: ",\"scheme\":")
        let name = try string()
        try skip(until: ",\"unbound\":")
        let unbound = try totals(atMost: ClaimFile.maxEntries)
        try expect("}")
        do throws(ClaimError) {
            return try Self.set(
                epoch, credits, unbound, name, try ClaimOptions(decimals: decimals, rewardToken: rewardToken))
        } catch {
            throw JSONError(reason: error.description, place: "$")
        }
    }

    private static func set(
        _ epoch: String, _ credits: [(share: AccountTotal, address: String)], _ unbound: [AccountTotal],
        _ name: String, _ options: ClaimOptions
    ) throws(ClaimError) -> ClaimSet {
        let scheme = try ClaimSchemes.named(name)
        var read: [PayoutCredit] = []
        read.reserveCapacity(credits.count)
        for (share, address) in credits {
            read.append(
                PayoutCredit(
                    account: share.account, address: try scheme.address(address), points: share.points))
        }
        return try ClaimSet(epoch: epoch, credits: read, unbound: unbound, scheme: scheme, options: options)
    }

    /// The accounts with their points that come next.
    private mutating func totals(atMost limit: Int) throws(JSONError) -> [AccountTotal] {
        var totals: [AccountTotal] = []
        try array { (scanner: inout CanonicalScanner) throws(JSONError) in
            guard totals.count < limit else {
                throw scanner.error("more than \(ClaimFile.maxEntries) entries")
            }
            try scanner.expect("{\"account\":")
            let account = try scanner.string()
            try scanner.expect(",\"points\":")
            let points = try scanner.amount()
            guard let points = UInt64(exactly: points), points > 0 else {
                throw scanner.error("no points, or more than 64 bits hold")
            }
            totals.append(AccountTotal(account: account, points: points))
            try scanner.expect("}")
        }
        return totals
    }
}
