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
        // A build reads every frame of every tile it makes, so this goes without the general cursor.
        var reader = VarintReader(packed)
        let count = try reader.next()
        // Seven values of at least a byte each: no count makes us reserve more than the bytes can hold.
        guard count <= UInt64(packed.count - reader.position) / 7 else {
            throw TileError(.truncated, at: 0, "\(count) frames announced in \(packed.count) bytes")
        }
        var frames: [MapFrame] = []
        frames.reserveCapacity(Int(count))
        var last: (number: Int64, time: Int64, x: Int64, y: Int64, row: Int64) = (0, 0, 0, 0, 0)
        for _ in 0..<count {
            let start = reader.position
            // Values that wrap around land outside their ranges or on what another packed form says.
            last.number &+= ZigZag.decoded(try reader.next())
            last.time &+= ZigZag.decoded(try reader.next())
            last.x &+= ZigZag.decoded(try reader.next())
            last.y &+= ZigZag.decoded(try reader.next())
            last.row &+= ZigZag.decoded(try reader.next())
            let heading = try reader.next()
            let quality = try reader.next()
            guard let x = UInt32(exactly: last.x), let y = UInt32(exactly: last.y),
                let row = UInt32(exactly: last.row), heading <= 36_000, quality <= 1000,
                let frame = MapFrame(
                    number: last.number, capturedAt: last.time, x: x, y: y, cellRow: row,
                    heading: heading == 0 ? nil : Int64(heading) - 1, quality: Int64(quality))
            else { throw TileError(.malformed, at: UInt64(start), "values out of range in a frame") }
            frames.append(frame)
        }
        guard reader.position == packed.count else {
            throw TileError(.malformed, at: UInt64(reader.position), "bytes behind the last frame")
        }
        return frames
    }
}

/// Reads varints in their shortest form from an array, checking every step.
private struct VarintReader {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    @inline(__always)
    mutating func next() throws(TileError) -> UInt64 {
        guard position < bytes.count else {
            throw TileError(.truncated, at: UInt64(position), "the bytes end here")
        }
        let first = bytes[position]
        position += 1
        if first < 0x80 { return UInt64(first) }
        var value = UInt64(first & 0x7F)
        var shift: UInt64 = 7
        while true {
            guard position < bytes.count else {
                throw TileError(.truncated, at: UInt64(position), "the bytes end inside a varint")
            }
            let byte = bytes[position]
            // The tenth byte has one bit left; and a last byte of zero makes the form longer than it need be.
            guard shift < 63 || byte == 1, byte != 0 else {
                throw TileError(
                    .malformed, at: UInt64(position),
                    "a varint of more than 64 bits, or not in its shortest form")
            }
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }
}
