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
        var claims: [(account: String, address: String, amount: UInt128)] = []
        try expect("{\"claims\":")
        try array { (scanner: inout CanonicalScanner) throws(JSONError) in
            try scanner.requireFewer(claims.count)
            try scanner.expect("{\"account\":")
            let account = try scanner.string()
            try scanner.expect(",\"address\":")
            let address = try scanner.string()
            try scanner.expect(",\"amount\":")
            claims.append((account, address, try scanner.amount()))
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
        var totals: [AccountTotal] = []
        try array { (scanner: inout CanonicalScanner) throws(JSONError) in
            try scanner.requireFewer(totals.count)
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
        try expect("}")
        do throws(ClaimError) {
            return try Self.set(
                epoch, claims, totals, name, try ClaimOptions(decimals: decimals, rewardToken: rewardToken))
        } catch {
            throw JSONError(reason: error.description, place: "$")
        }
    }

    private static func set(
        _ epoch: String, _ claims: [(account: String, address: String, amount: UInt128)],
        _ unbound: [AccountTotal], _ name: String, _ options: ClaimOptions
    ) throws(ClaimError) -> ClaimSet {
        let scheme = try ClaimSchemes.named(name)
        var (book, totals) = (PayoutBook(), unbound)
        for claim in claims {
            let (points, rest) = claim.amount.quotientAndRemainder(dividingBy: options.scale.factor)
            guard rest == 0, let points = UInt64(exactly: points) else {
                throw .amountTooLarge(
                    account: claim.account, amount: claim.amount, limit: options.scale.amount(.max))
            }
            book.bind(claim.account, to: try scheme.address(claim.address))
            totals.append(AccountTotal(account: claim.account, points: points))
        }
        return try ClaimSet(
            epoch: epoch, totals: totals, addresses: book, scheme: scheme, options: options)
    }

    private func requireFewer(_ count: Int) throws(JSONError) {
        guard count < ClaimFile.maxEntries else { throw error("more than \(ClaimFile.maxEntries) entries") }
    }
}
