/// What a ``GeometryReader`` tells while it steps through the commands of one feature.
protocol GeometryVisitor {
    /// `count` points follow, their command at byte `offset`.
    mutating func expect(_ count: Int, at offset: UInt64) throws(TileError)
    /// A point, or the first one of a line or ring.
    mutating func move(to point: VectorPoint)
    /// The next point of a line or ring.
    mutating func line(to point: VectorPoint)
    /// The line is complete.
    mutating func endLine()
    /// The ring is complete; an interior one belongs to the polygon before it.
    mutating func endRing(isExterior: Bool)
    /// A command of a geometry of unknown type.
    mutating func unknown(_ command: UInt32)
    /// A rule is broken in a way that leaves the rest legible. Throws where the rest is not wanted.
    mutating func fault(_ fault: GeometryFault, at offset: UInt64) throws(TileError)
}

/// Broken rules of section 4.3 that do not hide what follows.
enum GeometryFault: Sendable {
    /// A LineTo by (0, 0), which must not be (section 4.3.3.2).
    case lineToNowhere
    /// The last point of a ring is its first, which shall not be (section 4.3.4.4).
    case ringClosedTwice
    /// The first ring of a polygon is wound as an interior one is.
    case interiorRingFirst
    /// A ring whose area is 0, which should not be (section 4.3.4.4).
    case ringWithoutArea

    /// The fault in words.
    var reason: String {
        switch self {
        case .lineToNowhere: "LineTo that goes nowhere"
        case .ringClosedTwice: "a ring whose last point is its first"
        case .interiorRingFirst: "an interior ring comes first"
        case .ringWithoutArea: "a ring without area"
        }
    }
}

/// Steps through the command integers of one feature and enforces section 4.3 of the specification. It keeps
/// nothing: whoever visits takes what it needs.
struct GeometryReader {
    private var cursor: ByteCursor
    private var point = VectorPoint(x: 0, y: 0)
    /// Version 1 did not define which way round rings go.
    private let hasWindingOrder: Bool

    init(_ commands: ByteCursor, version: UInt32) {
        cursor = commands
        hasWindingOrder = version >= 2
    }

    mutating func read<Visitor: GeometryVisitor>(
        _ type: VectorGeometryType, _ visitor: inout Visitor
    ) throws(TileError) {
        guard !cursor.isAtEnd else { throw cursor.error(.malformed, "a geometry without commands") }
        switch type {
        case .point:
            for _ in 0..<(try begin(VectorCommand.moveTo, "MoveTo", atLeast: 1, &visitor)) {
                try step()
                visitor.move(to: point)
            }
            guard cursor.isAtEnd else { throw cursor.error(.malformed, "points need exactly one MoveTo") }
        case .line:
            while !cursor.isAtEnd {
                try moveToStart(&visitor)
                for _ in 0..<(try begin(VectorCommand.lineTo, "LineTo", atLeast: 1, &visitor)) {
                    try lineStep(&visitor)
                }
                visitor.endLine()
            }
        case .polygon: try rings(&visitor)
        case .unknown: while !cursor.isAtEnd { visitor.unknown(try integer()) }
        }
    }

    private mutating func rings<Visitor: GeometryVisitor>(_ visitor: inout Visitor) throws(TileError) {
        var hasExterior = false
        while !cursor.isAtEnd {
            let offset = UInt64(cursor.position)
            try moveToStart(&visitor)
            let first = point
            var area = RingArea(first)
            for _ in 0..<(try begin(VectorCommand.lineTo, "LineTo", atLeast: 2, &visitor)) {
                try lineStep(&visitor)
                area.add(point)
            }
            let close = try integer()
            guard close == VectorCommand.integer(VectorCommand.closePath, count: 1) else {
                throw TileError(.malformed, at: offset, "a ring without ClosePath of count 1")
            }
            if first == point { try visitor.fault(.ringClosedTwice, at: offset) }
            guard hasWindingOrder else {
                visitor.endRing(isExterior: true)
                continue
            }
            let doubled = area.doubled
            if doubled == 0 { try visitor.fault(.ringWithoutArea, at: offset) }
            if doubled < 0, !hasExterior { try visitor.fault(.interiorRingFirst, at: offset) }
            let isExterior = doubled > 0 || !hasExterior
            hasExterior = true
            visitor.endRing(isExterior: isExterior)
        }
    }

