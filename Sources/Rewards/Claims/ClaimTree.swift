/// A Merkle tree over the leaves of claims.
public protocol ClaimTree: Sendable {
    /// The root; nil where there are no leaves.
    var root: ClaimHash? { get }
    /// The siblings on the way from leaf number `index` to the root.
    func proof(of index: Int) -> [ClaimHash]
}
