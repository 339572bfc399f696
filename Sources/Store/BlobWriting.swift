import Canonical
import Glibc

/// What one run writes into a ``BlobStore``, between ``BlobStore/beginWriting()`` and ``end()``.
public struct BlobWriting: Sendable {
    private let store: BlobStore
    /// Opened before the first blob is written, so that no write error goes unseen.
    private let root: FileDescriptor
    /// The file that says that blobs may be half written.
    private let mark: String

    init(_ store: BlobStore, below root: String, mark: String) throws(FileFailure) {
        self.store = store
        self.mark = mark
        self.root = try FileDescriptor(opening: root, flags: O_RDONLY | O_DIRECTORY)
    }

    /// Writes the blob of `bytes` under a temporary name; nil where the store has it already.
    public func stage(_ bytes: [UInt8], hash: ContentHash) throws(FileFailure) -> PendingFile? {
        let path = store.path(of: hash)
        return DirectoryListing.exists(path) ? nil : try PendingFile(bytes, at: path, synchronized: false)
    }

    /// Gives staged blobs their names, durably.
    public func commit(_ pending: [PendingFile]) throws(FileFailure) {
        try DurableWrite.files(pending, on: root)
    }

    /// Says that all blobs have their names.
    public func end() throws(FileFailure) {
        _ = try retrying("unlink", mark) { Int(unlink(mark)) }
    }
}
