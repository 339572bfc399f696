/// Random access to the bytes of an archive, wherever they are kept.
///
/// Readers of this module ask for few, bounded pieces; who opens files stays outside.
public protocol ByteReader: Sendable {
    /// How many bytes there are.
    var size: UInt64 { get }

    /// Exactly `count` bytes from `offset` on.
    ///
    /// - Throws: `truncated` where the range is not inside the bytes, `unreadable` where reading fails.
    func bytes(at offset: UInt64, count: Int) throws(TileError) -> [UInt8]
}

/// An archive in memory.
public struct ByteArray: ByteReader {
    private let content: [UInt8]

    /// A reader of `content`.
    public init(_ content: [UInt8]) {
        self.content = content
    }

    /// How many bytes there are.
    public var size: UInt64 { UInt64(content.count) }

    /// Exactly `count` bytes from `offset` on.
    ///
    /// - Throws: `truncated` where the range is not inside the bytes.
    public func bytes(at offset: UInt64, count: Int) throws(TileError) -> [UInt8] {
        guard count >= 0, offset <= size, UInt64(count) <= size - offset else {
            throw TileError(.truncated, at: offset, "\(count) bytes wanted, the archive has \(size)")
        }
        let start = Int(offset)
        return Array(content[start..<start + count])
    }
}
