import CLinux
import Glibc

/// A directory of files that gets its final name once all of them are complete and durable.
///
/// The files are written under their own names into a temporary directory beside the final one; one `syncfs` stands for
/// the fsync of each, as in ``DurableBatch``; then the directory is renamed. Whoever sees the final name sees all files.
public final class DurableDirectory {
    private let temporary: String
    private let root: FileDescriptor

    /// Begins a directory beside `path`, whose name need not be the final one; what a killed run left of it is removed.
    public init(_ path: String) throws(FileFailure) {
        temporary = DurableWrite.temporaryDirectory(for: path)
        if DirectoryListing.exists(temporary) { try DirectoryListing.removeTree(temporary) }
        try DurableWrite.directory(temporary)
        // Opened before the first file is written, so that no write error goes unseen.
        root = try FileDescriptor(opening: temporary, flags: O_RDONLY | O_DIRECTORY)
    }

    /// A new file `name`, to be written piece by piece and finished.
    public func file(_ name: String) throws(FileFailure) -> GrowingFile {
        GrowingFile(
            try FileDescriptor(
                opening: name, in: root, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o644))
    }

    /// A file without a name, gone with its last use: for what is needed only until the directory is complete.
    public func scratch() throws(FileFailure) -> SpoolFile {
        let name = ".scratch"
        let file = try FileDescriptor(
            opening: name, in: root, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        _ = try retrying("unlink", "\(temporary)/\(name)") { Int(unlinkat(root.number, name, 0)) }
        return SpoolFile(file)
    }

    /// A new directory `name` for files.
    public func directory(_ name: String) throws(FileFailure) {
        _ = try retrying("mkdir", "\(temporary)/\(name)") { Int(mkdirat(root.number, name, 0o755)) }
    }

    /// Gives the file `existing`, which is durable and never changes, a second name here.
    public func link(_ name: String, to existing: String) throws(FileFailure) {
        _ = try retrying("link", existing) { Int(linkat(AT_FDCWD, existing, root.number, name, 0)) }
    }

    /// Makes everything durable and gives the directory the name `path`, beside where it is. A directory of that name is
    /// exchanged for this one in one step and removed.
    public func commit(as path: String) throws(FileFailure) {
        if waggle_syncfs(root.number) != 0 { throw FileFailure("syncfs", temporary) }
        if DirectoryListing.exists(path) {
            try DurableWrite.replace(directory: path, with: temporary)
        } else {
            try DurableWrite.rename(directory: temporary, to: path)
        }
    }

    /// Removes what was written.
    public func abandon() {
        // What cannot be removed now is removed by the next run, which looks for leftovers.
        try? DirectoryListing.removeTree(temporary)
    }
}
