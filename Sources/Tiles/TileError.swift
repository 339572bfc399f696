/// Why a tile, an archive or a directory was refused, and at which byte or row.
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
        /// The bytes could not be written to where they are to be kept.
        case unwritable
    }

    /// The kind of refusal.
    public let code: Code
    /// What ``offset`` counts.
    public enum Unit: String, Sendable {
        /// Bytes.
        case byte
        /// Rows of a table, by SQLite's rowid.
        case row
    }

    /// Byte offset in the text that was being read: the archive for archives and directories stored plain,
    /// else the uncompressed directory or tile. In a database the number of the row, 0 where there is none.
    public let offset: UInt64
    /// What ``offset`` counts.
    public let unit: Unit
    /// What is wrong, in words, with the value found where there is one.
    public let reason: String

    /// An error of `code` at `offset`.
    public init(_ code: Code, at offset: UInt64, _ reason: String) {
        self.init(code, offset, .byte, reason)
    }

    /// An error of `code` in the row numbered `row`; 0 where it has no number, or where it is not about a row.
    public init(_ code: Code, row: UInt64, _ reason: String) {
        self.init(code, row, .row, reason)
    }

    /// Code, offset and reason in one line.
    public var description: String {
        unit == .row && offset == 0
            ? "\(code.rawValue): \(reason)" : "\(code.rawValue) at \(unit.rawValue) \(offset): \(reason)"
    }

    /// The same error, its reason preceded by what it is about.
    public func about(_ what: String) -> TileError {
        TileError(code, offset, unit, "\(what): \(reason)")
    }

    private init(_ code: Code, _ offset: UInt64, _ unit: Unit, _ reason: String) {
        self.code = code
        self.offset = offset
        self.unit = unit
        self.reason = reason
    }
}
