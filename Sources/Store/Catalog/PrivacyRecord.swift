import Canonical
import Geo
import Stages

/// The stored form of ``PrivacyRules``: canonical JSON, `{"trim_mm":N,"zones":[...]}`, where `trim_mm` may be null, with a
/// zone
/// `{"center_e7":[LAT,LON],"radius_mm":N}` or `{"corners_e7":[[LAT,LON],...]}`.
enum PrivacyRecord {
    static func bytes(_ rules: PrivacyRules) -> [UInt8] {
        CanonicalJSON.object([
            "trim_mm": rules.trim.map { .integer($0) } ?? .null, "zones": .array(rules.zones.map(json)),
        ]).bytes
    }

    private static func json(_ zone: PrivateZone) -> CanonicalJSON {
        switch zone {
        case .circle(let center, let radius):
            .object(["center_e7": json(center), "radius_mm": .integer(radius)])
        case .polygon(let corners): .object(["corners_e7": .array(corners.map(json))])
        }
    }

    private static func json(_ position: Coordinate) -> CanonicalJSON {
        .array([.integer(Int64(position.latitudeE7)), .integer(Int64(position.longitudeE7))])
    }

    static func rules(_ bytes: [UInt8]) throws(JSONError) -> PrivacyRules {
        var document = try JSONObjectReader(try JSONReader.read(bytes))
        let trims = 0...PrivacyRules.trims.upperBound * 1000
        var rules = PrivacyRules(trim: try document.optionalInteger("trim_mm"))
        guard rules.trim.map(trims.contains) ?? true else {
            throw JSONError(reason: "not from 0 to \(trims.upperBound)", place: "$.trim_mm")
        }
        for value in try document.array("zones") {
            var reader = try JSONObjectReader(value, path: "$.zones")
            if let center = reader.optional("center_e7") {
                let radius = try reader.integer("radius_mm", in: 1...PrivateZone.radii.upperBound * 1000)
                rules.zones.append(.circle(center: try position(center), radius: radius))
            } else {
                var corners: [Coordinate] = []
                for corner in try reader.array("corners_e7") { corners.append(try position(corner)) }
                rules.zones.append(.polygon(corners))
            }
            try reader.finish()
        }
        try document.finish()
        return rules
    }

    private static func position(_ value: JSONValue) throws(JSONError) -> Coordinate {
        guard case .array(let numbers) = value, numbers.count == 2, case .integer(let latitude) = numbers[0],
            case .integer(let longitude) = numbers[1],
            let position = Coordinate(latitudeE7: Int(latitude), longitudeE7: Int(longitude))
        else { throw JSONError(reason: "no position", place: "$.zones") }
        return position
    }
}
