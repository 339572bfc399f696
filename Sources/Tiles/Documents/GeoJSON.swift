import Canonical
import Geo
import Glibc

/// A decoded vector tile as GeoJSON (RFC 7946), for people and other programs to look at.
///
/// This is the one place of the module that computes in floating point: tile units become degrees with seven
/// decimals. The text is for display; nothing that is stored, hashed or compared is made from it.
public enum GeoJSON {
    /// A feature collection of all features of `tile`, in order; the member `layer` of a feature names its
    /// layer.
    public static func text(of tile: VectorTile, at id: TileID) -> String {
        var features: [String] = []
        for layer in tile.layers {
            let projection = Projection(tile: id, extent: layer.extent)
            for feature in layer.features {
                features.append(text(of: feature, layer: layer.name, projection))
            }
        }
        return "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ",\n"))]}\n"
    }

    private static func text(of feature: VectorFeature, layer: String, _ projection: Projection) -> String {
        let id = feature.id.map { "\"id\":\($0)," } ?? ""
        let properties = feature.attributes.map { "\(quoted($0.key)):\($0.value.jsonText)" }.joined(
            separator: ",")
        return "{\"type\":\"Feature\",\(id)\"layer\":\(quoted(layer)),\"properties\":{\(properties)},"
            + "\"geometry\":\(text(of: feature.geometry, projection))}"
    }

    private static func text(of geometry: VectorGeometry, _ projection: Projection) -> String {
        func positions(_ points: [VectorPoint]) -> String {
            "[" + points.map { projection.position($0) }.joined(separator: ",") + "]"
        }
        // Rings are clockwise on the map and open in a tile, counter-clockwise and closed in GeoJSON.
        func rings(_ polygon: [[VectorPoint]]) -> String {
            "["
                + polygon.map { positions($0.prefix(1) + $0.dropFirst().reversed() + $0.prefix(1)) }
                .joined(separator: ",") + "]"
        }
        func one(_ type: String, _ texts: [String]) -> String {
            texts.count == 1
                ? "{\"type\":\"\(type)\",\"coordinates\":\(texts[0])}"
                : "{\"type\":\"Multi\(type)\",\"coordinates\":[\(texts.joined(separator: ","))]}"
        }
        switch geometry {
        case .points(let points): return one("Point", points.map { projection.position($0) })
        case .lines(let lines): return one("LineString", lines.map { positions($0) })
        case .polygons(let polygons): return one("Polygon", polygons.map { rings($0) })
        case .unknown: return "null"
        }
    }

    private static func quoted(_ text: String) -> String { CanonicalJSON.string(text).text }

    private struct Projection {
        private let tile: TileID
        private let extent: Double

        init(tile: TileID, extent: UInt32) {
            self.tile = tile
            self.extent = Double(extent)
        }

        /// `[longitude,latitude]`. Points outside the tile may lie beyond 180 degrees, as RFC 7946 allows.
        func position(_ point: VectorPoint) -> String {
            let tiles = Double(UInt64(1) << UInt64(tile.zoom))
            let x = (Double(tile.column) + Double(point.x) / extent) / tiles
            let y = (Double(tile.row) + Double(point.y) / extent) / tiles
            let longitude = x * 360 - 180
            let latitude = atan(sinh(Double.pi * (1 - 2 * y))) * 180 / Double.pi
            return "[\(degrees(longitude)),\(degrees(latitude))]"
        }

        private func degrees(_ value: Double) -> String {
            DegreeText.number(Int64(exactly: (value * 1e7).rounded()) ?? 0)
        }
    }
}
