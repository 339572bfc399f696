/// The stored form of a ``TileSummary``: varints (Protocol Buffers' base 128) in their shortest form.
///
/// `count`, then for every square by ascending index: index minus that of the square before minus 1 (the
/// first counts from -1), n, qualitySum, firstDay as zigzag, lastDay - firstDay. Then the drives and the
/// contributors of the squares, each as ``DistinctSets`` pack them. Then the extent: west, north, east - west,
/// south - north. A tile without frames is its count alone. One summary has one packed form.
extension TileSummary {
    /// The packed form.
    public func packed() -> [UInt8] {
        var writer = ProtobufWriter()
        writer.reserve(squares.count * 10 + driveSets.packedBound + contributorSets.packedBound + 24)
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
        guard let extent else { return writer.bytes }
        driveSets.pack(into: &writer)
        contributorSets.pack(into: &writer)
        for value in [extent.west, extent.north, extent.east - extent.west, extent.south - extent.north] {
            writer.varint(UInt64(value))
        }
        return writer.bytes
    }

    /// The summary whose packed form is `packed`.
    ///
    /// - Throws: `truncated` or `malformed` for anything but exactly one packed form.
    public init(packed: [UInt8]) throws(TileError) {
        var cursor = ByteCursor(packed)
        let squares = try Self.squares(&cursor)
        guard !squares.isEmpty else {
            guard cursor.isAtEnd else { throw cursor.error(.malformed, "bytes behind a count of 0") }
            self = .empty
            return
        }
        let drives = try DistinctSets(&cursor, squares)
        let contributors = try DistinctSets(&cursor, squares)
        let extent = try SquareExtent(&cursor)
        guard cursor.isAtEnd else { throw cursor.error(.malformed, "bytes behind the extent") }
        self.init(squares: squares, extent: extent, driveSets: drives, contributorSets: contributors)
    }

    private static func squares(_ cursor: inout ByteCursor) throws(TileError) -> [Square] {
        let count = try cursor.shortestVarint()
        guard count <= UInt64(SquareAddress.count) else {
            throw TileError(.malformed, at: 0, "\(count) squares in a grid of \(SquareAddress.count)")
        }
        var squares: [Square] = []
        squares.reserveCapacity(Int(count))
        var next: UInt64 = 0
        for _ in 0..<count {
            let start = cursor.position
            let gap = try cursor.shortestVarint()
            guard gap < UInt64(SquareAddress.count) - next else {
                throw TileError(.malformed, at: UInt64(start), "a square beyond the grid")
            }
            let summary = try SquareSummary(&cursor)
            squares.append(Square(index: UInt16(next + gap), summary: summary))
            next += gap + 1
        }
        return squares
    }
}

extension SquareSummary {
    fileprivate init(_ cursor: inout ByteCursor) throws(TileError) {
        let start = cursor.position
        let n = try cursor.shortestVarint()
        let qualitySum = try cursor.shortestVarint()
        let firstDay = ZigZag.decoded(try cursor.shortestVarint())
        let span = try cursor.shortestVarint()
        guard let first = Int32(exactly: firstDay), let length = Int32(exactly: span),
            case let (last, overflow) = first.addingReportingOverflow(length), !overflow,
            let summary = SquareSummary(n: n, qualitySum: qualitySum, firstDay: first, lastDay: last)
        else { throw TileError(.malformed, at: UInt64(start), "values out of range in a square") }
        self = summary
    }
}

extension SquareExtent {
    fileprivate init(_ cursor: inout ByteCursor) throws(TileError) {
        let start = cursor.position
        var values: [UInt32] = []
        for _ in 0..<4 {
            let value = try cursor.shortestVarint()
            // Clamped values are out of range, and two of them have a sum.
            values.append(UInt32(clamping: min(value, 1 << 30)))
        }
        guard
            let extent = SquareExtent(
                west: values[0], north: values[1], east: values[0] + values[2], south: values[1] + values[3])
        else { throw TileError(.malformed, at: UInt64(start), "an extent beyond the map") }
        self = extent
    }
}
