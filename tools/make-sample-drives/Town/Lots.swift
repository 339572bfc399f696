/// Builds the blocks between the streets: lot beside lot with a house, a garden or a yard.
struct Lots {
    private(set) var buildings: [Building] = []
    private(set) var trees: [Upright] = []
    private var chance: SplitMix64

    private static let depth: Float = 12

    init(seed: UInt64) {
        chance = SplitMix64(seed: seed, 1)
        let gap = RoadNetwork.buildingLine
        let columns = Self.spans(RoadNetwork.eastings, gap, RoadNetwork.extent.west, RoadNetwork.extent.east)
        let rows = Self.spans(RoadNetwork.northings, gap, RoadNetwork.extent.south, RoadNetwork.extent.north)
        for row in rows {
            for column in columns {
                fill(column, along: row.lowerBound, inwards: 1, runsEast: true)
                fill(column, along: row.upperBound, inwards: -1, runsEast: true)
                let between = row.lowerBound + Self.depth + 4...row.upperBound - Self.depth - 4
                fill(between, along: column.lowerBound, inwards: 1, runsEast: false)
                fill(between, along: column.upperBound, inwards: -1, runsEast: false)
            }
        }
    }

    private static func spans(_ lines: [Float], _ gap: Float, _ low: Float, _ high: Float) -> [ClosedRange<
        Float
    >] {
        let edges = [low - gap] + lines + [high + gap]
        return zip(edges, edges.dropFirst()).map { ($0 + gap)...($1 - gap) }
    }

    /// Lots along the line at `along`, each running from there to the side `inwards` (1 or -1).
    private mutating func fill(_ range: ClosedRange<Float>, along: Float, inwards: Float, runsEast: Bool) {
        var start = range.lowerBound
        while start < range.upperBound - 6 {
            var end = start + chance.number(Float(7.5)...19)
            if range.upperBound - end < 6 { end = range.upperBound }
            lot(start...end, along: along, inwards: inwards, runsEast: runsEast)
            start = end + (chance.chance(0.5) ? 0 : chance.number(Float(1.5)...5))
        }
    }

    private mutating func lot(_ range: ClosedRange<Float>, along: Float, inwards: Float, runsEast: Bool) {
        let setback = chance.chance(0.55) ? 0 : chance.number(Float(0.8)...5)
        let kind = chance.unit()
        if kind < 0.72 {
            let (near, far) = (along + inwards * setback, along + inwards * (setback + Self.depth - 2))
            let across = min(near, far)...max(near, far)
            let (x, y) = runsEast ? (range, across) : (across, range)
            buildings.append(
                Building.random(
                    west: x.lowerBound, south: y.lowerBound, east: x.upperBound, north: y.upperBound,
                    facesEastWestStreet: runsEast, &chance))
        } else if kind < 0.82 {
            // A shed behind a yard, and a wall in front.
            low(range, along, inwards, runsEast, depth: 0.35, height: chance.number(Float(0.9)...2.4))
        }
        let count = kind < 0.72 ? (setback > 2.5 ? 1 : 0) : 3
        for _ in 0..<count {
            let place = chance.number(range.lowerBound...range.upperBound)
            let back =
                along + inwards * (kind < 0.72 ? setback * 0.5 : chance.number(Float(1.5)...Self.depth))
            trees.append(.tree(at: runsEast ? SIMD2(place, back) : SIMD2(back, place), &chance))
        }
    }

    private mutating func low(
        _ range: ClosedRange<Float>, _ along: Float, _ inwards: Float, _ runsEast: Bool, depth: Float,
        height: Float
    ) {
        let across = min(along, along + inwards * depth)...max(along, along + inwards * depth)
        let (x, y) = runsEast ? (range, across) : (across, range)
        var wall = Building.random(
            west: x.lowerBound, south: y.lowerBound, east: x.upperBound, north: y.upperBound,
            facesEastWestStreet: runsEast, &chance)
        (wall.height, wall.ridge, wall.facade.shop, wall.facade.windowHeight) = (height, 0, nil, 0)
        wall.facade.storey = 9
        buildings.append(wall)
    }
}
