import Canonical
import Rewards
import Store

/// The published files of epochs: `epochs/<id>/manifest.json` and the files beside it.
public enum EpochFiles {
    /// The record of an epoch.
    public static let manifestName = "manifest.json"
    /// The signatures of the manifest, where there are any.
    public static let noteName = "manifest.note"
    static let maxManifestBytes = 1 << 28
    static let maxRulesetBytes = 1 << 20
    /// What a processor's cache holds, and the allocator gives again without asking the kernel for clean pages.
    private static let pieceBytes = 1 << 17

    /// The directory of `epoch`.
    public static func directory(_ epoch: Epoch, _ layout: WorkspaceLayout) -> String {
        "\(layout.epochs)/\(epoch.id)"
    }

    /// The manifest in the directory `path`.
    public static func manifest(in path: String) throws -> Manifest {
        let bytes = try StoredFile.read("\(path)/\(manifestName)", maxBytes: maxManifestBytes)
        do throws(JSONError) { return try Manifest(json: bytes) } catch {
            throw WorkspaceError.publishedDamage("\(path)/\(manifestName): \(error)")
        }
    }

    /// The lines of a file in the directory `path`, read piece by piece; nil where it is not there.
    public static func lines(of file: EpochFile, in path: String) throws -> LineReader? {
        let name = "\(path)/\(file.name)"
        guard DirectoryListing.exists(name) else { return nil }
        let pieces = try StoredFile.Pieces(name, ofBytes: pieceBytes)
        return LineReader { try pieces.next() }
    }

    /// Gives what `parse` makes of every line of a file in the directory `path` to `body`.
    public static func forEach<Line>(
        _ file: EpochFile, in path: String, _ parse: ([UInt8]) throws(JSONError) -> Line,
        _ body: (Line) throws -> Void
    ) throws {
        guard var reader = try lines(of: file, in: path) else {
            throw WorkspaceError.publishedDamage("\(path)/\(file.name) is not there")
        }
        while true {
            let parsed: Line
            do {
                guard let line = try reader.next() else { return }
                parsed = try parse(line)
            } catch let error as JSONError {
                throw WorkspaceError.publishedDamage("\(path)/\(file.name) line \(reader.count): \(error)")
            }
            try body(parsed)
        }
    }

    /// The files in the directory `path` of an epoch.
    static func published(_ path: String) throws -> PublishedEpoch {
        let name = "\(path)/\(manifestName)"
        return PublishedEpoch(
            manifest: DirectoryListing.exists(name)
                ? try StoredFile.read(name, maxBytes: maxManifestBytes) : nil
        ) { try lines(of: $0, in: path) }
    }

    /// The ids of epochs, their files in the same order, and rulesets by their names.
    public typealias Published = (
        epochs: [String], chain: [PublishedEpoch], rulesets: [ContentHash: [UInt8]]
    )

    /// Everything an outsider needs to recompute the epochs below `root` (the directory `published`), in order.
    public static func publishedChain(_ root: String) throws -> Published {
        let epochs = try DirectoryListing.names(in: "\(root)/epochs").filter { !$0.hasPrefix(".") }
        let chain = try epochs.map { try published("\(root)/epochs/\($0)") }
        var rulesets: [ContentHash: [UInt8]] = [:]
        for name in try DirectoryListing.names(in: "\(root)/rulesets") where name.hasSuffix(".json") {
            guard let hash = ContentHash(hex: String(name.dropLast(5))) else { continue }
            rulesets[hash] = try StoredFile.read("\(root)/rulesets/\(name)", maxBytes: maxRulesetBytes)
        }
        return (epochs, chain, rulesets)
    }
}
