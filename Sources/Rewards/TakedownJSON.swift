import Canonical
import Geo

extension Takedown {
    /// The record as canonical JSON, without its id, which is made from it.
    public var canonicalJSON: CanonicalJSON { .object(Self.members(target, reason, note, by, at)) }

    /// The members of the record of these parts.
    static func members(
        _ target: Target, _ reason: Reason, _ note: String?, _ by: String, _ at: UTCTime
    ) -> [String: CanonicalJSON] {
        var members: [String: CanonicalJSON] = [
            "at": .integer(at.milliseconds), "by": .string(by), "kind": .string(target.kind),
            "reason": .string(reason.rawValue), "target": target.json,
        ]
        members["note"] = note.map { .string($0) }
        return members
    }

    /// The record written as `json`, in canonical form.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown or wrong.
    public init(json bytes: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(
            try JSONReader.read(bytes, limits: JSONLimits(maxBytes: 1 << 16, maxDepth: 3, maxValues: 20)))
        try self.init(&reader)
        try reader.finish()
        guard canonicalJSON.bytes == bytes else {
            throw JSONError(reason: "not in canonical form", place: "$")
        }
    }

    /// Takes the members of a record from `reader`.
    init(_ reader: inout JSONObjectReader) throws(JSONError) {
        let reasonText = try reader.string("reason")
        guard let reason = Reason(rawValue: reasonText) else {
            throw JSONError(reason: "\"\(reasonText)\" is no reason", place: "\(reader.path).reason")
        }
        let target = try Target(&reader)
        let (note, by) = (try reader.optionalString("note"), try reader.string("by"))
        let at = try reader.time("at")
        do throws(RecordError) {
            try self.init(target, reason: reason, note: note, by: by, at: at)
        } catch {
            throw JSONError(reason: error.reason, place: "\(reader.path).\(error.member)")
        }
    }
}

extension Takedown.Target {
    /// What kind of thing it is. Published and stable.
    public var kind: String {
        switch self {
        case .frame: "frame"
        case .drive: "drive"
        case .contributor: "contributor"
        case .zone: "zone"
        }
    }

    /// The id, or the zone as it is given on the command line.
    public var text: String {
        switch self {
        case .frame(let id), .drive(let id), .contributor(let id): id
        case .zone(let zone): zone.description
        }
    }

    /// The id or geohash, or an object of the edges of a box.
    var json: CanonicalJSON {
        switch self {
        case .frame(let id), .drive(let id), .contributor(let id): return .string(id)
        case .zone(let zone):
            switch zone.form {
            case .cell(let geohash): return .string(geohash.description)
            case .box(let south, let west, let north, let east):
                return .object([
                    "south_e7": .integer(south), "west_e7": .integer(west), "north_e7": .integer(north),
                    "east_e7": .integer(east),
                ])
            }
        }
    }

    fileprivate init(_ reader: inout JSONObjectReader) throws(JSONError) {
        let kind = try reader.string("kind")
        switch kind {
        case "frame": self = .frame(try reader.string("target"))
        case "drive": self = .drive(try reader.string("target"))
        case "contributor": self = .contributor(try reader.string("target"))
        case "zone": self = .zone(try Zone(&reader))
        default: throw JSONError(reason: "\"\(kind)\" cannot be taken down", place: "\(reader.path).kind")
        }
    }
}

extension Zone {
    fileprivate init(_ reader: inout JSONObjectReader) throws(JSONError) {
        let value = try reader.required("target")
        let place = "\(reader.path).target"
        if case .string(let text) = value {
            guard let geohash = Geohash(text), geohash.description == text else {
                throw JSONError(reason: "no geohash in lower case", place: place)
            }
            self.init(geohash)
            return
        }
        var edges = try JSONObjectReader(value, path: place)
        let zone = Zone(
            southE7: Int(clamping: try edges.integer("south_e7")),
            westE7: Int(clamping: try edges.integer("west_e7")),
            northE7: Int(clamping: try edges.integer("north_e7")),
            eastE7: Int(clamping: try edges.integer("east_e7")))
        try edges.finish()
        guard let zone else {
            throw JSONError(
                reason: "edges that are no coordinates, or have nothing between them", place: place)
        }
        self = zone
    }
}
