import Glibc

/// Removes a directory with all that is in it, whatever somebody put there: names that are no UTF-8, folders deeper
/// than paths may be long or files may be open. Links are removed, not followed.
///
/// Folders are lifted out of one another before they are removed, so that at most two are open at a time and no path
/// grows.
struct TreeRemoval {
    private let root: FileDescriptor
    private var lifted = 0

    /// Removes the directory `path`.
    static func remove(_ path: String) throws(FileFailure) {
        var removal = TreeRemoval(
            root: try FileDescriptor(opening: path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
        while try removal.removeLayer() {}
        _ = try retrying("rmdir", path) { Int(rmdir(path)) }
    }

    /// Removes what lies in the root, lifting what its folders hold of folders. False once there was nothing.
    private mutating func removeLayer() throws(FileFailure) -> Bool {
        let names = try DirectoryListing.rawNames(in: root)
        for name in names {
            if try Self.isDirectory(name, in: root) {
                try dissolve(FileDescriptor(openingDirectory: name, in: root))
                try Self.unlink(name, in: root, flags: AT_REMOVEDIR)
            } else {
                try Self.unlink(name, in: root, flags: 0)
            }
        }
        return !names.isEmpty
    }

    /// Empties `folder`, a folder of the root.
    private mutating func dissolve(_ folder: FileDescriptor) throws(FileFailure) {
        for name in try DirectoryListing.rawNames(in: folder) {
            if try Self.isDirectory(name, in: folder) {
                try lift(name, from: folder)
            } else {
                try Self.unlink(name, in: folder, flags: 0)
            }
        }
    }

    private mutating func lift(_ name: [UInt8], from folder: FileDescriptor) throws(FileFailure) {
        let old = name.map(CChar.init(bitPattern:)) + [0]
        while true {
            lifted += 1
            if renameat(folder.number, old, root.number, "lifted-\(lifted)") == 0 { return }
            // Somebody's own file may have that name.
            switch errno {
            case EINTR, EEXIST, ENOTEMPTY, ENOTDIR: continue
            default: throw FileFailure("rename", "\(folder.path)/\(DirectoryListing.printable(name))")
            }
        }
    }

    private static func isDirectory(_ name: [UInt8], in folder: FileDescriptor) throws(FileFailure) -> Bool {
        try DirectoryListing.status(of: name, in: folder).st_mode & S_IFMT == S_IFDIR
    }

    private static func unlink(
        _ name: [UInt8], in folder: FileDescriptor, flags: Int32
    ) throws(FileFailure) {
        _ = try retrying("unlink", "\(folder.path)/\(DirectoryListing.printable(name))") {
            Int(unlinkat(folder.number, name.map(CChar.init(bitPattern:)) + [0], flags))
        }
    }
}
