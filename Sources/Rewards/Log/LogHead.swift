import Canonical

/// Up to where a log is written: what the next checkpoint will say once somebody signs it. Kept as `head` in the log's
/// directory, and no proof of anything.
public struct LogHead: Sendable, Equatable {
    /// How many entries there are.
    public let size: UInt64
    /// The root over them.
    public let root: ContentHash

    private static let firstLine = "waggle-log-head/1"
    /// The most bytes the file may have.
    public static let maxBytes = 200

    /// The head of a log without entries.
    public static let empty = LogHead(size: 0, root: .of([]))

    /// The head of a log of `size` entries.
    public init(size: UInt64, root: ContentHash) {
        (self.size, self.root) = (size, root)
    }

    /// The head whose file is `bytes`.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count == 4, let size = Decimal.value(lines[1]),
            let root = Base64.bytes(Array(lines[2])).flatMap({ ContentHash(bytes: $0) })
        else {
            throw LogError(.logInconsistent, "not three lines: \(Self.firstLine), size, root", at: "head")
        }
        self.init(size: size, root: root)
        guard self.bytes == bytes else {
            throw LogError(.logInconsistent, "no \(Self.firstLine)", at: "head")
        }
    }

    /// The file.
    public var bytes: [UInt8] { Array("\(Self.firstLine)\n\(size)\n\(Base64.text(root.bytes))\n".utf8) }
}
