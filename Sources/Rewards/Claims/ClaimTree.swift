/// A Merkle tree over the leaves of claims.
public protocol ClaimTree: Sendable {
    /// All nodes, in an order of the tree's own.
    var nodes: [ClaimHash] { get }
    /// The root; nil where there are no leaves.
    var root: ClaimHash? { get }
    /// Where in ``nodes`` the siblings lie on the way from leaf number `index` to the root.
    func siblings(of index: Int) -> [Int]
}

extension ClaimTree {
    /// The siblings on the way from leaf number `index` to the root.
    public func proof(of index: Int) -> [ClaimHash] { siblings(of: index).map { nodes[$0] } }
}
