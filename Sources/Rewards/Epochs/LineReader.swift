import Canonical

/// Reads a file of lines piece by piece.
public struct LineReader {
    private let nextPiece: () throws -> [UInt8]
    private var piece: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    /// How many lines were read.
    public private(set) var count = 0

    /// The most bytes a line may have.
    public static let maxLineBytes = 1 << 26

    /// Reads the pieces that `nextPiece` gives, until it gives an empty one.
    public init(pieces nextPiece: @escaping () throws -> [UInt8]) { self.nextPiece = nextPiece }

    /// Reads `bytes`.
    public init(_ bytes: [UInt8]) {
        nextPiece = { [] }
        piece = bytes
    }

    /// The next line without its line feed; nil at the end.
    ///
    /// - Throws: ``JSONError`` where the last line has no line feed or a line is too long, and what the source of the pieces
    ///   throws.
    public mutating func next() throws -> [UInt8]? {
        var line: [UInt8] = []
        return try next(into: &line) ? line : nil
    }

    /// Puts the next line without its line feed into `line`, whose memory serves again; false at the end.
    ///
    /// - Throws: See ``next()``.
    public mutating func next(into line: inout [UInt8]) throws -> Bool {
        var searched = start
        while true {
            if let end = piece.place(of: 0x0A, from: searched) {
                line.removeAll(keepingCapacity: true)
                line.append(contentsOf: piece[start..<end])
                start = end + 1
                count += 1
                return true
            }
            searched = piece.count - start
            guard searched <= Self.maxLineBytes else {
                throw JSONError(reason: "more than \(Self.maxLineBytes) bytes", place: "line \(count + 1)")
            }
            let more = isAtEnd ? [] : try nextPiece()
            if more.isEmpty {
                isAtEnd = true
                if piece.count > start {
                    throw JSONError(reason: "no line feed at the end", place: "line \(count + 1)")
                }
                return false
            }
            piece.removeSubrange(..<start)
            piece.append(contentsOf: more)
            start = 0
        }
    }
}
