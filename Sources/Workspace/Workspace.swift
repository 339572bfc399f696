import Canonical
import Glibc
import Rewards
import Stages
import Store

/// An open workspace: its layout, its rulesets, and its stores.
public struct Workspace: Sendable {
    /// Where everything lies.
    public let layout: WorkspaceLayout
    /// Which ruleset holds when.
    public let rulesets: RulesetSchedule
    /// Characters of the geohash cells of coverage, in all of them.
    public var cellPrecision: Int { Int(clamping: rulesets.first.score.cellPrecision) }
    /// Who delivered what, and what became of it.
    public let catalog: Catalog
    /// The kept frames.
    public let blobs: BlobStore
    /// What was not taken in.
    public let quarantine: Quarantine
    /// What the map calls contributors and drives.
    let pseudonyms: Pseudonyms
    /// The secret salt; nil where the workspace was made without one.
    let secretSalt: [UInt8]?
    /// Whether the salt of the pseudonyms is a secret one.
    public var hasSecretSalt: Bool { secretSalt != nil }
    /// The right to change the workspace; nil where it was opened for reading.
    private let lock: WorkspaceLock?
    /// The copied catalog of a rehearsal.
    private let scratch: ScratchCopy?

    /// Whether changes are only tried out: nothing but the catalog, which is a copy, may be written.
    var isRehearsal: Bool { scratch != nil }

    /// What one wants of a workspace.
    public enum Access: Sendable {
        /// To look at it.
        case reading
        /// To change it, alone.
        case changing
        /// To try out what a change would do: on a copy of the catalog, and nothing else is written.
        case rehearsing
    }

    /// The fewest and the most bytes of a secret salt.
    public static let saltBytes = 16...4096

    /// Makes a workspace in `path`, which must not exist or be empty, with `ruleset`, and with pseudonyms salted by
    /// `salt`, of ``saltBytes`` bytes; by the ruleset's hash where there is none.
    public static func create(_ path: String, ruleset: Ruleset = .standard, salt: [UInt8]? = nil) throws {
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
        if let salt { try DurableWrite.file(salt, at: layout.salt, mode: 0o600) }
        _ = try Catalog(path: layout.catalog, for: .making)
        try DurableWrite.file([], at: layout.lock)
        // The marker comes last: a directory that has it is a whole workspace.
        let marker = CanonicalJSON.object([
            "format": .string(WorkspaceMarker.format), "ruleset": .string(ruleset.contentHash.hex),
            // Another salt would give the same map other pseudonyms: losing the file must not go unseen.
            "salt": salt.map { .string(ContentHash.of($0).hex) } ?? .null,
        ])
        try DurableWrite.file(marker.line, at: layout.marker)
        try DurableWrite.removeLeftovers(in: layout.root)
    }

    /// Opens the workspace `path`.
    public init(_ path: String, for access: Access) throws {
        layout = WorkspaceLayout(root: path)
        guard DirectoryListing.exists(layout.marker) else { throw WorkspaceError.noWorkspace(path) }
        switch access {
        case .reading: (lock, scratch) = (nil, nil)
        case .rehearsing: (lock, scratch) = (nil, try Self.copiedCatalog(of: layout))
        case .changing:
            (lock, scratch) = (try WorkspaceLock(layout.lock), nil)
            let directories = [
                layout.root, layout.published, layout.generations, layout.epochs, layout.quarantine,
            ]
            for directory in directories { try DurableWrite.removeLeftovers(in: directory) }
            for directory in try layout.payouts.writtenDirectories() {
                try DurableWrite.removeLeftovers(in: directory)
            }
        }
        let marker = try WorkspaceMarker(layout)
        let first = try marker.ruleset(layout)
        let salt = try marker.salt(layout)
        secretSalt = salt
        pseudonyms = Pseudonyms(salt: salt ?? first.contentHash.bytes)
        catalog =
            try scratch.map { try Catalog(path: "\($0.path)/\(WorkspaceLayout.catalogName)", for: .changing) }
            ?? Catalog(path: layout.catalog, for: lock == nil ? .reading : .changing)
        rulesets = try catalog.rulesets(following: first)
        blobs = BlobStore(root: layout.blobs)
        quarantine = Quarantine(root: layout.quarantine)
    }

    /// A copy of the catalog and of what its write-ahead log has, made while nobody can be writing to them.
    private static func copiedCatalog(of layout: WorkspaceLayout) throws -> ScratchCopy {
        let lock = try WorkspaceLock(layout.lock)
        let scratch = try ScratchCopy()
        try withExtendedLifetime(lock) {
            for path in [layout.catalog, "\(layout.catalog)-wal"] where DirectoryListing.exists(path) {
                try scratch.add(path)
            }
        }
        return scratch
    }
}
