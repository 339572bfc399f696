import Canonical
import DriveFormats
import Glibc

/// Limits of one upload as a directory.
public struct UploadLimits: Sendable {
    /// Files. A frame takes about 2.5 kB of memory until its upload is in the catalog.
    public var maxFiles = 80_000
    /// Folders inside one another.
    public var maxDepth = 8
    /// Bytes of a path inside the upload.
    public var maxPathBytes = 1024
    /// Bytes of all files.
    public var maxBytes = 1 << 40

    /// The limits of one upload.
    public init() {}
}

/// Why a directory is no upload that can be read safely.
public struct UnsafeUpload: Error, Sendable, Equatable {
    /// A stable name: `upload.unsafe_file`, `upload.unsafe_name`, `upload.too_large`.
    public let code: String
    /// The path inside the upload, with control characters escaped.
    public let place: String
    /// What is wrong, in words.
    public let reason: String
}

/// What lies in one directory: cheap to make, as a run that finds nothing new makes one of every upload.
public struct UploadListing: Sendable {
    /// Changes whenever a file is added, removed, or written to: the sum of the hashes of every file's path, size,
    /// inode number and times of last change. It says nothing of contents and leaves the workspace in no output.
    public let fingerprint: ContentHash
    let root: FileDescriptor
    /// In the order of the file system.
    let entries: [ListedFile]

    /// Lists the directory `path`, which may itself be reached through links.
    ///
    /// - Throws: ``UnsafeUpload`` for a link, device, FIFO or socket, an unprintable name, or more than `limits`
    ///   allow; ``FileFailure`` where the system refuses.
    public init(_ path: String, limits: UploadLimits = UploadLimits()) throws {
        root = try FileDescriptor(opening: path, flags: O_RDONLY | O_DIRECTORY)
        var walk = DirectoryWalk(limits: limits)
        try walk.enter(root, prefix: "", depth: 0)
        entries = walk.entries
        fingerprint = Self.fingerprint(walk.entries)
    }

    /// A sum does not depend on the order of the files, and spares sorting them.
    private static func fingerprint(_ entries: [ListedFile]) -> ContentHash {
        var sum: [UInt64] = [0, 0, 0, 0]
        var bytes: [UInt8] = []
        for entry in entries {
            bytes.removeAll(keepingCapacity: true)
            bytes.append(contentsOf: entry.file.path.utf8)
            bytes.append(0)
            entry.stamp.append(to: &bytes, size: entry.file.size)
            for (place, word) in ContentHash.of(bytes).bigEndianWords.enumerated() { sum[place] &+= word }
        }
        return ContentHash(bigEndianWords: sum) ?? .of("")
    }
}

/// What tells a file from itself as it was before: another file, or one written to, has another stamp.
struct FileStamp: Equatable {
    let inode: UInt64
    let written, writtenNanoseconds, changed, changedNanoseconds: Int

    init(_ status: stat) {
        inode = UInt64(status.st_ino)
        (written, writtenNanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        (changed, changedNanoseconds) = (status.st_ctim.tv_sec, status.st_ctim.tv_nsec)
    }

    func append(to bytes: inout [UInt8], size: Int) {
        let numbers = (UInt64(size), inode, written, writtenNanoseconds, changed, changedNanoseconds)
        withUnsafeBytes(of: numbers) { bytes.append(contentsOf: $0) }
    }
}

/// A file as it was listed.
struct ListedFile {
    let file: UploadFile
    let stamp: FileStamp
}

/// Collects the files below a directory.
private struct DirectoryWalk {
    let limits: UploadLimits
    /// The files found.
    private(set) var entries: [ListedFile] = []
    private var total = 0

    init(limits: UploadLimits) {
        self.limits = limits
    }

    mutating func enter(_ directory: FileDescriptor, prefix: String, depth: Int) throws {
        guard depth <= limits.maxDepth else {
            throw refuse("upload.too_large", prefix, "folders nested too deeply")
        }
        // fdopendir takes the descriptor over, so it gets one of its own.
        guard let stream = fdopendir(dup(directory.number)) else {
            throw FileFailure("opendir", directory.path)
        }
        defer { closedir(stream) }
        while let entry = try DirectoryListing.next(of: stream, directory.path) {
            let raw = DirectoryListing.rawName(of: entry)
            if raw == [0x2E] || raw == [0x2E, 0x2E] { continue }
            try add(raw, in: directory, prefix: prefix, depth: depth)
        }
    }

    private mutating func add(_ raw: [UInt8], in directory: FileDescriptor, prefix: String, depth: Int) throws
    {
        guard let name = String(validating: raw, as: UTF8.self),
            !raw.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else {
            throw refuse(
                "upload.unsafe_name", prefix,
                "a name is not printable UTF-8: \(DirectoryListing.printable(raw))")
        }
        let path = prefix.isEmpty ? name : "\(prefix)/\(name)"
        guard path.utf8.count <= limits.maxPathBytes else {
            throw refuse("upload.unsafe_name", prefix, "a path of more than \(limits.maxPathBytes) bytes")
        }
        var status = stat()
        guard fstatat(directory.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw FileFailure("stat", "\(directory.path)/\(name)")
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            // A sparse file may claim almost any size.
            guard entries.count < limits.maxFiles, Int(status.st_size) <= limits.maxBytes - total else {
                throw refuse(
                    "upload.too_large", path, "more than \(limits.maxFiles) files or \(limits.maxBytes) bytes"
                )
            }
            total += Int(status.st_size)
            entries.append(
                ListedFile(file: UploadFile(path: path, size: Int(status.st_size)), stamp: FileStamp(status)))
        case S_IFDIR:
            let folder = try FileDescriptor(
                opening: name, in: directory, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
            try enter(folder, prefix: path, depth: depth + 1)
        case S_IFLNK: throw refuse("upload.unsafe_file", path, "a symbolic link")
        default: throw refuse("upload.unsafe_file", path, "a device, FIFO or socket")
        }
    }

    private func refuse(_ code: String, _ place: String, _ reason: String) -> UnsafeUpload {
        UnsafeUpload(code: code, place: place.isEmpty ? "." : place, reason: reason)
    }
}
