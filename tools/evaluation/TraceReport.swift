import Rewards
import Stages

/// What docs/accuracy.md says of forged traces, and of pictures that contradict them.
enum TraceReport {
    static let withoutRealTrips = "**No real trips were given to this run:** those below are made."

    /// The tables of forged traces and of frozen pictures.
    static func text(_ outcome: TraceOutcome, isReal: Bool, _ imagery: [ImageryOutcome]) -> String {
        var rows = MarkdownTable(["attack", "forged", "found", "share", "promised", ""])
        for attack in outcome.attacks {
            rows.add([
                attack.name, "\(attack.forged)", "\(attack.found)",
                MarkdownTable.share(attack.found, attack.forged), "0.950",
                attack.keepsPromise ? "ok" : "FAIL",
            ])
        }
        let introduction = """
            ## Forged traces

            \(outcome.name). Each is forged in each way, every third one replayed. Of the \(outcome.trips) honest trips \
            \(outcome.flagged) carry a flag and \(outcome.collisions) pairs collide: \
            \(outcome.flagged + outcome.collisions == 0 ? "ok" : "FAIL").


            """
        return [
            introduction + (isReal ? "" : withoutRealTrips + "\n\n") + rows.text, pictures(imagery),
        ].joined(separator: "\n\n")
    }

    private static func pictures(_ outcomes: [ImageryOutcome]) -> String {
        var rows = MarkdownTable(["set", "drive", "drives", "flagged", "share", "promised", "measured", ""])
        for outcome in outcomes {
            for kind in outcome.kinds {
                let range = kind.values.min().flatMap { least in
                    kind.values.max().map { "\(least)...\($0)" }
                }
                rows.add([
                    outcome.set.name, kind.name, "\(kind.drives)", "\(kind.found)",
                    MarkdownTable.share(kind.found, kind.drives),
                    kind.minShare.map { MarkdownTable.share($0, 1000) } ?? (kind.rule == nil ? "none" : ""),
                    range ?? "",
                    kind.rule != nil && kind.minShare == nil ? "" : kind.keepsPromise ? "ok" : "FAIL",
                ])
            }
        }
        return """
            ### Pictures that contradict the trace

            Drives of 40 frames. Frozen and looped pictures are encoded anew, so that no two frames have the same bytes.
            *Measured* is what the flag says, in permille: `trace.frozen` of the moving car's frames, `trace.motion` of the
            standing car's steps. There are no real frames of a standing car among these sets: what stands is made of one frame,
            in traffic with a lorry's side before it that moves on from frame to frame. Frames of the motorway look so much alike that driving
            hardly shows in them: nothing is promised there of a standing trace.


            """ + rows.text
    }
}
