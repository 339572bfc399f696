import Canonical
import Store
import Workspace

/// What each factor of a frame's quality was measured on.
struct FactorsStory {
    private let explanation: FrameExplanation
    private let output: Output

    init(_ explanation: FrameExplanation, _ output: Output) {
        self.explanation = explanation
        self.output = output
    }

    func tell() {
        output.table(
            ["    factor", "permille", "measured", "worth nothing at", "and all at", "what it is"],
            explanation.factors.map { factor in
                [
                    "    \(factor.name)", "\(factor.permille)",
                    factor.value == nil ? "unknown" : Quantity.text(factor.value, factor.unit),
                    Quantity.text(factor.zero, factor.unit), Quantity.text(factor.full, factor.unit),
                    factor.question,
                ]
            })
    }

    func record() {
        for factor in explanation.factors {
            output.record(
                "factor",
                [
                    "frame": .string(explanation.frame.name), "factor": .string(factor.name),
                    "permille": .integer(factor.permille), "question": .string(factor.question),
                    "value": factor.value.map { .integer($0) } ?? .null, "unit": .string(factor.unit),
                    "zero": factor.zero.map { .integer($0) } ?? .null,
                    "full": factor.full.map { .integer($0) } ?? .null,
                ])
        }
    }
}
