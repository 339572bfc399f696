import Canonical
import Glibc

/// The kept frames, each under the SHA-256 of its bytes as delivered: `blobs/ab/abcd...`. What is kept of them may be
/// stripped; the catalog knows the hash of that.
public struct BlobStore: Sendable {
    private let root: String

    /// The blobs below `root`.
    public init(root: String) {
        self.root = root
    }

    /// The path of the blob `hash`, whether it is there or not.
    public func path(of hash: ContentHash) -> String {
        let hex = hash.hex
        return "\(root)/\(hex.prefix(2))/\(hex)"
    }

    /// Makes the 256 directories of the store.
    public func prepare() throws(FileFailure) {
        try DurableWrite.directory(root)
        for byte in UInt8.min...UInt8.max {
            try DurableWrite.directory("\(root)/\(Hexadecimal.text([byte]))")
        }
    }

    /// Marks that copies are being written, first clearing away what a killed run left half written.
    public func beginWriting() throws(FileFailure) -> BlobWriting {
        try DurableWrite.removeLeftovers(in: root)
        if DirectoryListing.exists(unfinished) {
            for directory in try DirectoryListing.names(in: root) where directory.utf8.count == 2 {
                try DurableWrite.removeLeftovers(in: "\(root)/\(directory)")
            }
        }
        try DurableWrite.file([], at: unfinished)
        return try BlobWriting(self, below: root, mark: unfinished)
    }

    /// Removes the blobs `hashes` durably, and returns how many of them there were.
    public func remove(_ hashes: [ContentHash]) throws(FileFailure) -> Int {
        let directories = Dictionary(grouping: hashes.map(\.hex)) { $0.prefix(2) }
        var count = 0
        for (directory, names) in directories.sorted(by: { $0.key < $1.key }) {
            count += try DurableWrite.remove(names, in: "\(root)/\(directory)")
        }
        return count
    }

    /// Whether a run was killed while it wrote copies, which may lie there though no frame names them.
    public var wasInterrupted: Bool { DirectoryListing.exists(unfinished) }

    /// Says that blobs may be half written: reading every directory of the store at every start would cost more
    /// than a run with nothing to do may.
    private var unfinished: String { "\(root)/unfinished" }

    /// The bytes of the blob `hash`; nil where there is none.
    ///
    /// - Throws: ``FileFailure``; with `EFBIG` where it has more than `maxBytes`.
    public func read(_ hash: ContentHash, maxBytes: Int = .max) throws(FileFailure) -> [UInt8]? {
        let path = path(of: hash)
        guard DirectoryListing.exists(path) else { return nil }
        // A FIFO in its place must not make the reader wait.
        let file = try FileDescriptor(opening: path, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure("read", path, code: EINVAL) }
        guard status.st_size <= maxBytes else { throw FileFailure("read", path, code: EFBIG) }
        return try file.read(0..<Int(status.st_size))
    }

    /// The hashes of all blobs in the store, and the names that are no blob's.
    public func contents() throws(FileFailure) -> (blobs: [ContentHash], strangers: [String]) {
        var blobs: [ContentHash] = []
        var strangers: [String] = []
        for directory in try DirectoryListing.names(in: root) where directory != "unfinished" {
            guard DirectoryListing.isDirectory("\(root)/\(directory)") else {
                if !directory.hasPrefix(DurableWrite.temporaryPrefix) {
                    strangers.append("\(root)/\(directory)")
                }
                continue
            }
            for name in try DirectoryListing.names(in: "\(root)/\(directory)") {
                if let hash = ContentHash(hex: name), name.hasPrefix(directory) {
                    blobs.append(hash)
                } else if !name.hasPrefix(DurableWrite.temporaryPrefix) {
                    strangers.append("\(root)/\(directory)/\(name)")
                }
            }
        }
        return (blobs, strangers)
    }
}
