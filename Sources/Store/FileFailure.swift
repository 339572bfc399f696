import Glibc

/// A file operation that the system refused: what was tried, where, and why.
public struct FileFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The operation, as `open` or `fsync`.
    public let operation: String
    /// The path.
    public let path: String
    /// The system's error number (`errno`).
    public let code: Int32

    /// `operation` on `path` failed with `code`.
    public init(_ operation: String, _ path: String, code: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// Operation, path and the system's words.
    public var description: String { "\(operation) \(path): \(String(cString: strerror(code)))" }

    /// Whether another try may help once the operator made room: the disk or the quota is full.
    public var isFullDisk: Bool { code == ENOSPC || code == EDQUOT }
}

/// Calls `body` again as long as a signal interrupts it, and gives its result or the failure it reports by -1.
func retrying(_ operation: String, _ path: String, _ body: () -> Int) throws(FileFailure) -> Int {
    while true {
        let result = body()
        if result >= 0 { return result }
        if errno != EINTR { throw FileFailure(operation, path) }
    }
}
