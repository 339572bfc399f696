import Canonical
import DriveFormats
import Glibc

/// The regular files of one directory, opened without ever following a link or leaving it.
public struct UploadDirectory: UploadContents {
    /// The files, sorted by the bytes of their paths.
    public let files: [UploadFile]
    private let root: FileDescriptor
    /// Those of ``files``, in the same order.
    private let stamps: [FileStamp]

    /// The files of `listing`.
    public init(_ listing: UploadListing) {
        root = listing.root
        let entries = listing.entries.sorted { $0.file.path.precedes($1.file.path) }
        files = entries.map(\.file)
        stamps = entries.map(\.stamp)
    }

    /// Lists the directory `path` and opens its files; throws what ``UploadListing`` does.
    public init(_ path: String, limits: UploadLimits = UploadLimits()) throws {
        self.init(try UploadListing(path, limits: limits))
    }

    /// Bytes `range` of `file`; fewer where the file ends before.
    public func bytes(of file: UploadFile, range: Range<Int>) throws(UploadReadError) -> [UInt8] {
        do throws(FileFailure) {
            let opened = try open(file)
            let status = try opened.status()
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw FileFailure("open", file.path, code: EINVAL)
            }
            guard Int(status.st_size) == file.size, FileStamp(status) == stamp(of: file) else {
                throw FileFailure("read", file.path, code: ESTALE)
            }
            return try opened.read(range.clamped(to: 0..<file.size))
        } catch {
            let changed = error.code == ESTALE
            throw UploadReadError(
                path: file.path,
                reason: changed ? "the file changed while it was being read" : error.description)
        }
    }

    private func stamp(of file: UploadFile) -> FileStamp? {
        var (low, high) = (0, files.count)
        while low < high {
            let middle = (low + high) / 2
            if files[middle].path.precedes(file.path) { low = middle + 1 } else { high = middle }
        }
        return low < files.count && files[low].path.hasSameBytes(as: file.path) ? stamps[low] : nil
    }

    private func open(_ file: UploadFile) throws(FileFailure) -> FileDescriptor {
        var directory = root
        var parts = file.path.split(separator: "/").map(String.init)
        let name = parts.popLast() ?? ""
        for part in parts {
            directory = try FileDescriptor(
                opening: part, in: directory, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        }
        return try FileDescriptor(opening: name, in: directory, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    }
}
