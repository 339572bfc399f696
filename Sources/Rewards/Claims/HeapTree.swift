/// The tree of OpenZeppelin's `merkle-tree`: a heap of 2n - 1 nodes in one array, root first, the children of node i at
/// 2i + 1 and 2i + 2, the leaves sorted and put in from the end.
struct HeapTree: ClaimTree {
    /// The heap.
    let nodes: [ClaimHash]
    /// Where in the heap each leaf lies, in the order the leaves were given.
    let places: [Int]

    /// The tree over `leaves` in ascending order, two nodes joined by `node`.
    init(_ leaves: [ClaimHash], node: (ClaimHash, ClaimHash) -> ClaimHash) {
        let sorted = leaves.enumerated().map { (hash: $1, leaf: $0) }.sorted { $0.hash < $1.hash }
        self.init(leaves, order: sorted.map(\.leaf), node: node)
    }

    /// The tree over `leaves`, of which the first that `order` names is the last node, two nodes joined by `node`.
    init(_ leaves: [ClaimHash], order: [Int], node: (ClaimHash, ClaimHash) -> ClaimHash) {
        let inner = max(0, leaves.count - 1)
        var places = [Int](repeating: 0, count: leaves.count)
        for (number, leaf) in order.enumerated() { places[leaf] = inner + leaves.count - 1 - number }
        var nodes: [ClaimHash] = []
        nodes.reserveCapacity(inner + leaves.count)
        if let filler = leaves.first { nodes.append(contentsOf: repeatElement(filler, count: inner)) }
        nodes.append(contentsOf: order.reversed().lazy.map { leaves[$0] })
        for place in (0..<inner).reversed() {
            nodes[place] = node(nodes[2 * place + 1], nodes[2 * place + 2])
        }
        self.nodes = nodes
        self.places = places
    }

    var root: ClaimHash? { nodes.first }

    func siblings(of index: Int) -> [Int] {
        var siblings: [Int] = []
        var place = places[index]
        siblings.reserveCapacity(Int.bitWidth - place.leadingZeroBitCount)
        while place > 0 {
            siblings.append(place % 2 == 0 ? place - 1 : place + 1)
            place = (place - 1) / 2
        }
        return siblings
    }
}
