import Canonical
import Rewards
import Workspace

/// What is said about a sample that was measured again.
enum SampleReporting {
    /// One in so many frames, for which the chance is told of missing all of them.
    private static let shares: [UInt64] = [10, 100, 1000, 10_000]

    static func say(_ report: SampleReport, _ sample: FrameSample, _ output: Output) {
        for finding in report.findings {
            output.note(
                "\(finding.code) in \(finding.epoch): frame \(finding.frame): expected \(finding.expected); found \(finding.found)"
            )
            output.record(
                "finding",
                [
                    "code": .string(finding.code), "epoch": .string(finding.epoch),
                    "detail": .string("frame \(finding.frame)"), "expected": .string(finding.expected),
                    "found": .string(finding.found),
                ])
        }
        output.line(
            "Sample of \(sample.percent) %, seed \(sample.seed): \(report.sampled) of \(report.accepted) accepted frames drawn, "
                + "\(report.compared) measured again (\(report.asDelivered) from the bytes delivered, the others from stripped "
                + "copies), \(report.missing) not kept, \(report.differing) differ.")
        guard report.compared > 0 else {
            if report.accepted > 0 { output.line("No frame could be compared: draw more, or keep frames.") }
            return
        }
        let chances = shares.map { share in
            let chance = FrameSample.chanceOfMissing(oneIn: share, compared: report.compared)
            return "one in \(share): \(percent(chance))"
        }
        output.line(
            "If so many frames were wrong, all would be missed with at most this chance: "
                + chances.joined(separator: ", "))
    }

    static func members(_ report: SampleReport, _ sample: FrameSample) -> CanonicalJSON {
        .object([
            "percent": .integer(sample.percent), "seed": .string(sample.seed),
            "accepted": .integer(report.accepted), "sampled": .integer(report.sampled),
            "compared": .integer(report.compared), "as_delivered": .integer(report.asDelivered),
            "missing": .integer(report.missing), "differing": .integer(report.differing),
            "chance_of_missing_ppm": .object(
                Dictionary(
                    uniqueKeysWithValues: shares.map { share in
                        (
                            String(share),
                            .integer(FrameSample.chanceOfMissing(oneIn: share, compared: report.compared))
                        )
                    })),
        ])
    }

    /// Millionths as percent with four decimals.
    private static func percent(_ millionths: UInt64) -> String {
        let digits = String(millionths % 10_000)
        return "\(millionths / 10_000).\(String(repeating: "0", count: 4 - digits.count))\(digits) %"
    }
}
