/// The stored form of the parts of one line: varints (Protocol Buffers' base 128) in their shortest form.
///
/// The number of parts, then for every part firstLink minus that of the part before (the first counts from 0),
/// lastLink - firstLink, the number of points minus 2, and the points: x and y of the first, then for each how far
/// it is from the one before, east and south, as zigzag. A list of parts has one packed form.
extension LinePart {
    /// The packed form of `parts`, which are in the order of links.
    public static func packed(_ parts: [LinePart]) -> [UInt8] {
        var writer = ProtobufWriter()
        write(parts, to: &writer)
        return writer.bytes
    }

    /// The parts whose packed form is `packed`.
    ///
    /// - Throws: `truncated` or `malformed` for anything but exactly one packed form.
    public static func parts(packed: [UInt8]) throws(TileError) -> [LinePart] {
        var cursor = ByteCursor(packed)
        // A point has at least two bytes.
        var rest = packed.count / 2
        let parts = try read(&cursor, points: &rest)
        guard cursor.isAtEnd else { throw cursor.error(.malformed, "bytes behind the last part") }
        return parts
    }

    static func write(_ parts: [LinePart], to writer: inout ProtobufWriter) {
        writer.varint(UInt64(parts.count))
        var link: UInt32 = 0
        for part in parts {
            writer.varint(UInt64(part.firstLink - link))
            writer.varint(UInt64(part.lastLink - part.firstLink))
            writer.varint(UInt64(part.points.count - 2))
            link = part.firstLink
            var before = VectorPoint(x: 0, y: 0)
            for (index, point) in part.points.enumerated() {
                let (east, south) = (Int64(point.x - before.x), Int64(point.y - before.y))
                writer.varint(index == 0 ? UInt64(east) : ZigZag.encoded(east))
                writer.varint(index == 0 ? UInt64(south) : ZigZag.encoded(south))
                before = point
            }
        }
    }

    /// Reads parts of at most `rest` points, which it counts down.
    static func read(_ cursor: inout ByteCursor, points rest: inout Int) throws(TileError) -> [LinePart] {
        let start = cursor.position
        let count = try cursor.shortestVarint()
        guard count <= UInt64(rest / 2) else {
            throw TileError(.malformed, at: UInt64(start), "\(count) parts of a line, too many")
        }
        var parts: [LinePart] = []
        parts.reserveCapacity(Int(count))
        for _ in 0..<count {
            let start = cursor.position
            let part = try part(&cursor, behind: parts.last?.firstLink ?? 0, points: &rest)
            guard parts.last?.mayPrecede(part) != false else {
                throw TileError(.malformed, at: UInt64(start), "a part out of the order of links")
            }
            parts.append(part)
        }
        return parts
    }

    private static func part(
        _ cursor: inout ByteCursor, behind link: UInt32, points rest: inout Int
    ) throws(TileError) -> LinePart {
        let start = cursor.position
        let (step, span) = (try cursor.shortestVarint(), try cursor.shortestVarint())
        let more = try cursor.shortestVarint()
        guard step <= UInt64(UInt32.max - link), span <= UInt64(UInt32.max - link) - step else {
            throw TileError(.malformed, at: UInt64(start), "a link beyond 2^32")
        }
        guard rest >= 2, more <= UInt64(rest - 2) else {
            throw TileError(.malformed, at: UInt64(start), "\(more) points and two, too many")
        }
        rest -= Int(more) + 2
        var points: [VectorPoint] = []
        points.reserveCapacity(Int(more) + 2)
        points.append(try point(&cursor))
        for _ in 0...more { points.append(try point(&cursor, behind: points[points.count - 1])) }
        let first = link + UInt32(step)
        return LinePart(checked: first, first + UInt32(span), points)
    }

    private static func point(_ cursor: inout ByteCursor) throws(TileError) -> VectorPoint {
        let start = cursor.position
        let (x, y) = (try cursor.shortestVarint(), try cursor.shortestVarint())
        guard x <= UInt64(extent), y <= UInt64(extent) else {
            throw TileError(.malformed, at: UInt64(start), "a point outside the tile")
        }
        return VectorPoint(x: Int32(x), y: Int32(y))
    }

    private static func point(
        _ cursor: inout ByteCursor, behind before: VectorPoint
    ) throws(TileError) -> VectorPoint {
        let start = cursor.position
        let (east, south) = (try cursor.shortestVarint(), try cursor.shortestVarint())
        // Zigzag of what fits into a tile is at most twice as much.
        let limit = 2 * UInt64(extent)
        guard east <= limit, south <= limit, east | south != 0 else {
            throw TileError(.malformed, at: UInt64(start), "a step out of the tile, or none")
        }
        let point = VectorPoint(
            x: before.x + Int32(ZigZag.decoded(east)), y: before.y + Int32(ZigZag.decoded(south)))
        guard (0...extent).contains(point.x), (0...extent).contains(point.y) else {
            throw TileError(.malformed, at: UInt64(start), "a point outside the tile")
        }
        return point
    }
}
