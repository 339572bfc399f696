import Glibc

/// Reading files that only their owner may read.
public enum SecretFile {
    /// What can be wrong with a secret beside a failure to read it.
    public struct Exposed: Error, Sendable, Equatable {
        /// The file.
        public let path: String
        /// Its permissions, in octal digits.
        public let mode: String
    }

    /// All bytes of the regular file `path`, at most `maxBytes`.
    ///
    /// - Throws: ``Exposed`` where its group or anybody else may read or write it. What was opened is looked at, not what
    ///   the path names by then.
    public static func read(_ path: String, maxBytes: Int) throws -> [UInt8] {
        let file = try FileDescriptor(opening: path, flags: O_RDONLY | O_NONBLOCK)
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure("read", path, code: EINVAL) }
        guard status.st_mode & 0o077 == 0 else {
            throw Exposed(path: path, mode: "0" + String(status.st_mode & 0o777, radix: 8))
        }
        guard status.st_size <= maxBytes else { throw FileFailure("read", path, code: EFBIG) }
        return try file.read(0..<Int(status.st_size))
    }

    /// All bytes that the open descriptor `number`, of a pipe or a file, gives from where it stands; at most `maxBytes`.
    /// It stays open.
    public static func read(descriptor number: Int32, maxBytes: Int) throws(FileFailure) -> [UInt8] {
        let name = "descriptor \(number)"
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = try retrying("read", name) {
                buffer.withUnsafeMutableBytes { Glibc.read(number, $0.baseAddress, $0.count) }
            }
            if count == 0 { return bytes }
            bytes += buffer.prefix(count)
            if bytes.count > maxBytes { throw FileFailure("read", name, code: EFBIG) }
        }
    }
}
