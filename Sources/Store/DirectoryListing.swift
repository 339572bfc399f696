import Canonical
import Glibc

/// Names in a directory, always in the order of their bytes: what the file system happens to answer first never
/// decides anything.
public enum DirectoryListing {
    /// The names in `directory`, without `.` and `..`; invalid UTF-8 is repaired with U+FFFD.
    public static func names(in directory: String) throws(FileFailure) -> [String] {
        guard let stream = opendir(directory) else { throw FileFailure("opendir", directory) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = try next(of: stream, directory) {
            let name = name(of: entry)
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted { $0.precedes($1) }
    }

    /// Whether something of that name exists, links not followed.
    public static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Whether `path` is a directory, links not followed.
    public static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Removes `path` and, where it is a directory, all that is in it. Links are removed, not followed.
    public static func removeTree(_ path: String) throws(FileFailure) {
        if isDirectory(path) {
            for name in try names(in: path) { try removeTree("\(path)/\(name)") }
            _ = try retrying("rmdir", path) { Int(rmdir(path)) }
        } else {
            _ = try retrying("unlink", path) { Int(unlink(path)) }
        }
    }

    /// The next entry of `stream`, nil at its end: a directory that cannot be read to the end is none that ends.
    static func next(
        of stream: OpaquePointer, _ directory: String
    ) throws(FileFailure) -> UnsafeMutablePointer<dirent>? {
        errno = 0
        if let entry = readdir(stream) { return entry }
        if errno != 0 { throw FileFailure("readdir", directory) }
        return nil
    }

    static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        String(decoding: rawName(of: entry), as: UTF8.self)
    }

    /// The bytes of an entry's name, which need not be UTF-8.
    static func rawName(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    }
}
