import Canonical
import Geo
import Tiles

extension TileDifference.Kind {
    /// The character that begins a line about it.
    var mark: String {
        switch self {
        case .removed: "-"
        case .added: "+"
        case .changed: "~"
        }
    }
}

/// Differences of features as lines and as records.
enum FeatureDifferenceText {
    /// A feature in one line: its mark, its identifier, and its attributes or what of them differs.
    static func line(_ difference: FeatureDifference) -> String {
        guard let feature = difference.before ?? difference.after else { return "" }
        var words = [difference.kind.mark, feature.id.map { "#\($0)" }].compactMap { $0 }
        if difference.kind == .changed {
            var changes = difference.changes.map { change in
                "\(change.key): \(change.before?.jsonText ?? "none") -> \(change.after?.jsonText ?? "none")"
            }
            if difference.hasOtherGeometry { changes.append("another geometry") }
            if changes.isEmpty { changes.append("another identifier") }
            words += [place(feature.geometry), changes.joined(separator: ", ")]
        } else {
            words += [place(feature.geometry), properties(feature).text]
        }
        return words.joined(separator: " ")
    }

    static func members(_ layer: LayerDifference, _ tile: TileID) -> [String: CanonicalJSON] {
        [
            "tile": .string(tile.description), "layer": .string(layer.name),
            "kind": .string(layer.kind.rawValue), "same": .integer(layer.same),
            "extent_before": layer.extentBefore.map { .integer($0) } ?? .null,
            "extent_after": layer.extentAfter.map { .integer($0) } ?? .null,
        ]
    }

    static func members(
        _ difference: FeatureDifference, _ layer: String, _ tile: TileID
    ) -> [String: CanonicalJSON] {
        let feature = difference.before ?? difference.after
        return [
            "tile": .string(tile.description), "layer": .string(layer),
            "kind": .string(difference.kind.rawValue),
            // A JSON number is exact up to 2^53 only.
            "id": feature?.id.map { .amount($0) } ?? .null,
            "before": difference.before.map { properties($0) } ?? .null,
            "after": difference.after.map { properties($0) } ?? .null,
            "changed": .array(difference.changes.map { .string($0.key) }),
            "geometry_changed": .bool(difference.hasOtherGeometry),
        ]
    }

    private static func properties(_ feature: VectorFeature) -> CanonicalJSON {
        .object(
            Dictionary(feature.attributes.map { ($0.key, $0.value.json) }, uniquingKeysWith: { $1 }))
    }

    /// Kind and first point of a geometry, in tile units.
    private static func place(_ geometry: VectorGeometry) -> String {
        let (kind, point): (String, VectorPoint?) =
            switch geometry {
            case .points(let points): (points.count > 1 ? "points" : "point", points.first)
            case .lines(let lines): (lines.count > 1 ? "lines" : "line", lines.first?.first)
            case .polygons(let polygons):
                (polygons.count > 1 ? "polygons" : "polygon", polygons.first?.first?.first)
            case .unknown: ("geometry", nil)
            }
        return kind + (point.map { " at \($0.x),\($0.y)" } ?? "")
    }
}
