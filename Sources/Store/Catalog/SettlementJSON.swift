import Canonical
import DriveFormats
import Stages

extension Settlement {
    /// The settlement as the catalog keeps it.
    var canonicalJSON: CanonicalJSON {
        var members: [String: CanonicalJSON] = [
            "heard": .array(
                heard.map { heard in
                    .object([
                        "source": .string(heard.source.rawValue),
                        "later_ms": heard.later.map { .integer($0) } ?? .null,
                        "distance_mm": heard.distance.map { .integer($0) } ?? .null,
                    ])
                })
        ]
        members["time"] = time.map(Self.members)
        members["position"] = position.map(Self.members)
        return .object(members)
    }

    private static func members(_ choice: Choice) -> CanonicalJSON {
        .object([
            "source": .string(choice.source.rawValue), "reason": .string(choice.reason.rawValue),
        ])
    }

    /// The settlement written as `value`.
    init(_ value: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(value, path: "$.sources")
        var heard: [Heard] = []
        for element in try reader.array("heard") {
            var said = try JSONObjectReader(element, path: "$.sources.heard")
            heard.append(
                Heard(
                    try Self.source(&said), later: try said.optionalInteger("later_ms"),
                    distance: try said.optionalInteger("distance_mm")))
        }
        self.init(
            time: try reader.optional("time").map(Self.choice),
            position: try reader.optional("position").map(Self.choice), heard: heard)
    }

    private static func choice(_ value: JSONValue) throws(JSONError) -> Choice {
        var reader = try JSONObjectReader(value, path: "$.sources")
        let source = try source(&reader)
        let name = try reader.string("reason")
        guard let reason = Reason(rawValue: name) else {
            throw JSONError(reason: "no reason '\(name)'", place: "$.sources.reason")
        }
        return Choice(source, reason)
    }

    private static func source(_ reader: inout JSONObjectReader) throws(JSONError) -> Source {
        let name = try reader.string("source")
        guard let source = Source(rawValue: name) else {
            throw JSONError(reason: "no source '\(name)'", place: "\(reader.path).source")
        }
        return source
    }
}
