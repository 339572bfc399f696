/// A ``LayerTree`` over sorted leaves that still answers by the order they were given in.
struct SortedLayerTree: ClaimTree {
    private let tree: LayerTree
    private let places: [Int]

    /// The tree over `leaves`, the last node of an odd layer going up as it is.
    init(_ leaves: [ClaimHash]) {
        let order = leaves.indices.sorted { leaves[$0] < leaves[$1] }
        var places = [Int](repeating: 0, count: leaves.count)
        for (place, leaf) in order.enumerated() { places[leaf] = place }
        self.places = places
        tree = LayerTree(order.map { leaves[$0] }, oddNode: .promoted, node: StandardLeaf.node)
    }

    var nodes: [ClaimHash] { tree.nodes }
    var root: ClaimHash? { tree.root }

    func siblings(of index: Int) -> [Int] { tree.siblings(of: places[index]) }
}
