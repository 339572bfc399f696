import Glibc
import Tiles

/// An archive on disk, read piece by piece.
public struct ArchiveFile: ByteReader {
    /// Bytes of the file when it was opened.
    public let size: UInt64
    let file: FileDescriptor

    /// Opens `path`, a regular file.
    public init(_ path: String) throws(FileFailure) {
        file = try FileDescriptor(opening: path, flags: O_RDONLY | O_NONBLOCK)
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure("open", path, code: EINVAL) }
        size = UInt64(clamping: status.st_size)
    }

    /// Bytes `count` from `offset` on, all of them.
    public func bytes(at offset: UInt64, count: Int) throws(TileError) -> [UInt8] {
        guard count >= 0, offset <= size, UInt64(count) <= size - offset, let start = Int(exactly: offset)
        else {
            throw TileError(.truncated, at: offset, "\(count) bytes reach beyond the file's end at \(size)")
        }
        let bytes: [UInt8]
        do {
            bytes = try file.read(start..<start + count)
        } catch {
            throw TileError(.unreadable, at: offset, error.description)
        }
        guard bytes.count == count else {
            throw TileError(.truncated, at: offset, "the file has become shorter")
        }
        return bytes
    }
}
