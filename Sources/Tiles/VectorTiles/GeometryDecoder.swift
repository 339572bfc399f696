/// Puts the geometry of one feature together, and refuses faults unless they are tolerated.
struct GeometryDecoder {
    /// How many points and rings all features of a tile may have together; counts down.
    struct Budget {
        var points: Int
        /// Whether rules may be broken that leave the rest legible.
        var toleratesFaults = false
    }

    private var reader: GeometryReader

    init(_ commands: ByteCursor, version: UInt32) {
        reader = GeometryReader(commands, version: version)
    }

    mutating func geometry(
        _ type: VectorGeometryType, budget: inout Budget
    ) throws(TileError) -> VectorGeometry {
        var parts = Parts(budget: budget)
        defer { budget = parts.budget }
        try reader.read(type, &parts)
        return switch type {
        case .point: .points(parts.path)
        case .line: .lines(parts.lines)
        case .polygon: .polygons(parts.polygons)
        case .unknown: .unknown(parts.commands)
        }
    }

    private struct Parts: GeometryVisitor {
        var budget: Budget
        var path: [VectorPoint] = []
        var lines: [[VectorPoint]] = []
        var polygons: [[[VectorPoint]]] = []
        var commands: [UInt32] = []

        init(budget: Budget) {
            self.budget = budget
        }

        mutating func expect(_ count: Int, at offset: UInt64) throws(TileError) {
            guard count <= budget.points else {
                throw TileError(.overLimit, at: offset, "more points than the limit")
            }
            budget.points -= count
            path.reserveCapacity(path.count + count)
        }

        mutating func move(to point: VectorPoint) { path.append(point) }

        mutating func line(to point: VectorPoint) { path.append(point) }

        mutating func endLine() {
            lines.append(path)
            path = []
        }

        mutating func endRing(isExterior: Bool) {
            if isExterior { polygons.append([path]) } else { polygons[polygons.count - 1].append(path) }
            path = []
        }

        mutating func unknown(_ command: UInt32) { commands.append(command) }

        mutating func fault(_ fault: GeometryFault, at offset: UInt64) throws(TileError) {
            if !budget.toleratesFaults { throw TileError(.malformed, at: offset, fault.reason) }
        }
    }
}
