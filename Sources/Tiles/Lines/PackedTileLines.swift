/// The stored form of ``TileLines``: varints (Protocol Buffers' base 128) in their shortest form.
///
/// 1 for a sample, else 0; the number of drives; then for every drive hash minus that of the drive before (the
/// first counts from 0), the length of its name and the name's bytes, the contributor, the day as zigzag, and the
/// parts as ``LinePart`` packs them. The lines of a tile have one packed form.
extension TileLines {
    /// The packed form.
    public func packed() -> [UInt8] {
        var writer = ProtobufWriter()
        writer.reserve(lines.reduce(4) { $0 + 48 + $1.pointCount * 4 })
        writer.varint(isSample ? 1 : 0)
        writer.varint(UInt64(lines.count))
        var hash: UInt64 = 0
        for line in lines {
            writer.varint(line.hash - hash)
            hash = line.hash
            writer.varint(UInt64(line.drive.utf8.count))
            // Below 0x80, so that each is a varint of its own.
            for byte in line.drive.utf8 { writer.varint(UInt64(byte)) }
            writer.varint(line.contributor)
            writer.varint(ZigZag.encoded(Int64(line.day)))
            LinePart.write(line.parts, to: &writer)
        }
        return writer.bytes
    }

    /// The lines whose packed form is `packed`.
    ///
    /// - Throws: `truncated` or `malformed` for anything but exactly one packed form.
    public init(packed: [UInt8]) throws(TileError) {
        var cursor = ByteCursor(packed)
        let isSample = try cursor.shortestVarint()
        let count = try cursor.shortestVarint()
        guard isSample <= 1, count <= UInt64(Self.maxDrives), isSample == 0 || count == Self.maxDrives else {
            throw TileError(.malformed, at: 0, "\(count) drives, sample \(isSample)")
        }
        var lines: [TileLine] = []
        lines.reserveCapacity(Int(count))
        var points = Self.maxPoints
        for _ in 0..<count {
            let start = UInt64(cursor.position)
            let line = try Self.line(&cursor, behind: lines.last?.hash ?? 0, points: &points)
            guard lines.last?.isBefore(line) != false else {
                throw TileError(.malformed, at: start, "a drive out of order")
            }
            lines.append(line)
        }
        guard cursor.isAtEnd else { throw cursor.error(.malformed, "bytes behind the last drive") }
        self.init(checked: lines, isSample: isSample == 1)
    }

    private static func line(
        _ cursor: inout ByteCursor, behind hash: UInt64, points: inout Int
    ) throws(TileError) -> TileLine {
        let start = UInt64(cursor.position)
        let step = try cursor.shortestVarint()
        let length = try cursor.shortestVarint()
        let drive = try cursor.part(length).utf8()
        let contributor = try cursor.shortestVarint()
        let day = ZigZag.decoded(try cursor.shortestVarint())
        let parts = try LinePart.read(&cursor, points: &points)
        guard step <= UInt64.max - hash, let day = Int32(exactly: day),
            let line = TileLine(
                hash: hash + step, drive: drive, contributor: contributor, day: day, parts: parts)
        else { throw TileError(.malformed, at: start, "values out of range in a drive") }
        return line
    }
}
