import CLinux
import Glibc
import Synchronization

/// The only way a file of the workspace gets its final name: temporary file in the same directory, write, fsync,
/// rename, fsync of the directory. A file under its final name is complete and durable, or it is not there.
public enum DurableWrite {
    /// What a temporary file's name begins with; ``removeLeftovers(in:)`` clears them away.
    static let temporaryPrefix = ".waggle-tmp-"

    /// Writes `bytes` to `path`, replacing a file of that name.
    public static func file(_ bytes: [UInt8], at path: String, mode: mode_t = 0o644) throws(FileFailure) {
        let pending = try PendingFile(bytes, at: path, mode: mode, synchronized: true)
        do throws(FileFailure) { try pending.name() } catch {
            pending.abandon()
            throw error
        }
        try synchronizeDirectory(split(path).directory)
    }

    /// Gives many files their names, which appear only after the bytes of all of them are durable; where that fails, those
    /// without a name yet are removed.
    ///
    /// One `syncfs` stands for the fsync of every file and one for that of every directory: an fsync apiece costs about
    /// as long as decoding a frame does. Since Linux 5.8 `syncfs` reports what could not be written.
    ///
    /// - Parameter root: A directory of the file system all files are on, opened before the first of them was
    ///   written, so that no write error goes unseen.
    static func files(_ pending: [PendingFile], on root: FileDescriptor) throws(FileFailure) {
        guard !pending.isEmpty else { return }
        var named = 0
        do throws(FileFailure) {
            try synchronizeFileSystem(root)
            for file in pending {
                try file.name()
                file.leaveCache()
                named += 1
            }
            try synchronizeFileSystem(root)
        } catch {
            for file in pending[named...] { file.abandon() }
            throw error
        }
    }

    private static func synchronizeFileSystem(_ root: FileDescriptor) throws(FileFailure) {
        if waggle_syncfs(root.number) != 0 { throw FileFailure("syncfs", root.path) }
    }

    /// Makes `path` a symbolic link to `target`, replacing a link of that name in one step.
    public static func link(_ path: String, to target: String) throws(FileFailure) {
        let (directory, name) = split(path)
        let temporary = "\(directory)/\(temporaryPrefix)\(getpid())-\(name)"
        _ = unlink(temporary)
        _ = try retrying("symlink", temporary) { Int(symlink(target, temporary)) }
        do throws(FileFailure) {
            _ = try retrying("rename", path) { Int(Glibc.rename(temporary, path)) }
        } catch {
            _ = unlink(temporary)
            throw error
        }
        try synchronizeDirectory(directory)
    }

    /// Creates the directory `path` and those above it that are missing, durably.
    public static func directory(_ path: String) throws(FileFailure) {
        if mkdir(path, 0o755) == 0 {
            try synchronizeDirectory(split(path).directory)
            return
        }
        switch errno {
        case EEXIST:
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw FileFailure("mkdir", path, code: ENOTDIR)
            }
        case ENOENT where split(path).directory != path:
            try directory(split(path).directory)
            // Where the parent is there and this still fails, as in /proc, it fails for good.
            if mkdir(path, 0o755) != 0, errno != EEXIST { throw FileFailure("mkdir", path) }
            try synchronizeDirectory(split(path).directory)
        default: throw FileFailure("mkdir", path)
        }
    }

    /// The name under which the directory `path` is put together, beside it.
    public static func temporaryDirectory(for path: String) -> String {
        let (directory, name) = split(path)
        return "\(directory)/\(temporaryPrefix)\(name)"
    }

    /// Gives the finished directory `temporary`, whose files are durable, its final name `path` beside it, which no
    /// other may have.
    public static func rename(directory temporary: String, to path: String) throws(FileFailure) {
        try synchronizeDirectory(temporary)
        _ = try retrying("rename", path) { Int(Glibc.rename(temporary, path)) }
        try synchronizeDirectory(split(path).directory)
    }

    /// Puts the finished directory `temporary` in the place of the directory `path` in one step, and removes the old
    /// one. Only for what can be made again.
    public static func replace(directory path: String, with temporary: String) throws(FileFailure) {
        try synchronizeDirectory(temporary)
        _ = try retrying("exchange", path) { Int(waggle_exchange(temporary, path)) }
        try synchronizeDirectory(split(path).directory)
        try DirectoryListing.removeTree(temporary)
    }

    /// Removes the files `names` of `directory`, so that they stay away. Those that are not there may have been removed
    /// by a run that was killed before it made that durable.
    ///
    /// - Returns: How many there were.
    static func remove(_ names: [String], in directory: String) throws(FileFailure) -> Int {
        var count = 0
        for name in names {
            let path = "\(directory)/\(name)"
            do throws(FileFailure) {
                _ = try retrying("unlink", path) { Int(unlink(path)) }
                count += 1
            } catch  where error.code == ENOENT {}
        }
        try synchronizeDirectory(directory)
        return count
    }

    /// Removes the temporary files that a killed run left in `directory`. Only for the holder of the lock.
    public static func removeLeftovers(in directory: String) throws(FileFailure) {
        for name in try DirectoryListing.names(in: directory) where name.hasPrefix(temporaryPrefix) {
            try DirectoryListing.removeTree("\(directory)/\(name)")
        }
    }

    static func synchronizeDirectory(_ path: String) throws(FileFailure) {
        try FileDescriptor(opening: path, flags: O_RDONLY | O_DIRECTORY).synchronize()
    }

    /// The directory and the name of `path`.
    static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let name = String(path[path.index(after: slash)...])
        return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
    }
}

/// A file written under a temporary name beside the one it is to have.
public struct PendingFile: Sendable {
    private let temporary: String
    private let path: String
    private static let serial = Atomic<Int>(0)

    /// Writes `bytes`, and makes them durable where `synchronized`.
    init(_ bytes: [UInt8], at path: String, mode: mode_t = 0o644, synchronized: Bool) throws(FileFailure) {
        let (directory, name) = DurableWrite.split(path)
        // Two tasks may be writing the same content at once; each has its own temporary file.
        let serial = Self.serial.wrappingAdd(1, ordering: .relaxed).newValue
        temporary = "\(directory)/\(DurableWrite.temporaryPrefix)\(serial)-\(name)"
        self.path = path
        do throws(FileFailure) {
            let file = try FileDescriptor(
                opening: temporary, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: mode)
            try file.write(bytes)
            if synchronized { try file.synchronize() }
        } catch {
            _ = unlink(temporary)
            throw error
        }
    }

    /// Gives the file its name, in place of any file that has it.
    func name() throws(FileFailure) {
        _ = try retrying("rename", path) { Int(Glibc.rename(temporary, path)) }
    }

    /// Lets the kernel forget the bytes of the file, which are durable and of which nobody is expected to read any soon:
    /// memory that was just in use is written to faster than other memory, and what others read stays in the cache. Only
    /// advice: where it is not taken, nothing is lost.
    func leaveCache() {
        let file = try? FileDescriptor(opening: path, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        if let file { _ = posix_fadvise(file.number, 0, 0, POSIX_FADV_DONTNEED) }
    }

    /// Removes the file.
    public func abandon() {
        _ = unlink(temporary)
    }
}
