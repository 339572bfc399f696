/// Takes down how far a geometry reaches and which rules it breaks.
struct GeometryCheck: GeometryVisitor {
    private let faults: TileFaults
    private var lowest: Int32 = 0
    private var highest: Int32 = 0

    init(_ faults: TileFaults) {
        self.faults = faults
    }

    /// Units by which the geometry reaches out of a tile of `extent` units a side, 0 where it lies inside.
    func overhang(extent: UInt32) -> Int64 { max(-Int64(lowest), Int64(highest) - Int64(extent), 0) }

    mutating func expect(_ count: Int, at offset: UInt64) {}

    mutating func move(to point: VectorPoint) { take(point) }

    mutating func line(to point: VectorPoint) { take(point) }

    mutating func endLine() {}

    mutating func endRing(isExterior: Bool) {}

    mutating func unknown(_ command: UInt32) {}

    mutating func fault(_ fault: GeometryFault, at offset: UInt64) throws(TileError) {
        let code: TileFinding.Code =
            switch fault {
            case .lineToNowhere: .vectorStep
            case .ringClosedTwice: .vectorRing
            case .interiorRingFirst: .vectorWinding
            case .ringWithoutArea: .vectorArea
            }
        try faults.add(code, at: offset, fault.reason)
    }

    @inline(__always)
    private mutating func take(_ point: VectorPoint) {
        lowest = min(lowest, min(point.x, point.y))
        highest = max(highest, max(point.x, point.y))
    }
}
