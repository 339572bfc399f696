import Canonical
import DriveFormats
import Geo
import Rewards
import Stages
import Store
import Workspace

/// How a frame came by its verdict, step by step, for somebody who knows nothing of the program.
struct FrameStory {
    private let explanation: FrameExplanation
    private let rules: LocateRules
    private let output: Output
    private var frame: FrameView { explanation.frame }

    init(_ explanation: FrameExplanation, _ rules: LocateRules, _ output: Output) {
        self.explanation = explanation
        self.rules = rules
        self.output = output
    }

    /// Tells it; the takedown is the one by which the frame is shown nowhere.
    func tell(withdrawnBy takedown: Takedown?) {
        output.line("Frame \(frame.name): \(frame.verdict.rawValue)")
        tellSource()
        tellFields()
        SourcesStory(frame, output).tell()
        tellPlace()
        tellChecks()
        tellRepairs()
        tellVerdict(takedown)
        record()
    }

    private func tellSource() {
        let drive = explanation.drive
        output.line("  Where it comes from")
        output.line(
            "    upload \(frame.upload) of \(frame.contributor): folder \(frame.source), received "
                + "\(frame.receivedAt), read as \(drive.format)")
        output.line("    drive \(drive.name): camera \(drive.device ?? "unknown")")
        let range = frame.range.map { ", bytes \($0.lowerBound) to \($0.upperBound - 1)" } ?? ", all of it"
        output.line("    file \(frame.path)\(range)")
        output.line(
            "    image: \(frame.bytes.map { "\($0) bytes" } ?? "not delivered"), sha256 "
                + (frame.content?.hex ?? "unknown"))
    }

    private func tellFields() {
        switch explanation.source {
        case .read(let fields, let directory, let hasTrace):
            output.line("  What was read of it (the upload still lies in \(directory))")
            output.table(
                ["    field", "value", "from"],
                fields.compactMap { field in
                    field.value.map { ["    \(field.name.rawValue)", $0, field.origin] }
                })
            let missing = fields.filter { $0.value == nil }.map(\.name.rawValue)
            if !missing.isEmpty { output.line("    not given: \(missing.joined(separator: ", "))") }
            if hasTrace {
                output.line("    its drive has a trace of its own: \(explanation.drive.fixes) fixes kept")
            }
        case .unavailable(let reason):
            output.line("  What was read of it (as far as it was kept: \(reason))")
            output.line("    time \(frame.capturedAt?.description ?? "none, or refused")")
        }
        for remark in explanation.drive.remarks { output.line("    said of its drive: \(remark)") }
        if let complaint = frame.evidence.complaint { output.line("    the reader says: \(complaint)") }
    }

    private func tellPlace() {
        guard let place = explanation.place else { return }
        let heading = place.heading.map {
            "\(Self.degrees($0)) degrees (\(HeadingOctant(headingCentidegrees: $0).name))"
        }
        output.line("  Where it was placed")
        output.line("    \(place.position) at \(place.time), \(Self.text(place.basis))")
        output.line(
            "    heading \(heading ?? "unknown"); horizontal error "
                + (place.horizontalError.map { Quantity.text($0, "mm") } ?? "unknown")
                + (frame.observed.map { "; cell \($0.cell)" } ?? ""))
    }

    static func text(_ basis: Stages.Place.Basis) -> String {
        switch basis {
        case .own: "the position given for the frame itself"
        case .trace: "interpolated on the drive's trace"
        case .repaired: "interpolated between the frames before and behind it"
        }
    }

    private static func degrees(_ centidegrees: Int) -> String {
        let hundredths = centidegrees % 100
        return "\(centidegrees / 100).\(hundredths < 10 ? "0" : "")\(hundredths)"
    }

    private func tellChecks() {
        output.line("  What was checked, in this order")
        let made = explanation.checks.filter { $0.result != .notReached }
        output.table(
            ["    check", "measured", "limit", "result", "rule"],
            made.map { check in
                [
                    "    \(check.question)", Quantity.text(check.value, check.unit),
                    check.limit.map { "\(Self.text(check.side)) \(Quantity.text($0, check.unit))" } ?? "",
                    Self.text(check.result), check.rule.rawValue,
                ]
            })
        let rest = explanation.checks.count - made.count
        if rest > 0 { output.line("    \(rest) further checks were not reached") }
    }

    private static func text(_ side: CheckedRule.Side) -> String {
        switch side {
        case .atLeast: "at least"
        case .atMost: "at most"
        case .moreThan: "more than"
        }
    }

    private static func text(_ result: CheckedRule.Result) -> String {
        switch result {
        case .passed: "passed"
        case .failed: "FAILED"
        case .repaired: "failed, repaired"
        case .notReached: "not reached"
        }
    }

