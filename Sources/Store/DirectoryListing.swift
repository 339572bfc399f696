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
            try TreeRemoval.remove(path)
        } else {
            _ = try retrying("unlink", path) { Int(unlink(path)) }
        }
    }

    /// The bytes of the names in `directory`, in the order of the file system.
    static func rawNames(in directory: FileDescriptor) throws(FileFailure) -> [[UInt8]] {
        // fdopendir takes the descriptor over, so it gets one of its own; both read on from one place.
        guard let stream = fdopendir(dup(directory.number)) else {
            throw FileFailure("opendir", directory.path)
        }
        defer { closedir(stream) }
        rewinddir(stream)
        var names: [[UInt8]] = []
        while let entry = try next(of: stream, directory.path) {
            let name = rawName(of: entry)
            if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
        }
        return names
    }

    /// What the thing `name` in `directory` is, links not followed.
    static func status(of name: [UInt8], in directory: FileDescriptor) throws(FileFailure) -> stat {
        var status = stat()
        _ = try retrying("stat", "\(directory.path)/\(printable(name))") {
            Int(
                fstatat(
                    directory.number, name.map(CChar.init(bitPattern:)) + [0], &status, AT_SYMLINK_NOFOLLOW))
        }
        return status
    }

    /// A name for people: as it is where it is printable UTF-8, else with `\x` escapes.
    static func printable(_ name: [UInt8]) -> String {
        if !name.contains(where: { $0 < 0x20 || $0 == 0x7F }),
            let text = String(validating: name, as: UTF8.self)
        {
            return text
        }
        return name.map {
            (0x20..<0x7F).contains($0) ? String(UnicodeScalar($0)) : "\\x\(Hexadecimal.text([$0]))"
        }.joined()
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
