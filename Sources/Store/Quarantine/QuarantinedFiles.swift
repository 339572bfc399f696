import Glibc

/// What lies in a quarantined upload, whatever it is. Only folders are opened, and no link is followed.
public struct QuarantinedFiles: Sendable {
    /// One thing in it.
    public struct Item: Sendable, Equatable {
        /// What it is.
        public enum Kind: String, Sendable {
            /// A regular file.
            case file
            /// A folder without anything in it, or one that was not looked into.
            case folder
            /// A symbolic link.
            case link
            /// A device, FIFO or socket.
            case special
        }

        /// Its path in the upload; a name that is not printable UTF-8 is written with `\x` escapes.
        public let path: String
        /// What it is.
        public let kind: Kind
        /// Bytes; 0 for what is no file.
        public let size: Int
    }

    /// In the order of the names' bytes, folder by folder.
    public private(set) var items: [Item] = []
    /// Whether these are all: more than the limit are not listed, and folders deeper than 16 not looked into.
    public private(set) var areAll = true
    private let limit: Int
    private static let maxDepth = 16

    /// The first `limit` things in the directory `path`.
    public init(in path: String, limit: Int) throws(FileFailure) {
        self.limit = limit
        let root = try FileDescriptor(opening: path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        try enter(root, prefix: "", depth: 1)
    }

    private mutating func enter(_ folder: FileDescriptor, prefix: String, depth: Int) throws(FileFailure) {
        let names = try DirectoryListing.rawNames(in: folder).sorted { $0.lexicographicallyPrecedes($1) }
        for name in names {
            guard items.count < limit else {
                areAll = false
                return
            }
            let path = prefix + DirectoryListing.printable(name)
            let status = try DirectoryListing.status(of: name, in: folder)
            switch status.st_mode & S_IFMT {
            case S_IFREG: items.append(Item(path: path, kind: .file, size: Int(status.st_size)))
            case S_IFLNK: items.append(Item(path: path, kind: .link, size: 0))
            case S_IFDIR where depth < Self.maxDepth:
                let count = items.count
                try enter(
                    FileDescriptor(openingDirectory: name, in: folder), prefix: "\(path)/", depth: depth + 1)
                if items.count == count { items.append(Item(path: path, kind: .folder, size: 0)) }
            case S_IFDIR:
                areAll = false
                items.append(Item(path: path, kind: .folder, size: 0))
            default: items.append(Item(path: path, kind: .special, size: 0))
            }
        }
    }
}
