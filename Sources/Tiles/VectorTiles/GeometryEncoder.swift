/// Turns geometries into command integers (section 4.3).
///
/// The caller is trusted to hand over geometries that keep the rules of ``VectorGeometry``; the decoder
/// refuses tiles made from others.
enum GeometryEncoder {
    static func type(of geometry: VectorGeometry) -> VectorGeometryType {
        switch geometry {
        case .points: .point
        case .lines: .line
        case .polygons: .polygon
        case .unknown: .unknown
        }
    }

    static func commands(of geometry: VectorGeometry) -> [UInt32] {
        var path = Path()
        switch geometry {
        case .points(let points): path.points(points)
        case .lines(let lines): for line in lines { path.line(line) }
        case .polygons(let polygons):
            for ring in polygons.joined() {
                path.line(ring)
                path.commands.append(VectorCommand.integer(VectorCommand.closePath, count: 1))
            }
        case .unknown(let commands): return commands
        }
        return path.commands
    }

    private struct Path {
        var commands: [UInt32] = []
        private var cursor = VectorPoint(x: 0, y: 0)

        mutating func points(_ points: [VectorPoint]) {
            commands.append(
                VectorCommand.integer(VectorCommand.moveTo, count: UInt32(clamping: points.count)))
            for point in points { step(to: point) }
        }

        mutating func line(_ line: [VectorPoint]) {
            points(Array(line.prefix(1)))
            commands.append(
                VectorCommand.integer(VectorCommand.lineTo, count: UInt32(clamping: line.count - 1)))
            for point in line.dropFirst() { step(to: point) }
        }

        private mutating func step(to point: VectorPoint) {
            commands.append(parameter(from: cursor.x, to: point.x))
            commands.append(parameter(from: cursor.y, to: point.y))
            cursor = point
        }

        /// Differences wrap as 32-bit readers add them.
        private func parameter(from: Int32, to: Int32) -> UInt32 {
            let difference = to &- from
            return UInt32(bitPattern: (difference << 1) ^ (difference >> 31))
        }
    }
}
