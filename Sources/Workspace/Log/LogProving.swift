import Canonical
import Rewards
import Store

/// Makes proofs that the published checkpoint of a log covers an entry.
public struct LogProving {
    private let log: LogDirectory

    /// Proves entries of the log below the directory `published`.
    public init(published: String) {
        log = LogDirectory("\(published)/log")
    }

    /// The proof of the entry `index`, with the entry itself as its extra data, so that it can be verified alone.
    ///
    /// - Throws: ``LogError`` where no signed checkpoint covers it.
    public func proof(of index: UInt64) throws -> LogProof {
        guard let note = try log.checkpoint() else {
            throw LogError(.proofForm, "the log has no signed checkpoint yet; see 'waggle log sign'")
        }
        let checkpoint = try Checkpoint(text: note.text)
        guard index < checkpoint.size else {
            throw LogError(
                .proofForm,
                "the checkpoint covers \(checkpoint.size) entries, and not number \(index); see "
                    + "'waggle log sign'")
        }
        let tile = LogTile(
            .entries, index: index / 256, width: Int(min(256, checkpoint.size - index / 256 * 256)))
        let entries = try TileBytes.entries(try log.bytes(of: tile), of: tile)
        let tree = TiledTree(size: checkpoint.size) { try log.bytes(of: $0) }
        return LogProof(
            extra: entries[Int(index % 256)], index: index,
            path: try tree.inclusionProof(of: index, in: checkpoint.size), checkpoint: note)
    }

    /// The number of the entry that `name` names: a number, the SHA-256 of a manifest, ruleset or correction, or the hash
    /// of the leaf; nil where there is none. Of several entries about one manifest, the one that names it first.
    public func index(of name: String) throws -> UInt64? {
        if let number = UInt64(name) { return number }
        guard let hash = ContentHash(hex: name) else { return nil }
        let contents = try log.contents()
        return contents.entries.firstIndex { $0.subject == hash || $0.leafHash == hash }.map(UInt64.init)
    }
}

extension LogEntry {
    /// The SHA-256 of what the entry is about; nil where it has none.
    public var subject: ContentHash? {
        switch self {
        case .ruleset(let hash), .manifest(_, let hash), .correction(_, let hash), .final(_, let hash): hash
        case .inputsSealed(let sealed): sealed.root
        case .keyRotation: nil
        }
    }
}
