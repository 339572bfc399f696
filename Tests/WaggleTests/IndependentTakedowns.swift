import Canonical
import Foundation
import Testing

/// What docs/manifest.md says of takedowns, held against a manifest and its verdicts. Nothing of Rewards is used.
enum IndependentTakedowns {
    /// `published` is what one manifest has of takedowns, `all` the same with those of all manifests before.
    static func check(
        _ published: [[String: Any]], after all: [[String: Any]], _ lines: [[String: Any]],
        _ location: SourceLocation
    ) throws {
        let order = published.map { ($0["at"] as? Int ?? 0, $0["id"] as? String ?? "") }
        for (left, right) in zip(order, order.dropFirst()) { #expect(left < right, sourceLocation: location) }
        for entry in published {
            let record = entry.filter { $0.key != "id" && $0.key != "frames" }
            let json = try JSONSerialization.data(
                withJSONObject: record, options: [.sortedKeys, .withoutEscapingSlashes])
            let id = ContentHash.of(Array(json)).hex.prefix(16)
            #expect(entry["id"] as? String == String(id), sourceLocation: location)
            let count = lines.count { named(by: $0, entry) }
            #expect(entry["frames"] as? Int == count, "\(id)", sourceLocation: location)
        }
        for line in lines {
            let first = all.filter { matches($0, line) }
                .map { ($0["at"] as? Int ?? 0, $0["id"] as? String ?? "") }.min { $0 < $1 }
            let name = line["frame"] as? String ?? ""
            if line["verdict"] as? String == "accepted" {
                #expect(first == nil, "\(name)", sourceLocation: location)
            } else if line["rule"] as? String == "takedown" {
                let speaking = try #require(
                    all.first { named(by: line, $0) }, "\(name)", sourceLocation: location)
                let place = (speaking["at"] as? Int ?? 0, speaking["id"] as? String ?? "")
                if speaking["kind"] as? String == "zone" {
                    #expect(first.map { place < $0 } ?? true, "\(name)", sourceLocation: location)
                } else {
                    #expect(first.map { place == $0 } ?? false, "\(name)", sourceLocation: location)
                }
            }
        }
    }

    private static func named(by line: [String: Any], _ takedown: [String: Any]) -> Bool {
        line["rule"] as? String == "takedown"
            && line["message"] as? String
                == "\(takedown["id"] as? String ?? "") \(takedown["reason"] as? String ?? "")"
    }

    private static func matches(_ takedown: [String: Any], _ line: [String: Any]) -> Bool {
        let target = takedown["target"] as? String
        switch takedown["kind"] as? String {
        case "frame": return target == line["frame"] as? String
        case "drive": return target == line["drive"] as? String
        case "contributor":
            return target == line["contributor"] as? String
                && (line["received_at"] as? Int ?? .max) <= (takedown["at"] as? Int ?? .min)
        default: return false
        }
    }
}
