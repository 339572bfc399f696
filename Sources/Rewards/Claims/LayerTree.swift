/// A tree of layers, each half as long as the one below it, over leaves in the order they are given.
struct LayerTree: ClaimTree {
    /// What becomes of the last node of a layer of odd length.
    enum OddNode: Sendable {
        /// It is joined with itself, and is its own sibling in proofs.
        case joinedWithItself
        /// It goes up as it is, and has no sibling there.
        case promoted
    }

    private let layers: [[ClaimHash]]
    private let oddNode: OddNode

    /// The tree over `leaves`, two nodes joined by `node`.
    init(_ leaves: [ClaimHash], oddNode: OddNode, node: (ClaimHash, ClaimHash) -> ClaimHash) {
        var layers = [leaves]
        var layer = leaves
        while layer.count > 1 {
            var above: [ClaimHash] = []
            above.reserveCapacity((layer.count + 1) / 2)
            for left in stride(from: 0, to: layer.count, by: 2) {
                if left + 1 < layer.count {
                    above.append(node(layer[left], layer[left + 1]))
                } else {
                    above.append(
                        oddNode == .promoted ? layer[left] : node(layer[left], layer[left]))
                }
            }
            layers.append(above)
            layer = above
        }
        self.layers = layers
        self.oddNode = oddNode
    }

    var root: ClaimHash? { layers.last?.first }

    func proof(of index: Int) -> [ClaimHash] {
        var proof: [ClaimHash] = []
        var place = index
        for layer in layers.dropLast() {
            let sibling = place ^ 1
            if sibling < layer.count {
                proof.append(layer[sibling])
            } else if oddNode == .joinedWithItself {
                proof.append(layer[place])
            }
            place /= 2
        }
        return proof
    }
}
