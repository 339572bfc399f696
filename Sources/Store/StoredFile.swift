import Canonical
import Glibc

/// Reading files of the workspace itself.
public enum StoredFile {
    /// All bytes of the regular file `path`.
    ///
    /// - Throws: ``FileFailure``; with `EFBIG` where it has more than `maxBytes`.
    public static func read(_ path: String, maxBytes: Int) throws(FileFailure) -> [UInt8] {
        let file = try FileDescriptor(opening: path, flags: O_RDONLY | O_NONBLOCK)
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure("read", path, code: EINVAL) }
        guard status.st_size <= maxBytes else { throw FileFailure("read", path, code: EFBIG) }
        return try file.read(0..<Int(status.st_size))
    }

    /// A file of the workspace read piece by piece.
    public final class Pieces {
        private let file: FileDescriptor
        private let bytes: Int
        private var offset = 0
        /// Bytes of the file when it was opened.
        public let size: Int

        /// The regular file `path`, in pieces of `bytes` bytes.
        public init(_ path: String, ofBytes bytes: Int) throws(FileFailure) {
            file = try FileDescriptor(opening: path, flags: O_RDONLY | O_NONBLOCK)
            let status = try file.status()
            guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure("read", path, code: EINVAL) }
            size = Int(clamping: status.st_size)
            self.bytes = max(1, bytes)
        }

        /// The next piece; empty at the end.
        public func next() throws(FileFailure) -> [UInt8] {
            let piece = try file.read(offset..<offset + bytes)
            offset += piece.count
            return piece
        }
    }

    /// The name a link points at; nil where `path` is no link.
    public static func target(ofLink path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { raw in
            raw.baseAddress.map { readlink(path, $0.assumingMemoryBound(to: CChar.self), raw.count) } ?? -1
        }
        return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
    }
}
