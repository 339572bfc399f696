import Canonical
import Rewards
import Store

/// Everything an outsider needs to recompute an epoch, in one file: the published files of the epoch and of all before it, and
/// the rulesets they list. Without the earlier ones nobody could tell what is fresh, trusted and owed.
///
/// The archive is a function of these files: whoever makes it anywhere, at whatever time, gets the same bytes.
public struct EpochArchive {
    /// The last epoch in it, and when that was sealed.
    public let epoch: Epoch, sealedAsOf: UTCTime
    /// How many epochs it has.
    public let epochs: Int
    /// The names in it, by their bytes.
    public let names: [String]
    private let root: String

    /// What an archive of `epoch` has of the directory `root` (`published`).
    ///
    /// - Throws: ``WorkspaceError/noSuchEpoch(_:)``; ``WorkspaceError/publishedDamage(_:)`` where a file is not there or a
    ///   manifest cannot be read.
    public init(_ epoch: Epoch, of root: String) throws {
        let all = try DirectoryListing.names(in: "\(root)/epochs").compactMap { Epoch(id: $0) }
        guard all.contains(epoch) else { throw WorkspaceError.noSuchEpoch(epoch.id) }
        var names: Set<String> = []
        var sealedAsOf = epoch.end
        let chain = all.filter { $0 <= epoch }.sorted()
        for earlier in chain {
            let manifest = try EpochFiles.manifest(in: "\(root)/epochs/\(earlier)")
            if earlier == epoch { sealedAsOf = manifest.sealedAsOf }
            for adoption in manifest.rulesets { names.insert("rulesets/\(adoption.ruleset.hex).json") }
            for name in [EpochFiles.manifestName] + EpochFile.allCases.map(\.name) {
                names.insert("epochs/\(earlier)/\(name)")
            }
        }
        for name in names.sorted(by: { $0.precedes($1) }) where !DirectoryListing.exists("\(root)/\(name)") {
            throw WorkspaceError.publishedDamage("\(root)/\(name) is not there")
        }
        self.epoch = epoch
        self.sealedAsOf = sealedAsOf
        self.root = root
        epochs = chain.count
        self.names = names.sorted { $0.precedes($1) }
    }

    /// Writes the archive to `path`, in place of a file of that name; its bytes' hash and count.
    public func write(to path: String) throws -> (sha256: ContentHash, bytes: Int) {
        try DurableWrite.file(at: path) { temporary in
            let tar = try TarOutput(temporary, time: sealedAsOf)
            for name in names { try tar.add("\(root)/\(name)", as: name) }
            try tar.finish()
        }
        let pieces = try StoredFile.Pieces(path, ofBytes: 1 << 20)
        var hasher = ContentHasher()
        while true {
            let piece = try pieces.next()
            if piece.isEmpty { return (hasher.finish(), pieces.size) }
            hasher.update(piece)
        }
    }
}
