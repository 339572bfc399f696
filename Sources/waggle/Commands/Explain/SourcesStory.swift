import Canonical
import DriveFormats
import Stages
import Store

/// Which sources of a frame differ, which one was believed, and why.
struct SourcesStory {
    private let frame: FrameView
    private let output: Output

    init(_ frame: FrameView, _ output: Output) {
        self.frame = frame
        self.output = output
    }

    /// Tells it; nothing where the sources agree.
    func tell() {
        guard let settlement = frame.evidence.settlement else { return }
        output.line("  What its sources say, which differ by more than the ruleset allows")
        let first =
            settlement.time == nil && settlement.position == nil ? "the first one" : "what was believed"
        output.table(
            ["    source", "its time", "its place"],
            settlement.heard.map { heard in
                [
                    "    \(heard.source.words)", heard.later.map { Self.time($0) } ?? "none",
                    heard.distance.map { $0 == 0 ? "the same" : "\(Quantity.text($0, "mm")) away" } ?? "none",
                ]
            })
        output.line("    (times and places as they differ from \(first))")
        tell("time", settlement.time, .timeDisputed)
        tell("place", settlement.position, .positionDisputed)
        record(settlement)
    }

    private func tell(_ what: String, _ choice: Settlement.Choice?, _ rule: Rule) {
        if let choice {
            output.line(
                "    believed about the \(what): \(choice.source.words), because \(Self.text(choice.reason))")
        } else if frame.finding?.rule == rule {
            output.line("    about the \(what) nothing tells who is right, so that the frame is refused")
        }
    }

    private static func time(_ later: Int64) -> String {
        switch later {
        case 0: "the same"
        case 1...: "\(Quantity.text(later, "ms")) later"
        default: "\(Quantity.text(later == .min ? .max : -later, "ms")) earlier"
        }
    }

    private static func text(_ reason: Settlement.Reason) -> String {
        switch reason {
        case .order: "only this lies between the times of the frames before and behind it in the upload"
        case .motion: "only this fits to where the car was between the moments before and behind it"
        case .reach: "only from and to there a car can have gone"
        case .stuck: "the other says the very same place again and again, while the car moves"
        case .satellites: "only this is the time of the satellites"
        case .majority: "more sources say this than anything else"
        }
    }

    private func record(_ settlement: Settlement) {
        for heard in settlement.heard {
            output.record(
                "source",
                [
                    "frame": .string(frame.name), "source": .string(heard.source.rawValue),
                    "later_ms": heard.later.map { .integer($0) } ?? .null,
                    "distance_mm": heard.distance.map { .integer($0) } ?? .null,
                ])
        }
        for (what, choice) in [("time", settlement.time), ("position", settlement.position)] {
            guard let choice else { continue }
            output.record(
                "believed",
                [
                    "frame": .string(frame.name), "what": .string(what),
                    "source": .string(choice.source.rawValue), "reason": .string(choice.reason.rawValue),
                ])
        }
    }
}
