import Canonical
import Geo
import Stages

extension FrameRecord {
    /// The record as a line of `verdicts.jsonl`: canonical JSON, without the line feed.
    public var line: [UInt8] {
        var text = CanonicalText(capacity: 640)
        text.object { text in
            if let capturedAt {
                text.integer("captured_at", capturedAt.milliseconds)
            } else {
                text.null("captured_at")
            }
            if case .accepted(let accepted) = verdict { text.cell("cell", accepted.cell) }
            text.string("contributor", contributor)
            text.string("drive", drive)
            if case .accepted(let accepted) = verdict {
                text.object("factors") { text in
                    for factor in accepted.factors { text.integer(named: factor.name, factor.permille) }
                }
            }
            text.string("frame", frame)
            if case .accepted(let accepted) = verdict {
                if let octant = accepted.octant {
                    text.integer("heading_octant", Int64(octant.number))
                } else {
                    text.null("heading_octant")
                }
            }
            let finding = verdict.finding
            text.integerIfAny("limit", finding?.limit)
            if case .accepted(let accepted) = verdict, let location = accepted.location {
                text.hash("location", location)
            }
            text.stringIfAny("message", finding?.message)
            if case .duplicate(_, let original) = verdict { text.string("of", original) }
            if case .accepted(let accepted) = verdict { text.integer("quality", accepted.quality) }
            text.integer("received_at", receivedAt.milliseconds)
            text.stringIfAny("rule", finding?.rule.rawValue)
            if let sha256 { text.hash("sha256", sha256) }
            text.stringIfAny("unit", finding?.unit)
            text.string("upload", upload)
            text.integerIfAny("value", finding?.value)
            text.string("verdict", verdict.kind.rawValue)
        }
        return text.bytes
    }

    /// The record written as `line`.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown or wrong, or saying that the line
    ///   is not in canonical form.
    public init(line: [UInt8]) throws(JSONError) {
        if let accepted = AcceptedLine.record(line) {
            self = accepted
            return
        }
        try self.init(strict: line)
    }

    /// The same, by the reader that says what is wrong.
    init(strict line: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(try JSONReader.read(line, limits: JSONLimits(maxValues: 1000)))
        let verdict = try Verdict(&reader)
        self.init(
            frame: try reader.string("frame"), drive: try reader.string("drive"),
            upload: try reader.string("upload"), contributor: try reader.string("contributor"),
            sha256: try reader.optionalHash("sha256"), receivedAt: try reader.time("received_at"),
            capturedAt: try reader.optionalTime("captured_at"), verdict: verdict)
        if case .accepted = verdict, capturedAt == nil {
            throw JSONError(reason: "an accepted frame without a time", place: "$.captured_at")
        }
        // Of what its contributor keeps back, nothing may be known but that there was a frame.
        if verdict.finding?.rule.isPrivacy == true {
            if sha256 != nil {
                throw JSONError(reason: "a frame kept back shows its image's hash", place: "$.sha256")
            }
            if capturedAt != nil {
                throw JSONError(reason: "a frame kept back shows its time", place: "$.captured_at")
            }
        }
        try reader.finish()
        guard self.line == line else { throw JSONError(reason: "not in canonical form", place: "$") }
    }
}

extension FrameRecord.Verdict {
    fileprivate init(_ reader: inout JSONObjectReader) throws(JSONError) {
        let text = try reader.string("verdict")
        switch VerdictKind(rawValue: text) {
        case .accepted:
            self = .accepted(
                FrameRecord.Acceptance(
                    cell: try reader.cell("cell"), octant: try reader.octant("heading_octant"),
                    quality: try reader.integer("quality", in: 0...1000), factors: try Self.factors(&reader),
                    location: try reader.optionalHash("location")))
        case .duplicate:
            self = .duplicate(try Finding(&reader, duplicate: true), of: try reader.string("of"))
        case .rejected: self = .rejected(try Finding(&reader, duplicate: false))
        case nil: throw JSONError(reason: "\"\(text)\" is no verdict", place: "\(reader.path).verdict")
        }
    }

    private static func factors(_ reader: inout JSONObjectReader) throws(JSONError) -> [String: Int64] {
        var factors = try reader.object("factors")
        var result: [String: Int64] = [:]
        for name in factors.remainingKeys {
            guard
                name.utf8.allSatisfy({
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
                })
            else { throw JSONError(reason: "\"\(name)\" is no factor's name", place: factors.path) }
            result[name] = try factors.integer(name, in: 0...1000)
        }
        return result
    }
}

extension Finding {
    fileprivate init(_ reader: inout JSONObjectReader, duplicate: Bool) throws(JSONError) {
        let text = try reader.string("rule")
        guard let rule = Rule(rawValue: text), rule.isOfDuplicates == duplicate else {
            throw JSONError(reason: "\"\(text)\" is no rule of this verdict", place: "\(reader.path).rule")
        }
        self.init(
            rule, value: try reader.optionalInteger("value"), limit: try reader.optionalInteger("limit"),
            unit: try reader.optionalString("unit"), message: try reader.optionalString("message"))
    }
}

extension JSONObjectReader {
    /// The octant `key`, 0...7; nil where it is absent or null.
    mutating func octant(_ key: String) throws(JSONError) -> HeadingOctant? {
        guard let number = try optionalInteger(key, in: 0...7) else { return nil }
        return HeadingOctant(number: number)
    }
}
