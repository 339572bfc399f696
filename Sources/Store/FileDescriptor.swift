import Glibc

/// An open file or directory, closed with its last reference.
public final class FileDescriptor: Sendable {
    /// The descriptor's number.
    let number: Int32
    /// The path it was opened by, for messages.
    let path: String

    private init(number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    deinit { _ = close(number) }

    /// Opens `path`, relative to `directory` where one is given. Never inherited by a child process.
    convenience init(
        opening path: String, in directory: FileDescriptor? = nil, flags: Int32, mode: mode_t = 0o644
    ) throws(FileFailure) {
        let full = directory.map { "\($0.path)/\(path)" } ?? path
        let number = try retrying("open", full) {
            Int(openat(directory?.number ?? AT_FDCWD, path, flags | O_CLOEXEC, mode))
        }
        self.init(number: Int32(truncatingIfNeeded: number), path: full)
    }

    /// Opens the folder of `directory` whose name has these bytes, which need not be UTF-8; links are not followed.
    convenience init(openingDirectory name: [UInt8], in directory: FileDescriptor) throws(FileFailure) {
        let full = "\(directory.path)/\(DirectoryListing.printable(name))"
        let number = try retrying("open", full) {
            Int(
                openat(
                    directory.number, name.map(CChar.init(bitPattern:)) + [0],
                    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0))
        }
        self.init(number: Int32(truncatingIfNeeded: number), path: full)
    }

    /// Size, kind and times of the open file.
    func status() throws(FileFailure) -> stat {
        var status = stat()
        _ = try retrying("stat", path) { Int(fstat(number, &status)) }
        return status
    }

    /// Makes what was written durable. A failure is final: the kernel may have dropped the pages, so the call is
    /// never repeated (see PostgreSQL's handling of failed fsync since 2018).
    func synchronize() throws(FileFailure) {
        if fsync(number) != 0 { throw FileFailure("fsync", path) }
    }

    /// Writes all of `bytes` at the current position.
    func write(_ bytes: [UInt8]) throws(FileFailure) {
        var offset = 0
        while offset < bytes.count {
            offset += try retrying("write", path) {
                bytes.withUnsafeBytes {
                    Glibc.write(number, $0.baseAddress.map { $0 + offset }, $0.count - offset)
                }
            }
        }
    }

    /// Bytes `range` of the file; fewer where it ends before.
    func read(_ range: Range<Int>) throws(FileFailure) -> [UInt8] {
        var failure: FileFailure?
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            do throws(FileFailure) {
                while filled < range.count {
                    let rest = UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                    let position = off_t(range.lowerBound + filled)
                    let count = try retrying("read", path) {
                        pread(number, rest.baseAddress, rest.count, position)
                    }
                    if count == 0 { break }
                    filled += count
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
