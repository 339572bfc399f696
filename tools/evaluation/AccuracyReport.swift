import Stages

/// What docs/accuracy.md says.
enum AccuracyReport {
    static let opening = """
        # Accuracy

        How often Waggle is right, on sets whose truth is known. This file is written by one command and not by hand:

            tools/evaluate --drives DIR --trips FILE    # the JPEG frames of a real drive, and a table of real trips
            tools/evaluate                              # without real frames and trips

        Made pictures come from fixed seeds, in integers, so that the same codec gives the same figures everywhere. The command
        fails where a promise is not kept.
        """

    static let withoutRealFrames =
        "**No real frames were given to this run:** nothing below says anything about real cameras."

    /// The tables of duplicates.
    static func duplicates(_ outcomes: [DuplicateOutcome], rules: DeduplicateRules) -> String {
        let introduction = """
            ## Duplicates

            Every frame of a set is attacked in each way, encoded anew (quality 85 where nothing else is said) and compared with all
            frames of the set. *Recall* is the share of copies that are called duplicates of their original, *precision* the share of
            matches that are right; *as is*, *mirrored* and *cropped* say by which form they were found. Limits are those of the
            standard ruleset: at most \(rules.maxPDQDistance) bits of PDQ and \(rules.maxDHashDistance) of dHash, crops of \
            \(percent(rules.narrowCrop)) and \(percent(rules.wideCrop)) % on every side. No copy of a set is
            compared with a frame of another one.
            """
        return ([introduction] + outcomes.map(table) + [different(outcomes)]).joined(separator: "\n\n")
    }

    private static func table(_ outcome: DuplicateOutcome) -> String {
        var rows = MarkdownTable([
            "attack", "recall", "promised", "precision", "as is", "mirrored", "cropped", "",
        ])
        for recall in outcome.attacks {
            rows.add([
                recall.attack.name, MarkdownTable.share(recall.found, recall.copies),
                promise(recall, outcome.set).map { MarkdownTable.share($0, 1000) } ?? "",
                MarkdownTable.share(recall.found, recall.found + recall.mistaken), "\(recall.asIs)",
                "\(recall.mirrored)", "\(recall.cropped)",
                verdict(recall, outcome.set),
            ])
        }
        let note = outcome.set.exemption.map { "\($0)\n\n" } ?? ""
        return "### \(outcome.set.name)\n\n\(note)" + rows.text
    }

    private static func promise(_ recall: DuplicateOutcome.Recall, _ set: LabelledSet) -> Int? {
        set.exemption == nil ? recall.attack.minRecall : nil
    }

    private static func verdict(_ recall: DuplicateOutcome.Recall, _ set: LabelledSet) -> String {
        promise(recall, set).map { _ in recall.keepsPromise ? "ok" : "FAIL" } ?? ""
    }

    private static func different(_ outcomes: [DuplicateOutcome]) -> String {
        var rows = MarkdownTable([
            "set", "pairs", "called the same", "least PDQ distance", "of consecutive frames", "of a variant",
            "",
        ])
        for outcome in outcomes {
            rows.add([
                outcome.set.name, "\(outcome.pairs)", "\(outcome.confused)", "\(outcome.leastDistance)",
                "\(outcome.leastConsecutive)", "\(outcome.leastVariant)",
                outcome.confused == 0 ? "ok" : "FAIL",
            ])
        }
        return """
            ### Different frames

            All pairs of frames of a set, consecutive ones and others. None may be called the same picture. *Variant* is the least
            distance from the mirror image or a crop of a frame to another one.


            """ + rows.text
    }

    private static func percent(_ permille: Int64) -> String { "\(permille / 10).\(permille % 10)" }
}
