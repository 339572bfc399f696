/// Reads the command integers of one feature and enforces section 4.3 of the specification.
struct GeometryDecoder {
    /// How many points and rings all features of a tile may have together; counts down.
    struct Budget {
        var points: Int
    }

    private var cursor: ByteCursor
    private var point = VectorPoint(x: 0, y: 0)
    /// Version 1 did not define which way round rings go.
    private let hasWindingOrder: Bool

    init(_ commands: ByteCursor, version: UInt32) {
        cursor = commands
        hasWindingOrder = version >= 2
    }

    mutating func geometry(
        _ type: VectorGeometryType, budget: inout Budget
    ) throws(TileError) -> VectorGeometry {
        guard !cursor.isAtEnd else { throw cursor.error(.malformed, "a geometry without commands") }
        switch type {
        case .point:
            let points = try run(VectorCommand.moveTo, "MoveTo", atLeast: 1, &budget)
            guard cursor.isAtEnd else { throw cursor.error(.malformed, "points need exactly one MoveTo") }
            return .points(points)
        case .line:
            var lines: [[VectorPoint]] = []
            while !cursor.isAtEnd { lines.append(try line(atLeast: 1, &budget)) }
            return .lines(lines)
        case .polygon: return .polygons(try polygons(&budget))
        case .unknown:
            var commands: [UInt32] = []
            while !cursor.isAtEnd { commands.append(try integer()) }
            return .unknown(commands)
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

    /// One command of `kind` with its parameters.
    private mutating func run(
        _ kind: UInt32, _ name: String, atLeast minimum: UInt32, _ budget: inout Budget
    ) throws(TileError) -> [VectorPoint] {
        let start = cursor.position
        let command = try integer()
        guard command & 7 == kind else {
            throw TileError(.malformed, at: UInt64(start), "command \(command & 7) where \(name) is needed")
        }
        let count = command >> 3
        guard count >= minimum else {
            throw TileError(
                .malformed, at: UInt64(start), "\(name) with count \(count), at least \(minimum) needed")
        }
        // A parameter has at least one byte: no count makes us reserve more than the tile is long.
        guard Int(count) <= cursor.remaining / 2 else {
            throw TileError(
                .truncated, at: UInt64(start), "\(name) with count \(count), \(cursor.remaining) bytes left")
        }
        guard Int(count) <= budget.points else {
            throw TileError(.overLimit, at: UInt64(start), "more points than the limit")
        }
        budget.points -= Int(count)
        var points: [VectorPoint] = []
        points.reserveCapacity(Int(count))
        for _ in 0..<count { points.append(try step(isLine: kind == VectorCommand.lineTo)) }
        return points
    }

    private mutating func step(isLine: Bool) throws(TileError) -> VectorPoint {
        let start = cursor.position
        let (dx, dy) = (try parameter(), try parameter())
        guard !isLine || dx != 0 || dy != 0 else {
            throw TileError(.malformed, at: UInt64(start), "LineTo that goes nowhere")
        }
        let (x, xOverflow) = point.x.addingReportingOverflow(dx)
        let (y, yOverflow) = point.y.addingReportingOverflow(dy)
        guard !xOverflow, !yOverflow else {
            throw TileError(.malformed, at: UInt64(start), "a position beyond 32 bits")
        }
        point = VectorPoint(x: x, y: y)
        return point
    }

    private mutating func parameter() throws(TileError) -> Int32 {
        let value = try integer()
        // -2^31 is the one value the specification excludes (section 4.3.2).
        guard value != UInt32.max else { throw cursor.error(.malformed, "a parameter beyond 2^31 - 1") }
        return Int32(bitPattern: value >> 1) ^ -Int32(bitPattern: value & 1)
    }

    private mutating func line(atLeast minimum: UInt32, _ budget: inout Budget) throws(TileError)
        -> [VectorPoint]
    {
        let start = cursor.position
        let first = try run(VectorCommand.moveTo, "MoveTo", atLeast: 1, &budget)
        guard first.count == 1 else {
            throw TileError(
                .malformed, at: UInt64(start), "MoveTo with count \(first.count) starts a line or ring")
        }
        return first + (try run(VectorCommand.lineTo, "LineTo", atLeast: minimum, &budget))
    }

    private mutating func polygons(_ budget: inout Budget) throws(TileError) -> [[[VectorPoint]]] {
        var result: [[[VectorPoint]]] = []
        while !cursor.isAtEnd {
            let start = UInt64(cursor.position)
            let ring = try line(atLeast: 2, &budget)
            let close = try integer()
            guard close == VectorCommand.integer(VectorCommand.closePath, count: 1) else {
                throw TileError(.malformed, at: start, "a ring without ClosePath of count 1")
            }
            guard ring.first != ring.last else {
                throw TileError(.malformed, at: start, "a ring whose last point is its first")
            }
            let area = Self.doubleArea(ring)
            guard hasWindingOrder else {
                result.append([ring])
                continue
            }
            if area > 0 {
                result.append([ring])
            } else if area < 0, !result.isEmpty {
                result[result.count - 1].append(ring)
            } else {
                throw TileError(
                    .malformed, at: start, area < 0 ? "an interior ring comes first" : "a ring without area")
            }
        }
        return result
    }

    /// Twice the area by the surveyor's formula, positive for a clockwise ring (section 4.3.4.4).
    private static func doubleArea(_ ring: [VectorPoint]) -> Int128 {
        guard var previous = ring.last else { return 0 }
        var sum: Int128 = 0
        for point in ring {
            sum += Int128(Int64(previous.x) * Int64(point.y)) - Int128(Int64(point.x) * Int64(previous.y))
            previous = point
        }
        return sum
    }
}
