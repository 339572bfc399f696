import Canonical

/// One kind of contract that pays out of a Merkle tree: how it addresses accounts, what it hashes, and how its tree is
/// shaped. A further kind is one type in ``ClaimSchemes``.
public protocol ClaimScheme: Sendable {
    /// The name of the scheme: that of its file, and of its bindings' `scheme`. Lower-case letters.
    static var name: String { get }
    /// The greatest amount, and sum of amounts, that the contract can hold, in base units.
    static var maxAmount: UInt128 { get }
    /// The most leaves a tree can have.
    static var maxClaims: Int { get }
    /// Whether a leaf holds the claim's number, so that a claimant must know it.
    static var isNumbered: Bool { get }
    /// Decimals that tokens have where nobody says otherwise.
    static var usualDecimals: Int { get }

    /// The payout address written as `text`, in its one form.
    static func address(_ text: String) throws(ClaimError) -> PayoutAddress
    /// The payout address of these bytes.
    static func address(of bytes: [UInt8]) throws(ClaimError) -> PayoutAddress

    /// The scheme with the parameters of `options` that its leaves need.
    init(_ options: ClaimOptions) throws(ClaimError)

    /// The parameters that stand in leaves and not in claims, by the names they have in the file.
    var parameters: [String: String] { get }
    /// The hash of the leaf of `claim`, the one of number `index` in ascending order of addresses.
    func leaf(of claim: Claim, at index: Int) -> ClaimHash
    /// The hash over two nodes, whichever is left.
    func node(_ left: ClaimHash, _ right: ClaimHash) -> ClaimHash
    /// The root over `leaves`, which are in the order of their claims' addresses, and proofs.
    func tree(over leaves: [ClaimHash]) -> any ClaimTree
}

extension ClaimScheme {
    /// Whether a leaf holds the number of its claim.
    public static var isNumbered: Bool { false }
    /// What tokens on EVM chains have: the default of OpenZeppelin's ERC20.
    public static var usualDecimals: Int { 18 }
    /// What leaves hold besides the claim.
    public var parameters: [String: String] { [:] }

    /// Whether `proof` leads from `claim`, the one of number `index`, to `root`: what the contract checks.
    public func verifies(
        _ claim: Claim, at index: Int = 0, proof: [ClaimHash], root: ClaimHash
    ) -> Bool {
        claim.amount <= Self.maxAmount && proof.count <= 64
            && proof.reduce(leaf(of: claim, at: index), node) == root
    }
}

/// What is owed at an address in all epochs together.
public struct Claim: Sendable, Hashable {
    /// Where it is paid.
    public let address: PayoutAddress
    /// How much, in base units of the token; never 0.
    public let amount: UInt128
    /// Whose points these are, ascending by the bytes of the accounts.
    public let shares: [AccountTotal]

    /// A claim.
    public init(address: PayoutAddress, amount: UInt128, shares: [AccountTotal]) {
        self.address = address
        self.amount = amount
        self.shares = shares
    }
}

/// The schemes there are.
public enum ClaimSchemes {
    /// All of them.
    public static let all: [any ClaimScheme.Type] = [
        OpenZeppelinScheme.self, MorphoScheme.self, JitoScheme.self, UniswapScheme.self, SaberScheme.self,
    ]

    /// Their names.
    public static var names: [String] { all.map { $0.name } }

    /// The scheme of this name.
    public static func named(_ name: String) throws(ClaimError) -> any ClaimScheme.Type {
        guard let scheme = all.first(where: { $0.name == name }) else { throw .unknownScheme(name) }
        return scheme
    }
}
