import Canonical
import Rewards
import Store

/// Makes receipts: proofs that an award is in a manifest that the signed log has.
public struct AwardProving {
    private let published: String

    /// Proves awards of the epochs below the directory `published`.
    public init(published: String) {
        self.published = published
    }

    /// The receipt of `contributor`'s award in `epoch`; nil where there is none.
    ///
    /// - Throws: ``LogError`` where no signed checkpoint covers the manifest yet.
    public func receipt(of contributor: String, in epoch: Epoch) throws -> AwardReceipt? {
        let path = "\(published)/epochs/\(epoch.id)"
        let manifest = try StoredFile.read(
            "\(path)/\(EpochFiles.manifestName)", maxBytes: EpochFiles.maxManifestBytes)
        guard var reader = try EpochFiles.lines(of: .awards, in: path) else { return nil }
        var levels = HashLevels()
        var own: (line: [UInt8], index: UInt64)?
        while let line = try reader.next() {
            if own == nil {
                do throws(JSONError) {
                    if try Award(line: line).contributor.hasSameBytes(as: contributor) {
                        own = (line, levels.size)
                    }
                } catch {
                    throw WorkspaceError.publishedDamage(
                        "\(path)/\(EpochFile.awards.name) line \(reader.count): \(error)")
                }
            }
            levels.append(leafHash: MerkleTree.leafHash(of: line))
        }
        guard let own else { return nil }
        let proving = LogProving(published: published)
        guard let entry = try proving.index(of: ContentHash.of(manifest).hex) else {
            throw LogError(
                .proofForm,
                "the log does not have the manifest of \(epoch) yet; 'waggle epoch close' appends it")
        }
        return AwardReceipt(
            award: own.line, awardIndex: own.index,
            awardPath: try levels.inclusionProof(of: own.index, in: levels.size), manifest: manifest,
            proof: try proving.proof(of: entry))
    }
}
