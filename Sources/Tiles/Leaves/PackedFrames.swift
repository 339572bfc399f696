/// The stored form of the frames one drive has in one leaf tile: varints (Protocol Buffers' base 128) in their
/// shortest form.
///
/// `count`, then for every frame the differences of number, time, x, y and cell row to the frame before it (the
/// first counts from 0) as zigzag, heading + 1 (0 where unknown), quality. A list has one packed form.
public enum PackedFrames {
    /// The packed form of `frames`.
    public static func bytes(_ frames: [MapFrame]) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.reserve(frames.count * 14 + 4)
        writer.varint(UInt64(frames.count))
        var last: (number: Int64, time: Int64, x: Int64, y: Int64, row: Int64) = (0, 0, 0, 0, 0)
        for frame in frames {
            let next = (
                Int64(frame.number), frame.capturedAt, Int64(frame.x), Int64(frame.y), Int64(frame.cellRow)
            )
            writer.varint(ZigZag.encoded(next.0 - last.number))
            writer.varint(ZigZag.encoded(next.1 - last.time))
            writer.varint(ZigZag.encoded(next.2 - last.x))
            writer.varint(ZigZag.encoded(next.3 - last.y))
            writer.varint(ZigZag.encoded(next.4 - last.row))
            writer.varint(frame.heading.map { UInt64($0) + 1 } ?? 0)
            writer.varint(UInt64(frame.quality))
            last = next
        }
        return writer.bytes
    }

    /// The frames whose packed form is `packed`.
    ///
    /// - Throws: `truncated` or `malformed` for anything but exactly one packed form.
    public static func frames(_ packed: [UInt8]) throws(TileError) -> [MapFrame] {
        var cursor = ByteCursor(packed)
        let count = try cursor.shortestVarint()
        // Seven values of at least a byte each: no count makes us reserve more than the bytes can hold.
        guard count <= UInt64(cursor.remaining) / 7 else {
            throw TileError(.truncated, at: 0, "\(count) frames announced, \(cursor.remaining) bytes left")
        }
        var frames: [MapFrame] = []
        frames.reserveCapacity(Int(count))
        var last: (number: Int64, time: Int64, x: Int64, y: Int64, row: Int64) = (0, 0, 0, 0, 0)
        for _ in 0..<count {
            let start = cursor.position
            // Values that wrap around land outside their ranges or on what another packed form says.
            last.number &+= ZigZag.decoded(try cursor.shortestVarint())
            last.time &+= ZigZag.decoded(try cursor.shortestVarint())
            last.x &+= ZigZag.decoded(try cursor.shortestVarint())
            last.y &+= ZigZag.decoded(try cursor.shortestVarint())
            last.row &+= ZigZag.decoded(try cursor.shortestVarint())
            let heading = try cursor.shortestVarint()
            let quality = try cursor.shortestVarint()
            guard let x = UInt32(exactly: last.x), let y = UInt32(exactly: last.y),
                let row = UInt32(exactly: last.row), heading <= 36_000, quality <= 1000,
                let frame = MapFrame(
                    number: last.number, capturedAt: last.time, x: x, y: y, cellRow: row,
                    heading: heading == 0 ? nil : Int64(heading) - 1, quality: Int64(quality))
            else { throw TileError(.malformed, at: UInt64(start), "values out of range in a frame") }
            frames.append(frame)
        }
        guard cursor.isAtEnd else { throw cursor.error(.malformed, "bytes behind the last frame") }
        return frames
    }
}
