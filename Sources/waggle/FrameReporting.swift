import Canonical
import Geo
import Stages
import Store

/// What is said about a frame.
enum FrameReporting {
    static func table(_ frames: [FrameView], _ output: Output) {
        output.table(
            ["frame", "file", "verdict", "why"],
            frames.map { [$0.name, place(of: $0), $0.verdict.rawValue, why($0)] })
    }

    /// The file, and where in it the image begins.
    static func place(of frame: FrameView) -> String {
        frame.path + (frame.range.map { "@\($0.lowerBound)" } ?? "")
    }

    /// The finding in one line: rule, value, limit, original.
    static func why(_ frame: FrameView) -> String {
        guard let finding = frame.finding else {
            let withdrawn = frame.withdrawnBy.map { ", withdrawn by \($0)" } ?? ""
            return frame.observed.map { "quality \($0.permille)" + withdrawn } ?? ""
        }
        var text = finding.rule.rawValue
        if let value = finding.value {
            text += ": \(value)"
            if let limit = finding.limit { text += ", limit \(limit)" }
            if let unit = finding.unit { text += " \(unit)" }
        }
        if let original = frame.original { text += ", same as \(original)" }
        if let message = finding.message { text += " (\(message))" }
        if let id = frame.withdrawnBy, finding.rule != .takedown { text += ", withdrawn by \(id)" }
        return text
    }

    static func members(_ frame: FrameView) -> [String: CanonicalJSON] {
        var members: [String: CanonicalJSON] = [
            "frame": .string(frame.name), "drive": .string(frame.drive), "upload": .string(frame.upload),
            "contributor": .string(frame.contributor), "source": .string(frame.source),
            "file": .string(place(of: frame)), "verdict": .string(frame.verdict.rawValue),
            "sha256": frame.content.map { .string($0.hex) } ?? .null,
            "bytes": frame.bytes.map { .integer($0) } ?? .null,
            "received_at": .integer(frame.receivedAt.milliseconds),
            "captured_at": frame.capturedAt.map { .integer($0.milliseconds) } ?? .null,
            "epoch": frame.epoch.map { .string($0) } ?? .null,
        ]
        if let finding = frame.finding {
            members["rule"] = .string(finding.rule.rawValue)
            members["value"] = finding.value.map { .integer($0) }
            members["limit"] = finding.limit.map { .integer($0) }
            members["unit"] = finding.unit.map { .string($0) }
            members["message"] = finding.message.map { .string($0) }
        }
        members["of"] = frame.original.map { .string($0) }
        members["complaint"] = frame.evidence.complaint.map { .string($0) }
        members["withdrawn_by"] = frame.withdrawnBy.map { .string($0) }
        if let observed = frame.observed { members.merge(self.members(observed)) { $1 } }
        return members
    }

    private static func members(_ observed: ObservedView) -> [String: CanonicalJSON] {
        let place = observed.place
        return [
            "latitude_e7": .integer(place.position.latitudeE7),
            "longitude_e7": .integer(place.position.longitudeE7),
            "heading_centidegrees": place.heading.map { .integer($0) } ?? .null,
            "position_from": .string(place.basis.rawValue),
            "horizontal_error_mm": place.horizontalError.map { .integer($0) } ?? .null,
            "cell": .string(observed.cell.description), "quality": .integer(observed.permille),
            "factors": .object(
                Dictionary(
                    uniqueKeysWithValues: observed.quality.factors.map { ($0.name, .integer($0.permille)) })),
            "width": .integer(observed.width), "height": .integer(observed.height),
        ]
    }
}
