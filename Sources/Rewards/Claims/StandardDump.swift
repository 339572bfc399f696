/// `claims/<scheme>.standard-v1.json`: the tree of a set in the form that OpenZeppelin's `StandardMerkleTree.load` reads.
///
/// Source of the form: OpenZeppelin/merkle-tree, `src/standard.ts`, `dump`. The members are sorted as in all files here.
public enum StandardDump {
    /// Whether there is such a file of `set`: the scheme is one of OpenZeppelin's, and there are claims.
    public static func isMade(of set: ClaimSet) -> Bool {
        set.scheme is any StandardMerkleScheme && set.tree is HeapTree && !set.claims.isEmpty
    }

    /// Writes the tree of `set`, piece by piece.
    ///
    /// - Returns: false, with nothing written, where the scheme is none of OpenZeppelin's or there are no claims, of
    ///   which the library makes no tree.
    public static func write<Failure: Error>(
        _ set: ClaimSet, to consume: @escaping ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        guard let scheme = set.scheme as? any StandardMerkleScheme, let tree = set.tree as? HeapTree,
            !set.claims.isEmpty
        else { return false }
        var sink = ByteSink(consume)
        sink.append("{\"format\":\"standard-v1\",\"leafEncoding\":")
        sink.append(strings: type(of: scheme).leafEncoding)
        sink.append(",\"tree\":[")
        for (place, node) in tree.nodes.enumerated() {
            if place > 0 { sink.append(",") }
            sink.append(node)
            try sink.flush()
        }
        sink.append("],\"values\":[")
        for (index, claim) in set.claims.enumerated() {
            sink.append(index == 0 ? "{" : ",{")
            sink.append("\"treeIndex\":\(tree.places[index]),\"value\":")
            sink.append(strings: scheme.values(of: claim))
            sink.append("}")
            try sink.flush()
        }
        sink.append("]}")
        try sink.flush(isLast: true)
        return true
    }
}

extension ByteSink {
    /// Appends an array of strings in which nothing has to be escaped.
    fileprivate mutating func append(strings: [String]) {
        append("[\"")
        append(strings.joined(separator: "\",\""))
        append("\"]")
    }
}
