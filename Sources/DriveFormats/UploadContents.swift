import Canonical

/// One regular file of an upload.
public struct UploadFile: Sendable, Hashable {
    /// The path inside the upload, `/` between folders; checked: no `..`, no NUL, valid UTF-8.
    public let path: String
    /// Bytes.
    public let size: Int

    /// The file `path` of `size` bytes.
    public init(path: String, size: Int) {
        self.path = path
        self.size = size
    }

    // By bytes: as characters, a `/` with a combining mark behind it would be another character than `/`.

    /// The last part of the path.
    public var name: Substring {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path[...] }
        return path[path.utf8.index(after: slash)...]
    }

    /// The folder part of the path, empty at the top.
    public var folder: Substring {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] } ?? ""
    }
}

/// What a reader may see of an upload: its regular files, and their bytes on request.
///
/// The one who makes an upload's contents has opened every file inside the upload's directory without following
/// links; a reader cannot name anything else.
public protocol UploadContents: Sendable {
    /// The regular files, sorted by the bytes of their paths.
    var files: [UploadFile] { get }

    /// The bytes `range` of `file`; fewer, or none, where the file ends before.
    func bytes(of file: UploadFile, range: Range<Int>) throws(UploadReadError) -> [UInt8]
}

extension UploadContents {
    /// The first `count` bytes of `file`, or all of it if it is shorter.
    public func prefix(of file: UploadFile, count: Int) throws(UploadReadError) -> [UInt8] {
        try bytes(of: file, range: 0..<max(0, count))
    }
}

/// Why bytes of an upload could not be had.
public struct UploadReadError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file's path inside the upload.
    public let path: String
    /// What happened, in words.
    public let reason: String

    /// `reason` happened while reading `path`.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// Path and reason in one line.
    public var description: String { "\(path): \(reason)" }
}
