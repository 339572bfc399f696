/// The town as it stands on one day.
struct Town: Sendable {
    /// Houses and parked cars.
    let faces: [Face]
    /// Trees, lamps and signs; traffic lights are set frame by frame.
    let uprights: [Upright]
    let shadows: HeightMap
    let seed: UInt64
    let day: Int

    init(seed: UInt64, day: Int) {
        let lots = Lots(seed: seed)
        let parked = StreetFurniture.parked(seed: seed, day: day)
        self.seed = seed
        self.day = day
        faces = lots.buildings.flatMap(\.faces) + parked.flatMap(\.faces)
        uprights = lots.trees + StreetFurniture.uprights(seed: seed)
        var map = HeightMap()
        for building in lots.buildings {
            map.raise(
                west: building.west, south: building.south, east: building.east, north: building.north,
                to: building.height + building.ridge * 0.6)
        }
        for upright in uprights {
            if case .tree(let trunk, let width, let height, let crown) = upright.kind {
                let spread = crown.outline == .bare ? width * 0.12 : width * 0.4
                map.raise(around: upright.place, radius: spread, to: trunk + height * 0.85)
            }
        }
        for vehicle in parked {
            map.raise(around: vehicle.middle, radius: 1.3, to: vehicle.shape.height * 0.8)
        }
        shadows = map
    }
}

/// How high things stand, on a grid of half metres: enough for shadows.
struct HeightMap: Sendable {
    private static let cell: Float = 0.5
    private let columns: Int
    private let rows: Int
    private var heights: [Float]

    init() {
        let extent = RoadNetwork.extent
        columns = Int((extent.east - extent.west) / Self.cell)
        rows = Int((extent.north - extent.south) / Self.cell)
        heights = Array(repeating: 0, count: columns * rows)
    }

    /// The height at a place; 0 outside the town.
    @inline(__always)
    func height(_ x: Float, _ y: Float) -> Float {
        let column = Int(((x - RoadNetwork.extent.west) / Self.cell).rounded(.down))
        let row = Int(((y - RoadNetwork.extent.south) / Self.cell).rounded(.down))
        guard column >= 0, column < columns, row >= 0, row < rows else { return 0 }
        return heights[row * columns + column]
    }

    /// Whether something stands between `point` and the sun in direction `sun`.
    func isShaded(_ point: SIMD3<Float>, sun: SIMD3<Float>) -> Bool {
        let stride = sun * 1.1
        // Starting anywhere within a stride turns the grid's steps into a soft edge.
        let start = LatticeNoise.square(point.x * 97, (point.y + point.z) * 97, 51)
        var place = point + stride * (0.3 + start)
        while place.z < 22 {
            if height(place.x, place.y) > place.z { return true }
            place += stride
        }
        return false
    }

    /// Raises a rectangle to at least `height`.
    mutating func raise(west: Float, south: Float, east: Float, north: Float, to height: Float) {
        fill(west...east, south...north, height) { _, _ in true }
    }

    /// Raises a disc to at least `height`.
    mutating func raise(around middle: SIMD2<Float>, radius: Float, to height: Float) {
        fill(middle.x - radius...middle.x + radius, middle.y - radius...middle.y + radius, height) { x, y in
            (x - middle.x) * (x - middle.x) + (y - middle.y) * (y - middle.y) <= radius * radius
        }
    }

    private mutating func fill(
        _ x: ClosedRange<Float>, _ y: ClosedRange<Float>, _ height: Float,
        where covers: (Float, Float) -> Bool
    ) {
        let west = RoadNetwork.extent.west
        let south = RoadNetwork.extent.south
        for row in 0..<rows {
            let middleY = south + (Float(row) + 0.5) * Self.cell
            guard y.contains(middleY) else { continue }
            for column in 0..<columns {
                let middleX = west + (Float(column) + 0.5) * Self.cell
                guard x.contains(middleX), covers(middleX, middleY) else { continue }
                heights[row * columns + column] = max(heights[row * columns + column], height)
            }
        }
    }
}