    private func tellRepairs() {
        output.line("  What was repaired")
        let repairs = repairs
        for repair in repairs { output.line("    \(repair)") }
        if repairs.isEmpty { output.line("    nothing") }
    }

    private var repairs: [String] {
        if frame.finding?.rule.isPrivacy == true { return [] }
        var repairs: [String] = []
        if let choice = frame.evidence.settlement?.time {
            repairs.append("Its time was taken from \(choice.source.words), as is told above.")
        }
        if let choice = frame.evidence.settlement?.position, choice.source != .trace {
            repairs.append("Its position was taken from \(choice.source.words), as is told above.")
        }
        if let doubt = frame.evidence.doubt {
            let given = frame.evidence.doubted.map { " (\($0))" } ?? ""
            let measured =
                doubt.value.map { value in
                    ": \(Quantity.text(value, doubt.unit))"
                        + (doubt.limit.map { ", limit \(Quantity.text($0, doubt.unit))" } ?? "")
                } ?? ""
            repairs.append(
                "Its own position\(given) was not believed, by the rule \(doubt.rule.rawValue)\(measured).")
        }
        if let place = explanation.place {
            if place.basis != .own { repairs.append(interpolation) }
        } else if frame.evidence.doubt != nil {
            repairs.append(hole)
        }
        let drive = explanation.drive
        if drive.outliers > 0 {
            repairs.append(
                "From the trace of its drive \(drive.outliers) fixes were removed to which no car can have gone from "
                    + "the fixes beside them.")
        }
        if drive.parts > 1 {
            repairs.append(
                "The trace of its drive is in \(drive.parts) parts: it was cut where it jumps and stays, or where something of it "
                    + "is kept private. Nothing is placed between two parts.")
        }
        return repairs
    }

    private var hole: String {
        guard let around = explanation.surroundings, around.before != nil, around.after != nil else {
            return "It could not be repaired: the trace has no fixes on either side of it."
        }
        return
            "It could not be repaired: the fixes on either side are \(Quantity.text(around.elapsed, "ms")) and "
            + "\(Quantity.text(around.distance, "mm")) apart, and no hole is bridged of more than "
            + "\(Quantity.text(rules.maxGapTime, "ms")) or \(Quantity.text(rules.maxGapDistance, "mm"))."
    }

    private var interpolation: String {
        guard let around = explanation.surroundings, let before = around.before else {
            return "It was placed on the trace."
        }
        guard before.time != frame.capturedAt, let after = around.after else {
            return "It was placed on the fix at \(before.time), its own time."
        }
        return "It was placed between the fixes at \(before.time) (\(before.position)) and \(after.time) "
            + "(\(after.position)), \(Quantity.text(around.elapsed, "ms")) and "
            + "\(Quantity.text(around.distance, "mm")) apart, in proportion to the time."
    }

    private func tellVerdict(_ takedown: Takedown?) {
        output.line("  Verdict: \(frame.verdict.rawValue)")
        if frame.finding != nil { output.line("    by the rule \(FrameReporting.why(frame))") }
        if let original = frame.original {
            output.line("    'waggle explain frame \(original)' explains the one it is a duplicate of")
        }
        if let observed = frame.observed {
            let factors = observed.quality.factors.map { "\($0.name) \($0.permille)" }.joined(
                separator: " x ")
            output.line("    quality \(observed.permille) permille = \(factors)")
            FactorsStory(explanation, output).tell()
        }
        output.line("    counted by: \(frame.epoch ?? "no closed epoch yet")")
        if let takedown {
            output.line("    withdrawn, so shown nowhere, by takedown \(TakedownReporting.summary(takedown))")
            if takedown.id == frame.originalWithdrawnBy, let original = frame.original {
                output.line("      as is \(original), which shows the same picture")
            }
        }
    }

    private func record() {
        output.record("frame", FrameReporting.members(frame))
        if case .read(let fields, _, _) = explanation.source {
            for field in fields {
                output.record(
                    "field",
                    [
                        "frame": .string(frame.name), "field": .string(field.name.rawValue),
                        "value": field.value.map { .string($0) } ?? .null, "from": .string(field.origin),
                    ])
            }
        }
        for check in explanation.checks {
            output.record(
                "check",
                [
                    "frame": .string(frame.name), "rule": .string(check.rule.rawValue),
                    "question": .string(check.question),
                    "value": check.value.map { .integer($0) } ?? .null,
                    "limit": check.limit.map { .integer($0) } ?? .null, "side": .string(check.side.rawValue),
                    "unit": check.unit.map { .string($0) } ?? .null, "result": .string(check.result.rawValue),
                ])
        }
        FactorsStory(explanation, output).record()
        for repair in repairs {
            output.record("repair", ["frame": .string(frame.name), "text": .string(repair)])
        }
    }
}
