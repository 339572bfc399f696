/// A tree of layers, each half as long as the one below it, over leaves in the order they are given.
struct LayerTree: ClaimTree {
    /// What becomes of the last node of a layer of odd length.
    enum OddNode: Sendable {
        /// It is joined with itself, and is its own sibling in proofs.
        case joinedWithItself
        /// It goes up as it is, and has no sibling there.
        case promoted
    }

    /// The layers one behind another, leaves first.
    let nodes: [ClaimHash]
    private let leafCount: Int
    private let oddNode: OddNode

    /// The tree over `leaves`, two nodes joined by `node`.
    init(_ leaves: [ClaimHash], oddNode: OddNode, node: (ClaimHash, ClaimHash) -> ClaimHash) {
        var nodes = leaves
        nodes.reserveCapacity(2 * leaves.count + Int.bitWidth)
        var (start, count) = (0, leaves.count)
        while count > 1 {
            for left in stride(from: start, to: start + count, by: 2) {
                if left + 1 < start + count {
                    nodes.append(node(nodes[left], nodes[left + 1]))
                } else {
                    nodes.append(oddNode == .promoted ? nodes[left] : node(nodes[left], nodes[left]))
                }
            }
            (start, count) = (start + count, (count + 1) / 2)
        }
        self.nodes = nodes
        self.leafCount = leaves.count
        self.oddNode = oddNode
    }

    var root: ClaimHash? { nodes.last }

    func siblings(of index: Int) -> [Int] {
        var siblings: [Int] = []
        siblings.reserveCapacity(Int.bitWidth - leafCount.leadingZeroBitCount)
        var (start, count, place) = (0, leafCount, index)
        while count > 1 {
            let sibling = place ^ 1
            if sibling < count {
                siblings.append(start + sibling)
            } else if oddNode == .joinedWithItself {
                siblings.append(start + place)
            }
            (start, count, place) = (start + count, (count + 1) / 2, place / 2)
        }
        return siblings
    }
}
