import CLinux
import Glibc

/// Copies of files in a directory of their own outside of any workspace, gone with their last use.
public final class ScratchCopy: Sendable {
    /// The directory, below TMPDIR or else /tmp; nobody else may look into it.
    public let path: String

    /// An empty directory.
    public init() throws(FileFailure) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        let pattern = "\(parent.isEmpty ? "/tmp" : parent)/waggle-XXXXXX"
        var template = Array(pattern.utf8CString)
        guard let made = mkdtemp(&template) else { throw FileFailure("mkdtemp", pattern) }
        path = String(cString: made)
    }

    deinit {
        // What cannot be removed is left to whoever clears temporary files away.
        try? DirectoryListing.removeTree(path)
    }

    /// Copies the regular file `source`, which nobody may be writing to, under its own name; where the file system can,
    /// without copying a byte.
    public func add(_ source: String) throws(FileFailure) {
        let from = try FileDescriptor(opening: source, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        let status = try from.status()
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure("copy", source, code: EINVAL) }
        let target = "\(path)/\(DurableWrite.split(source).name)"
        let to = try FileDescriptor(
            opening: target, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        let copied = waggle_copy_range(from.number, 0, to.number, Int64(status.st_size))
        if copied < 0 { throw FileFailure("copy", target) }
        guard copied == Int64(status.st_size) else { throw FileFailure("copy", source, code: EIO) }
    }
}
