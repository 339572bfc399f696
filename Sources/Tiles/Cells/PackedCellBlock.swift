import Geo

/// The stored form of a ``CellBlock``: varints (Protocol Buffers' base 128) in their shortest form.
///
/// For every length of cells their number, then for each cell by ascending bits: its bits inside the block minus those of
/// the cell before minus 1 (the first counts from -1), frames, passes, drives, contributors, sum of qualities, best
/// quality, first day as zigzag, last day minus first day. A block has one packed form.
extension CellBlock {
    /// The packed form.
    public func packed() -> [UInt8] {
        var writer = ProtobufWriter()
        writer.reserve(levels.reduce(0) { $0 + 10 + $1.count * 16 })
        for (level, precision) in zip(levels, precisions) {
            writer.varint(UInt64(level.count))
            let base = block.bits << (5 * UInt64(precision - block.precision))
            var next: UInt64 = 0
            for tally in level {
                writer.append(atMost: 9 * 10) { (output: inout OutputSpan<UInt8>) in
                    let place = tally.cell.bits - base
                    output.varint(place - next)
                    next = place + 1
                    output.varint(tally.frames)
                    output.varint(tally.passes)
                    output.varint(tally.drives)
                    output.varint(tally.contributors)
                    output.varint(tally.qualitySum)
                    output.varint(UInt64(tally.bestQuality))
                    output.varint(ZigZag.encoded(Int64(tally.firstDay)))
                    output.varint(UInt64(tally.lastDay.distance(to: tally.firstDay).magnitude))
                }
            }
        }
        return writer.bytes
    }

    /// The block whose packed form is `packed`, in a map whose cells have `precision` characters.
    ///
    /// - Throws: `truncated` or `malformed` for anything but exactly one packed form.
    public init(_ block: Geohash, precision: Int, packed: [UInt8]) throws(TileError) {
        let precisions = Self.lengths(precision)
        var cursor = ByteCursor(packed)
        var levels: [[CellTally]] = []
        for precision in precisions {
            let room = UInt64(1) << (5 * UInt64(precision - block.precision))
            let count = try cursor.shortestVarint()
            // Nine values of at least a byte each.
            guard count <= room, count <= UInt64(cursor.remaining) / 9 else {
                throw cursor.error(.malformed, "\(count) cells announced")
            }
            let base = block.bits << (5 * UInt64(precision - block.precision))
            var level: [CellTally] = []
            level.reserveCapacity(Int(count))
            var next: UInt64 = 0
            for _ in 0..<count {
                let gap = try cursor.shortestVarint()
                guard gap < room - next, let cell = Geohash(bits: base + next + gap, precision: precision)
                else {
                    throw cursor.error(.malformed, "a cell beyond its block")
                }
                level.append(try CellTally(cell, &cursor))
                next += gap + 1
            }
            levels.append(level)
        }
        guard cursor.isAtEnd else { throw cursor.error(.malformed, "bytes behind the last cell") }
        self.init(block: block, precisions: precisions, levels: levels)
    }
}

extension CellTally {
    fileprivate init(_ cell: Geohash, _ cursor: inout ByteCursor) throws(TileError) {
        self.init(cell: cell)
        frames = try cursor.shortestVarint()
        passes = try cursor.shortestVarint()
        drives = try cursor.shortestVarint()
        contributors = try cursor.shortestVarint()
        qualitySum = try cursor.shortestVarint()
        let best = try cursor.shortestVarint()
        let first = ZigZag.decoded(try cursor.shortestVarint())
        let span = try cursor.shortestVarint()
        let days = SquareSummary.days
        // No more passes, drives or contributors than frames: then every sum of them fits.
        guard (1...SquareSummary.maxFrames).contains(frames), passes <= frames, (1...frames).contains(drives),
            (1...drives).contains(contributors), qualitySum <= 1000 * frames, best <= 1000,
            first >= Int64(days.lowerBound), first <= Int64(days.upperBound),
            span <= UInt64(Int64(days.upperBound) - first)
        else { throw cursor.error(.malformed, "values out of range in a cell") }
        bestQuality = UInt16(best)
        firstDay = Int32(first)
        lastDay = Int32(first + Int64(span))
    }
}
