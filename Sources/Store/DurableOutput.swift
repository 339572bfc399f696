import CLinux
import Glibc

extension DurableWrite {
    /// Gives the final name `path` to a file that `make` writes under the temporary name it is given, replacing a
    /// file of that name.
    ///
    /// - Throws: what `make` throws, or ``FileFailure``; the file is removed then.
    public static func file(at path: String, madeBy make: (_ temporary: String) throws -> Void) throws {
        let (directory, name) = split(path)
        let temporary = "\(directory)/\(temporaryPrefix)\(name)"
        _ = unlink(temporary)
        do {
            try make(temporary)
            try FileDescriptor(opening: temporary, flags: O_RDONLY | O_NOFOLLOW).synchronize()
            _ = try retrying("rename", path) { Int(Glibc.rename(temporary, path)) }
        } catch {
            _ = unlink(temporary)
            throw error
        }
        try synchronizeDirectory(directory)
    }

    /// Makes the directory `path`, which must not be there or be empty, of the files that `fill` writes. It gets its
    /// name when all of them are durable; one `syncfs` stands for the fsync of every file.
    ///
    /// - Throws: what `fill` throws, or ``FileFailure``; nothing is left then.
    public static func directory(at path: String, filledBy fill: (DirectoryOutput) throws -> Void) throws {
        let temporary = temporaryDirectory(for: path)
        if DirectoryListing.exists(temporary) { try DirectoryListing.removeTree(temporary) }
        do {
            try directory(temporary)
            let root = try FileDescriptor(opening: temporary, flags: O_RDONLY | O_DIRECTORY)
            try fill(DirectoryOutput(root: temporary))
            if waggle_syncfs(root.number) != 0 { throw FileFailure("syncfs", temporary) }
            try rename(directory: temporary, to: path)
        } catch {
            try? DirectoryListing.removeTree(temporary)
            throw error
        }
    }
}

/// A directory while it is filled with files, none of which anybody sees before it is whole.
public struct DirectoryOutput {
    let root: String

    /// Makes the directory `name` and those above it that are missing.
    public func makeDirectory(_ name: String) throws(FileFailure) {
        var path = root
        for part in name.split(separator: "/") {
            path += "/\(part)"
            if mkdir(path, 0o755) != 0, errno != EEXIST { throw FileFailure("mkdir", path) }
        }
    }

    /// The file `name`, in a directory that was made, to be written piece by piece.
    public func file(_ name: String) throws(FileFailure) -> FileOutput { try FileOutput("\(root)/\(name)") }

    /// Writes `bytes` to the file `name`, in a directory that was made.
    public func write(_ bytes: [UInt8], to name: String) throws(FileFailure) {
        try FileDescriptor(
            opening: "\(root)/\(name)", flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
        ).write(bytes)
    }
}

/// A file written piece by piece from its start. Who gives it its final name makes it durable.
public struct FileOutput {
    private let file: FileDescriptor

    /// Makes the file `path`, which must not be there.
    public init(_ path: String) throws(FileFailure) {
        file = try FileDescriptor(opening: path, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
    }

    /// Writes `bytes` behind what was written before.
    public func append(_ bytes: [UInt8]) throws(FileFailure) { try file.write(bytes) }
}
