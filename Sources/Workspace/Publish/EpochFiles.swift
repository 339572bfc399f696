import Canonical
import Rewards
import Store

/// The published files of epochs: `epochs/<id>/manifest.json` and `epochs/<id>/verdicts.jsonl`.
public enum EpochFiles {
    /// The signed record of an epoch.
    public static let manifestName = "manifest.json"
    /// The signatures of the manifest, where there are any.
    public static let noteName = "manifest.note"
    /// What became of every frame the epoch counts.
    public static let verdictsName = "verdicts.jsonl"
    static let maxBytes = 4 << 30

    /// The directory of `epoch`.
    public static func directory(_ epoch: Epoch, _ layout: WorkspaceLayout) -> String {
        "\(layout.epochs)/\(epoch.id)"
    }

    /// The manifest in the directory `path`.
    public static func manifest(in path: String) throws -> Manifest {
        let bytes = try StoredFile.read("\(path)/\(manifestName)", maxBytes: maxBytes)
        do throws(JSONError) { return try Manifest(json: bytes) } catch {
            throw WorkspaceError.publishedDamage("\(path)/\(manifestName): \(error)")
        }
    }

    /// Writes both files as one new directory. Where it is there already, left by a run that was killed before it
    /// could note so, it must hold the same bytes: an epoch never changes.
    static func write(manifest: [UInt8], verdicts: [UInt8], to path: String) throws {
        if DirectoryListing.exists(path) {
            guard try StoredFile.read("\(path)/\(manifestName)", maxBytes: maxBytes) == manifest,
                try StoredFile.read("\(path)/\(verdictsName)", maxBytes: maxBytes) == verdicts
            else { throw WorkspaceError.publishedDamage("\(path) is not what its sealed frames give") }
            return
        }
        let temporary = DurableWrite.temporaryDirectory(for: path)
        if DirectoryListing.exists(temporary) { try DirectoryListing.removeTree(temporary) }
        try DurableWrite.directory(temporary)
        try DurableWrite.file(manifest, at: "\(temporary)/\(manifestName)")
        try DurableWrite.file(verdicts, at: "\(temporary)/\(verdictsName)")
        try DurableWrite.rename(directory: temporary, to: path)
    }

    /// The ids of epochs, their files in the same order, and rulesets by their names.
    public typealias Published = (
        epochs: [String], chain: [(manifest: [UInt8], verdicts: [UInt8])], rulesets: [ContentHash: [UInt8]]
    )

    /// Everything an outsider needs to recompute the epochs below `root` (the directory `published`), in order.
    public static func publishedChain(_ root: String) throws -> Published {
        let epochs = try DirectoryListing.names(in: "\(root)/epochs").filter { !$0.hasPrefix(".") }
        let chain = try epochs.map { epoch in
            (
                manifest: try StoredFile.read("\(root)/epochs/\(epoch)/\(manifestName)", maxBytes: maxBytes),
                verdicts: try StoredFile.read("\(root)/epochs/\(epoch)/\(verdictsName)", maxBytes: maxBytes)
            )
        }
        var rulesets: [ContentHash: [UInt8]] = [:]
        for name in try DirectoryListing.names(in: "\(root)/rulesets") where name.hasSuffix(".json") {
            guard let hash = ContentHash(hex: String(name.dropLast(5))) else { continue }
            rulesets[hash] = try StoredFile.read("\(root)/rulesets/\(name)", maxBytes: 1 << 20)
        }
        return (epochs, chain, rulesets)
    }
}
