/// The invented town's streets: a grid of three by three, in metres east (x) and north (y) of the origin.
enum RoadNetwork {
    /// Where the streets that run north lie.
    static let eastings: [Float] = [0, 180, 360]
    /// Where the streets that run east lie.
    static let northings: [Float] = [0, 140, 280]
    /// How far streets run on beyond the outermost crossing.
    static let overhang: Float = 80
    /// From the middle of the road to the middle of the right lane.
    static let laneOffset: Float = 1.7
    /// From the middle of the road to where parked cars begin.
    static let parkingLine: Float = 3.4
    /// From the middle of the road to the kerb.
    static let kerb: Float = 5.7
    /// From the middle of the road to the front gardens.
    static let buildingLine: Float = 8.8

    /// The town's extent, overhang included.
    static let extent = (
        west: -overhang, south: -overhang, east: eastings[2] + overhang, north: northings[2] + overhang
    )

    /// The street of `lines` nearest to `value`, and the signed distance to it.
    @inline(__always)
    static func nearest(_ lines: [Float], _ value: Float) -> (index: Int, offset: Float) {
        var (best, offset) = (0, value - lines[0])
        for index in 1..<lines.count where abs(value - lines[index]) < abs(offset) {
            (best, offset) = (index, value - lines[index])
        }
        return (best, offset)
    }
}

/// A crossing of two streets, named by their indices.
struct Crossing: Hashable, Sendable {
    let column: Int
    let row: Int

    init(_ column: Int, _ row: Int) {
        self.column = column
        self.row = row
    }

    var position: SIMD2<Double> {
        SIMD2(Double(RoadNetwork.eastings[column]), Double(RoadNetwork.northings[row]))
    }
}
