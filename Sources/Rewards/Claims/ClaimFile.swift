import Canonical

/// `claims/<scheme>.json`: the claims of an epoch with their proofs, in canonical JSON.
public enum ClaimFile {
    /// The `format` of the file.
    public static let format = "waggle-claims/1"

    /// Writes the file of `set`, piece by piece: of 200,000 claims it has 280 million bytes.
    public static func write<Failure: Error>(
        _ set: ClaimSet, to consume: @escaping ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var sink = ByteSink(consume)
        sink.append("{\"claims\":[")
        let texts = NodeTexts(set.tree.nodes)
        let isNumbered = type(of: set.scheme).isNumbered
        for (index, claim) in set.claims.enumerated() {
            sink.append(index == 0 ? "{\"accounts\":[" : ",{\"accounts\":[")
            sink.append(claim.shares)
            sink.append("],\"address\":\"")
            sink.append(claim.address.text)
            sink.append("\",\"amount\":\"")
            sink.append(String(claim.amount))
            sink.append(isNumbered ? "\",\"index\":\(index),\"proof\":[" : "\",\"proof\":[")
            for (place, sibling) in set.tree.siblings(of: index).enumerated() {
                if place > 0 { sink.append(",") }
                sink.append(texts[sibling])
            }
            sink.append("]}")
            try sink.flush()
        }
        sink.append("],\"decimals\":\(set.scale.decimals),\"epoch\":")
        sink.append(quoted: set.epoch)
        sink.append(",\"format\":\"\(format)\",\"parameters\":")
        sink.append(CanonicalJSON.object(set.scheme.parameters.mapValues { .string($0) }).text)
        sink.append(",\"root\":")
        if let root = set.root { sink.append(root) } else { sink.append("null") }
        sink.append(",\"scale\":\"\(set.scale.factor)\",\"scheme\":\"\(set.schemeName)\"")
        sink.append(",\"total\":\"\(set.total)\",\"unbound\":[")
        for (index, total) in set.unbound.enumerated() {
            if index > 0 { sink.append(",") }
            sink.append([total])
            try sink.flush()
        }
        sink.append("]}")
        try sink.flush(isLast: true)
    }

    /// The whole file of `set`.
    public static func bytes(_ set: ClaimSet) -> [UInt8] {
        var bytes: [UInt8] = []
        write(set) { bytes += $0 }
        return bytes
    }
}

extension ByteSink {
    /// Appends accounts and their points as JSON objects with commas between them.
    fileprivate mutating func append(_ totals: [AccountTotal]) {
        for (index, total) in totals.enumerated() {
            append(index == 0 ? "{\"account\":" : ",{\"account\":")
            append(quoted: total.account)
            append(",\"points\":\"\(total.points)\"}")
        }
    }
}

/// The nodes of a tree as JSON strings, written once: in proofs a node occurs nine times on average.
private struct NodeTexts {
    /// Bytes of each: quotes, `0x`, 64 digits.
    private static let count = 68
    private var bytes: [UInt8] = []

    init(_ nodes: [ClaimHash]) {
        bytes.reserveCapacity(nodes.count * Self.count)
        for node in nodes { node.appendQuoted(to: &bytes) }
    }

    subscript(node: Int) -> ArraySlice<UInt8> { bytes[node * Self.count..<(node + 1) * Self.count] }
}
