import Geo

/// Which features of a vector tile hold a place, and which are nearest to it.
public struct FeatureSearch: Sendable {
    /// A feature and how far it is from the place.
    public struct Hit: Sendable {
        /// The layer's name.
        public let layer: String
        /// The feature.
        public let feature: VectorFeature
        /// Millimetres on the ground from the place; 0 where a polygon holds it.
        public let distanceMillimetres: Int64
        /// Whether the feature is a polygon that holds the place.
        public let holdsPlace: Bool
    }

    /// What was found: layers in the order of the tile, in each the nearest features first.
    public let hits: [Hit]

    /// Searches `tile`, which is that of `id`, for at most `count` features of every layer; those that hold the place
    /// come first, however many they are. Nothing is found for a place beyond the map's edge.
    public init(_ place: Coordinate, in tile: VectorTile, at id: TileID, count: Int) {
        var hits: [Hit] = []
        for layer in tile.layers {
            guard let position = TilePosition(place, in: id, extent: layer.extent) else { continue }
            let found = layer.features.enumerated().compactMap { index, feature in
                position.distance(to: feature.geometry).map { (index: index, distance: $0) }
            }.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
            let holding = found.prefix { $0.distance == 0 }.count
            for (index, distance) in found.prefix(max(count, holding)) {
                let feature = layer.features[index]
                var holdsPlace = false
                if case .polygons = feature.geometry { holdsPlace = distance == 0 }
                hits.append(
                    Hit(
                        layer: layer.name, feature: feature,
                        distanceMillimetres: position.millimetres(distance), holdsPlace: holdsPlace))
            }
        }
        self.hits = hits
    }
}

/// A place in the units of one layer, in the middle of the unit it lies in: so it is never on the edge of a cell,
/// and belongs to the one in the east and south as everything else here does.
///
/// Distances are for looking at, nothing is stored or made from them: they may be floating point.
struct TilePosition {
    private let x: Double
    private let y: Double
    /// Millimetres of one unit.
    private let unit: Double

    init?(_ place: Coordinate, in tile: TileID, extent: UInt32) {
        guard let row = Mercator.row(of: place) else { return nil }
        let side = Double(UInt64(1) << (32 - UInt64(tile.zoom)))
        func local(_ index: UInt32, _ tile: UInt32) -> Double {
            ((Double(index) - Double(tile) * side) * Double(extent) / side).rounded(.down) + 0.5
        }
        x = local(Mercator.column(of: place), tile.column)
        y = local(row, tile.row)
        // The equator of Web Mercator's sphere has 2 pi times 6,378,137 m.
        let equator = 40_075_016_685.578
        let narrowing = Double(Geodesy.cosinePermille(latitudeE7: place.latitudeE7)) / 1000
        unit = equator * narrowing / Double(UInt64(1) << UInt64(tile.zoom)) / Double(extent)
    }

    func millimetres(_ distance: Double) -> Int64 { Int64(exactly: (distance * unit).rounded()) ?? Int64.max }

    /// Units to the nearest part of `geometry`; 0 inside a polygon. Nil for a geometry of unknown type.
    func distance(to geometry: VectorGeometry) -> Double? {
        switch geometry {
        case .points(let points): points.map { squared(to: $0) }.min()?.squareRoot()
        case .lines(let lines): lines.map { squared(toLine: $0) }.min()?.squareRoot()
        case .polygons(let polygons):
            polygons.contains { isInside($0) }
                ? 0
                : polygons.joined().map { squared(toLine: $0 + $0.prefix(1)) }.min()?.squareRoot()
        case .unknown: nil
        }
    }

    private func squared(to point: VectorPoint) -> Double {
        let (dx, dy) = (Double(point.x) - x, Double(point.y) - y)
        return dx * dx + dy * dy
    }

    private func squared(toLine line: [VectorPoint]) -> Double {
        zip(line, line.dropFirst()).map { start, end in
            let (dx, dy) = (Double(end.x) - Double(start.x), Double(end.y) - Double(start.y))
            let (px, py) = (x - Double(start.x), y - Double(start.y))
            let length = dx * dx + dy * dy
            let along = length == 0 ? 0 : min(1, max(0, (px * dx + py * dy) / length))
            let (ex, ey) = (px - along * dx, py - along * dy)
            return ex * ex + ey * ey
        }.min() ?? Double.infinity
    }

    /// Whether an odd number of the rings' edges lies east of the place: inside the outline and in no hole.
    private func isInside(_ rings: [[VectorPoint]]) -> Bool {
        var inside = false
        for ring in rings {
            guard var previous = ring.last else { continue }
            for point in ring {
                let (ay, by) = (Double(previous.y), Double(point.y))
                if (ay > y) != (by > y) {
                    let crossing =
                        Double(previous.x) + (y - ay) / (by - ay) * (Double(point.x) - Double(previous.x))
                    if crossing > x { inside.toggle() }
                }
                previous = point
            }
        }
        return inside
    }
}