    private mutating func integer() throws(TileError) -> UInt32 {
        let start = cursor.position
        let value = try cursor.varint()
        guard let integer = UInt32(exactly: value) else {
            throw TileError(.malformed, at: UInt64(start), "command integer \(value) has more than 32 bits")
        }
        return integer
    }

    /// Reads a command of `kind` and gives its count.
    private mutating func begin<Visitor: GeometryVisitor>(
        _ kind: UInt32, _ name: String, atLeast minimum: UInt32, _ visitor: inout Visitor
    ) throws(TileError) -> Int {
        let start = UInt64(cursor.position)
        let command = try integer()
        guard command & 7 == kind else {
            throw TileError(.malformed, at: start, "command \(command & 7) where \(name) is needed")
        }
        let count = command >> 3
        guard count >= minimum else {
            throw TileError(
                .malformed, at: start, "\(name) with count \(count), at least \(minimum) needed")
        }
        // A parameter has at least one byte: no count makes anyone reserve more than the tile is long.
        guard Int(count) <= cursor.remaining / 2 else {
            throw TileError(
                .truncated, at: start, "\(name) with count \(count), \(cursor.remaining) bytes left")
        }
        try visitor.expect(Int(count), at: start)
        return Int(count)
    }

    /// The one MoveTo a line or ring starts with.
    private mutating func moveToStart<Visitor: GeometryVisitor>(_ visitor: inout Visitor) throws(TileError) {
        let start = UInt64(cursor.position)
        let count = try begin(VectorCommand.moveTo, "MoveTo", atLeast: 1, &visitor)
        guard count == 1 else {
            throw TileError(.malformed, at: start, "MoveTo with count \(count) starts a line or ring")
        }
        try step()
        visitor.move(to: point)
    }

    private mutating func lineStep<Visitor: GeometryVisitor>(_ visitor: inout Visitor) throws(TileError) {
        let start = UInt64(cursor.position)
        let before = point
        try step()
        if point == before { try visitor.fault(.lineToNowhere, at: start) }
        visitor.line(to: point)
    }

    private mutating func step() throws(TileError) {
        let start = UInt64(cursor.position)
        let (dx, dy) = (try parameter(), try parameter())
        let (x, xOverflow) = point.x.addingReportingOverflow(dx)
        let (y, yOverflow) = point.y.addingReportingOverflow(dy)
        guard !xOverflow, !yOverflow else {
            throw TileError(.malformed, at: start, "a position beyond 32 bits")
        }
        point = VectorPoint(x: x, y: y)
    }

    private mutating func parameter() throws(TileError) -> Int32 {
        let value = try integer()
        // -2^31 is the one value the specification excludes (section 4.3.2).
        guard value != UInt32.max else { throw cursor.error(.malformed, "a parameter beyond 2^31 - 1") }
        return Int32(bitPattern: value >> 1) ^ -Int32(bitPattern: value & 1)
    }
}

/// Twice the area of a ring by the surveyor's formula, positive for a clockwise ring (section 4.3.4.4), point by
/// point.
private struct RingArea {
    private let first: VectorPoint
    private var previous: VectorPoint
    private var sum: Int128 = 0

    init(_ first: VectorPoint) {
        self.first = first
        previous = first
    }

    mutating func add(_ point: VectorPoint) {
        sum += Self.cross(previous, point)
        previous = point
    }

    /// Twice the area, the ring closed from the last point to the first.
    var doubled: Int128 { sum + Self.cross(previous, first) }

    private static func cross(_ left: VectorPoint, _ right: VectorPoint) -> Int128 {
        Int128(Int64(left.x) * Int64(right.y)) - Int128(Int64(right.x) * Int64(left.y))
    }
}
