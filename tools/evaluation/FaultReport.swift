import Stages

/// What docs/accuracy.md says of bad frames.
enum FaultReport {
    /// The tables of bad frames, dirty windscreens and bonnets.
    static func text(_ outcomes: [FaultOutcome], _ dirt: [DirtOutcome], _ hoods: [HoodOutcome]) -> String {
        let introduction = """
            ## Bad frames

            Every second frame of a set is made bad in each way, encoded anew at quality 85 and measured. *AUC* is the share of
            pairs of a bad and an honest frame of which the bad one scores worse. Three points of the curve: at the *limit* of the
            standard ruleset *found* is the share of bad frames beyond it, *honest* that of honest ones; *certain* is the share of
            bad frames that score worse than every honest one. Beyond some limits a frame is refused, beyond others it is worth
            less. No honest frame may be refused. Blur is a box of that radius, twice along each axis, in pixels of the frame.
            """
        return ([introduction] + outcomes.map(table) + [spots(dirt), bonnets(hoods)]).joined(
            separator: "\n\n")
    }

    private static func table(_ outcome: FaultOutcome) -> String {
        var rows = MarkdownTable([
            "fault", "AUC", "promised", "score", "limit", "beyond it", "found", "honest", "certain", "",
        ])
        for fault in outcome.faults {
            let promise = outcome.set.exemption == nil ? fault.fault.minAUC : nil
            rows.add([
                fault.fault.name, MarkdownTable.share(fault.auc, 1000),
                promise.map { MarkdownTable.share($0, 1000) } ?? "", fault.fault.score.name,
                "\(fault.threshold)", fault.fault.score.consequence,
                MarkdownTable.share(fault.found, fault.count),
                MarkdownTable.share(fault.mistaken, fault.honest),
                MarkdownTable.share(fault.certain, fault.count),
                promise.map { _ in fault.keepsPromise ? "ok" : "FAIL" } ?? "",
            ])
        }
        let note = outcome.set.exemption.map { "\($0)\n\n" } ?? ""
        return "### \(outcome.set.name)\n\n\(note)\(rows.text)\n\n"
            + "Of its \(outcome.honest) honest frames \(outcome.refused) are refused: "
            + (outcome.refused == 0 ? "ok." : "FAIL.")
    }

    private static func bonnets(_ outcomes: [HoodOutcome]) -> String {
        var rows = MarkdownTable([
            "set", "bonnet", "hides", "share of the picture", "least factor", "",
        ])
        for outcome in outcomes {
            rows.add([
                outcome.set.name, "its own, \(outcome.drives) drives", "", "up to \(outcome.most)",
                MarkdownTable.share(Int(outcome.factor), 1000), outcome.keepsPromises ? "ok" : "FAIL",
            ])
            for kind in outcome.kinds {
                rows.add([
                    outcome.set.name, kind.name, kind.drawn.map { "\($0)" } ?? "",
                    "\(kind.least)...\(kind.most)",
                    MarkdownTable.share(Int(kind.factor), 1000), "",
                ])
            }
        }
        return """
            ### The car in its own picture

            Drives of 40 consecutive frames as they are, and with a bonnet drawn over the lower part, in permille of the picture. A
            bonnet or a dashboard is seen by the edge that stays where it is while the car moves. One that is as light as the road
            before it, now lighter and now darker, is not seen; nor is what begins above 40/64 of the height. A camera that looks down sees
            more of the car; of one that looks up, a level horizon is such an edge, but the end of a street with houses is none. The
            real frames show their own dashboard, the made motorway a bonnet of 98. No drive may be worth less as it is.


            """ + rows.text
    }

    private static func spots(_ outcomes: [DirtOutcome]) -> String {
        var rows = MarkdownTable([
            "set", "spot's radius", "AUC", "limit", "found", "share of areas", "clean drives", "beyond it",
            "largest share", "",
        ])
        for outcome in outcomes {
            for size in outcome.sizes {
                rows.add([
                    outcome.set.name, "\(size.radius / 10) % of the width",
                    MarkdownTable.share(size.auc, 1000),
                    "\(outcome.threshold)", MarkdownTable.share(size.found, size.drives),
                    "\(size.least)...\(size.most)", "\(outcome.clean)", "\(outcome.mistaken)",
                    "\(outcome.most)", outcome.mistaken == 0 ? "ok" : "FAIL",
                ])
            }
        }
        return """
            ### Dirt on the windscreen

            Drives of 40 consecutive frames, clean ones and ones with a dark spot in one place. The score is the share of areas
            that stay the same while the car moves, in permille. What lets light through stays unseen, so does what is no darker than the picture, and what
            reaches down to the lower edge: it cannot be told from a bonnet.


            """ + rows.text
    }
}
