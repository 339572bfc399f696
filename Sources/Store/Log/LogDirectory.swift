import Canonical
import Glibc
import Rewards

/// The files of a log (c2sp.org/tlog-tiles), below one directory: `checkpoint`, `tile/...`, and `head`, which says up to
/// where entries are written.
///
/// Entries are written first, then hashes, then `head`; the checkpoint changes only when somebody signs. So whatever
/// moment a run is killed at, the checkpoint and all it promises stay, and the next run writes the same again.
public struct LogDirectory: Sendable {
    /// The directory.
    public let path: String

    /// The log in the directory `path`, which need not be there yet.
    public init(_ path: String) {
        self.path = path
    }

    private var headPath: String { "\(path)/head" }
    private var checkpointPath: String { "\(path)/checkpoint" }

    /// The bytes of `tile`; where the partial tile is gone, they are taken from the full one in its place.
    public func bytes(of tile: LogTile) throws -> [UInt8] {
        do throws(FileFailure) {
            return try StoredFile.read("\(path)/\(tile.path)", maxBytes: TileBytes.max)
        } catch {
            guard error.code == ENOENT, !tile.isFull else { throw error }
            guard let full = try optional("\(path)/\(tile.full.path)", maxBytes: TileBytes.max) else {
                throw error
            }
            return try TileBytes.bytes(of: tile, inFull: full)
        }
    }

    /// Whether any file of a log is there.
    public var isThere: Bool {
        [headPath, checkpointPath, "\(path)/tile"].contains { DirectoryListing.exists($0) }
    }

    /// Whether there are tiles, and neither a head nor a checkpoint, so that nothing says up to where they count.
    public var hasTilesAlone: Bool {
        DirectoryListing.exists("\(path)/tile") && !DirectoryListing.exists(headPath)
            && !DirectoryListing.exists(checkpointPath)
    }

    /// Up to where the log is written.
    public func head() throws -> LogHead {
        if let bytes = try optional(headPath, maxBytes: LogHead.maxBytes) {
            return try LogHead(parsing: bytes)
        }
        // A copy of what a web server serves may lack it: what is signed is there.
        guard let note = try checkpoint() else { return .empty }
        let checkpoint = try Checkpoint(text: note.text)
        return LogHead(size: checkpoint.size, root: checkpoint.root)
    }

    /// What was signed last; nil where nothing was. Its signatures are not verified.
    public func checkpoint() throws -> SignedNote? {
        try optional(checkpointPath, maxBytes: SignedNote.maxBytes).map { try SignedNote(parsing: $0) }
    }

    /// All entries up to the head.
    public func contents() throws -> LogContents {
        try LogContents(size: try head().size) { try bytes(of: $0) }
    }

    /// Writes `entries` behind the others. Only for the holder of the lock.
    ///
    /// - Returns: Up to where the log is written then.
    @discardableResult
    public func append(_ entries: [LogEntry]) throws -> LogHead {
        let head = try head()
        guard !entries.isEmpty else { return head }
        let growth = try LogGrowth(of: head.size, appending: entries.map(\.bytes)) { try bytes(of: $0) }
        for (tile, bytes) in growth.tiles {
            let target = "\(path)/\(tile.path)"
            try DurableWrite.directory(DurableWrite.split(target).directory)
            try DurableWrite.file(bytes, at: target)
        }
        let grown = LogHead(size: growth.size, root: growth.root)
        try DurableWrite.file(grown.bytes, at: headPath)
        try removeSupersededTiles()
        return grown
    }

    /// Publishes `note`, the signed checkpoint of entries that are written.
    public func publish(_ note: SignedNote) throws {
        try DurableWrite.file(note.bytes, at: checkpointPath)
    }

    /// Removes temporary files of a run that was killed, and partial tiles where the full one is there. Only for the
    /// holder of the lock.
    public func clean() throws {
        guard DirectoryListing.exists(path) else { return }
        try DurableWrite.removeLeftovers(in: path)
        for directory in try directories() { try DurableWrite.removeLeftovers(in: directory) }
        try removeSupersededTiles()
    }

    private func removeSupersededTiles() throws {
        for directory in try directories() where directory.hasSuffix(".p") {
            if DirectoryListing.exists(String(directory.dropLast(2))) {
                try DirectoryListing.removeTree(directory)
                try DurableWrite.synchronizeDirectory(DurableWrite.split(directory).directory)
            }
        }
    }

    /// The directories below the log's.
    private func directories() throws -> [String] {
        var found: [String] = []
        var waiting = [path]
        while let directory = waiting.popLast() {
            for name in try DirectoryListing.names(in: directory) {
                let below = "\(directory)/\(name)"
                guard DirectoryListing.isDirectory(below) else { continue }
                found.append(below)
                waiting.append(below)
            }
        }
        return found
    }

    private func optional(_ path: String, maxBytes: Int) throws -> [UInt8]? {
        do throws(FileFailure) { return try StoredFile.read(path, maxBytes: maxBytes) } catch {
            if error.code == ENOENT { return nil }
            throw error
        }
    }
}
