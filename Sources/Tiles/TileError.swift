/// Why a tile, an archive or a directory was refused, and at which byte.
public struct TileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of refusal; stable, made for programs and exit codes.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes end before the value does.
        case truncated
        /// A value breaks a rule of its format.
        case malformed
        /// A count or size is above the limit the caller set.
        case overLimit = "over_limit"
        /// A version, compression or tile type we do not read.
        case unsupported
        /// The deflate stream or its checksum is damaged.
        case compression
        /// The bytes could not be read from where they are kept.
        case unreadable
    }

    /// The kind of refusal.
    public let code: Code
    /// Byte offset in the text that was being read: the archive for archives and directories stored plain,
    /// else the uncompressed directory or tile.
    public let offset: UInt64
    /// What is wrong, in words, with the value found where there is one.
    public let reason: String

    /// An error of `code` at `offset`.
    public init(_ code: Code, at offset: UInt64, _ reason: String) {
        self.code = code
        self.offset = offset
        self.reason = reason
    }

    /// Code, offset and reason in one line.
    public var description: String { "\(code.rawValue) at byte \(offset): \(reason)" }
}
