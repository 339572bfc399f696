import Canonical
import Glibc
import Rewards
import Stages
import Store

/// An open workspace: its layout, its ruleset, and its stores.
public struct Workspace: Sendable {
    /// Where everything lies.
    public let layout: WorkspaceLayout
    /// The ruleset in force.
    public let ruleset: Ruleset
    /// Who delivered what, and what became of it.
    public let catalog: Catalog
    /// The kept frames.
    public let blobs: BlobStore
    /// What was not taken in.
    public let quarantine: Quarantine
    /// The right to change the workspace; nil where it was opened for reading.
    private let lock: WorkspaceLock?

    /// The format of `waggle.json`.
    private static let format = "waggle-workspace/1"

    /// What one wants of a workspace.
    public enum Access: Sendable {
        /// To look at it.
        case reading
        /// To change it, alone.
        case changing
    }

    /// Makes a workspace in `path`, which must not exist or be empty, with `ruleset`.
    public static func create(_ path: String, ruleset: Ruleset = .standard) throws {
        let layout = WorkspaceLayout(root: path)
        if DirectoryListing.exists(layout.marker) { throw WorkspaceError.alreadyThere(path) }
        // What was begun is finished by the next try; anything else in the way is somebody's.
        let begun = DurableWrite.temporaryDirectory(for: layout.marker)
        if DirectoryListing.exists(path), !DirectoryListing.exists(begun),
            try !DirectoryListing.names(in: path).isEmpty
        {
            throw WorkspaceError.notEmpty(path)
        }
        try DurableWrite.directory(begun)
        for directory in layout.directories { try DurableWrite.directory(directory) }
        try BlobStore(root: layout.blobs).prepare()
        try DurableWrite.file(ruleset.canonicalJSON.line, at: layout.ruleset)
        try DurableWrite.file(
            ruleset.canonicalJSON.bytes, at: "\(layout.rulesets)/\(ruleset.contentHash.hex).json")
        _ = try Catalog(path: layout.catalog, for: .making)
        // The marker comes last: a directory that has it is a whole workspace.
        let marker = CanonicalJSON.object([
            "format": .string(format), "ruleset": .string(ruleset.contentHash.hex),
        ])
        try DurableWrite.file(marker.line, at: layout.marker)
        try DurableWrite.removeLeftovers(in: layout.root)
    }

    /// Opens the workspace `path`.
    public init(_ path: String, for access: Access) throws {
        layout = WorkspaceLayout(root: path)
        guard DirectoryListing.exists(layout.marker) else { throw WorkspaceError.noWorkspace(path) }
        switch access {
        case .reading: lock = nil
        case .changing:
            lock = try WorkspaceLock(layout.lock)
            for directory in [layout.root, layout.published, layout.generations, layout.epochs] {
                try DurableWrite.removeLeftovers(in: directory)
            }
        }
        ruleset = try Self.readRuleset(layout)
        catalog = try Catalog(path: layout.catalog, for: lock == nil ? .reading : .changing)
        blobs = BlobStore(root: layout.blobs)
        quarantine = Quarantine(root: layout.quarantine)
    }

    /// The ruleset in force, which must be the one the workspace was made with: what was measured under one
    /// ruleset is not to be paid under another.
    private static func readRuleset(_ layout: WorkspaceLayout) throws -> Ruleset {
        var marker = try JSONObjectReader(
            try JSONReader.read(try StoredFile.read(layout.marker, maxBytes: 1 << 16)))
        guard try marker.string("format") == format else { throw WorkspaceError.foreignFormat(layout.marker) }
        let expected = try marker.string("ruleset")
        let bytes = try StoredFile.read(layout.ruleset, maxBytes: 1 << 20)
        do throws(JSONError) {
            let ruleset = try Ruleset(json: bytes)
            guard ruleset.contentHash.hex == expected else {
                throw JSONError(reason: "its hash is \(ruleset.contentHash.hex), not \(expected)", place: "$")
            }
            return ruleset
        } catch {
            throw WorkspaceError.rulesetChanged(layout.ruleset, error.description)
        }
    }
}

extension Ruleset {
    /// Characters of the geohash cells of coverage.
    public var cellPrecision: Int { Int(clamping: score.cellPrecision) }
}
