/// The stored form of a ``TileSummary``: varints (Protocol Buffers' base 128) in their shortest form.
///
/// `count`, then for every square by ascending index: index minus that of the square before minus 1 (the
/// first counts from -1), n, qualitySum, firstDay as zigzag, lastDay - firstDay. One summary has one packed
/// form.
extension TileSummary {
    /// The packed form.
    public func packed() -> [UInt8] {
        var writer = ProtobufWriter()
        writer.reserve(squares.count * 10 + 2)
        writer.varint(UInt64(squares.count))
        var next: UInt16 = 0
        for square in squares {
            writer.varint(UInt64(square.index - next))
            next = square.index + 1
            writer.varint(square.summary.n)
            writer.varint(square.summary.qualitySum)
            writer.varint(ZigZag.encoded(Int64(square.summary.firstDay)))
            writer.varint(UInt64(square.summary.lastDay.distance(to: square.summary.firstDay).magnitude))
        }
        return writer.bytes
    }

    /// The summary whose packed form is `packed`.
    ///
    /// - Throws: `truncated` or `malformed` for anything but exactly one packed form.
    public init(packed: [UInt8]) throws(TileError) {
        var cursor = ByteCursor(packed)
        let count = try cursor.shortestVarint()
        guard count <= UInt64(SquareAddress.count) else {
            throw TileError(.malformed, at: 0, "\(count) squares in a grid of \(SquareAddress.count)")
        }
        var grid = SquareGrid()
        var next: UInt64 = 0
        for _ in 0..<count {
            let start = cursor.position
            let gap = try cursor.shortestVarint()
            guard gap < UInt64(SquareAddress.count) - next else {
                throw TileError(.malformed, at: UInt64(start), "a square beyond the grid")
            }
            let summary = try Self.square(&cursor)
            grid.add(summary, at: UInt16(next + gap))
            next += gap + 1
        }
        guard cursor.isAtEnd else { throw cursor.error(.malformed, "bytes behind the last square") }
        self.init(grid: grid)
    }

    private static func square(_ cursor: inout ByteCursor) throws(TileError) -> SquareSummary {
        let start = cursor.position
        let n = try cursor.shortestVarint()
        let qualitySum = try cursor.shortestVarint()
        let firstDay = ZigZag.decoded(try cursor.shortestVarint())
        let span = try cursor.shortestVarint()
        guard let first = Int32(exactly: firstDay), let length = Int32(exactly: span),
            case let (last, overflow) = first.addingReportingOverflow(length), !overflow,
            let summary = SquareSummary(n: n, qualitySum: qualitySum, firstDay: first, lastDay: last)
        else { throw TileError(.malformed, at: UInt64(start), "values out of range in a square") }
        return summary
    }
}
