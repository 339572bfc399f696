import ArgumentParser
import Canonical
import Geo
import Rewards
import Stages
import Store
import Workspace

/// `waggle rewards explain`.
struct RewardsExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show, from frame to award, why a contributor earned what it earned.",
        discussion: """
            Every pass (one drive through one cell in one of eight headings) is worth \
            area x quality x credit x late x trust micro-points, each factor in permille: credit is what is left of its \
            freshness where many drive through one cell, late what is left for how late it came, trust that of its device. \
            The amount is the contributor's share of the epoch's coverage pool by points, with what bounties pay.

            EXAMPLES:
              waggle rewards explain ada
              waggle rewards explain ada --epoch 2026-W10 --json
            """)

    @Argument(help: "The contributor.") var contributor: String

    @Option(help: "The epoch, as 2025-W51; without it, all closed ones.") var epoch: Epoch?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        var found = 0
        for (manifest, path) in try ClosedEpochs(try workspace.open(for: .reading), only: epoch).all {
            var award: Award?
            try ClosedEpochs.forEachAward(in: path) {
                if $0.contributor.hasSameBytes(as: contributor) { award = $0 }
            }
            guard let award else { continue }
            found += 1
            say(award, manifest, output)
            try sayDevices(in: path, manifest, output)
            try sayPasses(in: path, manifest, output)
        }
        if found == 0 { output.line("No closed epoch counts a frame of '\(contributor)'.") }
        output.summary(["contributor": .string(contributor), "epochs": .integer(found)])
    }

    private func say(_ award: Award, _ manifest: Manifest, _ output: Output) {
        output.line(
            "\(manifest.epoch): paid \(Points.text(award.paid))"
                + (award.reason.map { "; nothing, because: \($0.rawValue)" } ?? "")
                + "; \(Points.text(award.cumulative)) in all epochs so far")
        output.line(
            "  from coverage \(Points.text(award.coverage)), for \(Points.text(award.weight)) of "
                + "\(Points.text(award.points)) points earned")
        for region in award.regions ?? [] {
            output.line(
                "    region \(region.region): \(Points.text(region.amount)) for \(Points.text(region.weight))"
            )
        }
        for bounty in award.bounties {
            output.line("  from bounty \(bounty.id): \(Points.text(bounty.amount))")
        }
        if award.correction > 0 { output.line("  corrections paid: \(Points.text(award.correction))") }
        if award.recovered > 0 { output.line("  kept back for corrections: \(Points.text(award.recovered))") }
        if award.owed > 0 { output.line("  still owed to it: \(Points.text(award.owed))") }
        if award.debt > 0 { output.line("  still owed by it: \(Points.text(award.debt))") }
        output.line(
            "  frames: \(award.frames.accepted) accepted, \(award.frames.duplicate) duplicate, "
                + "\(award.frames.rejected) rejected; 'waggle explain contributor \(contributor)' says why"
        )
        output.record(
            "award",
            [
                "epoch": .string(manifest.epoch.id), "contributor": .string(contributor),
                "paid": .amount(award.paid), "coverage": .amount(award.coverage),
                "points": .amount(award.points), "weight": .amount(award.weight),
                "cumulative": .amount(award.cumulative),
                "reason": award.reason.map { .string($0.rawValue) } ?? .null,
            ])
    }

    private func sayDevices(in path: String, _ manifest: Manifest, _ output: Output) throws {
        try EpochFiles.forEach(
            .explain, in: path, { line throws(JSONError) in try DeviceLine(line: line) }
        ) { line in
            guard line.contributor.hasSameBytes(as: contributor) else { return }
            let worthless = Pass.Worthlessness.allCases.compactMap { cause in
                line.worthless[cause].map { "\($0) \(cause.rawValue)" }
            }
            output.line("  \(line.text)")
            if let reasons = line.reasonsText { output.line("    not accepted: \(reasons)") }
            if !worthless.isEmpty {
                output.line("    passes worth nothing: " + worthless.joined(separator: ", "))
            }
            output.record(
                "device",
                [
                    "epoch": .string(manifest.epoch.id), "contributor": .string(line.contributor),
                    "device": line.device.map { .string($0) } ?? .null, "trust": .integer(line.trust),
                    "drives": .integer(line.drives), "passes": .integer(line.passes),
                    "points": .amount(line.points), "weight": .amount(line.weight),
                    "reasons": .object(
                        Dictionary(
                            uniqueKeysWithValues: line.reasons.map { ($0.key.rawValue, .integer($0.value)) })),
                    "worthless": .object(
                        Dictionary(
                            uniqueKeysWithValues: line.worthless.map { ($0.key.rawValue, .integer($0.value)) }
                        )),
                ])
        }
    }

    private func sayPasses(in path: String, _ manifest: Manifest, _ output: Output) throws {
        var rows: [[String]] = []
        try EpochFiles.forEach(.scores, in: path, { line throws(JSONError) in try PassLine(line: line) }) {
            line in
            guard line.contributor.hasSameBytes(as: contributor) else { return }
            let pass = line.pass
            rows.append([
                "  \(pass.coverage.cell)", pass.coverage.octant.name, pass.coveredAt.description,
                String(pass.frames), String(pass.area), String(pass.quality), String(pass.freshness),
                String(pass.credit), String(pass.late), String(pass.trust), Points.text(pass.points),
                pass.previousAt?.description ?? "never", pass.worthlessness?.rawValue ?? "",
            ])
            output.record("pass", members(line, manifest.epoch))
        }
        output.table(
            [
                "  cell", "heading", "covered at", "frames", "area", "quality", "freshness", "credit", "late",
                "trust", "points", "covered before", "why zero",
            ], rows)
    }

    private func members(_ line: PassLine, _ epoch: Epoch) -> [String: CanonicalJSON] {
        let pass = line.pass
        return [
            "epoch": .string(epoch.id), "contributor": .string(line.contributor),
            "drive": .string(line.drive), "cell": .string(pass.coverage.cell.description),
            "octant": .integer(pass.coverage.octant.number),
            "covered_at": .integer(pass.coveredAt.milliseconds), "frames": .integer(pass.frames),
            "best_frame": .string(line.bestFrame), "area": .integer(pass.area),
            "quality": .integer(pass.quality), "freshness": .integer(pass.freshness),
            "credit": .integer(pass.credit), "late": .integer(pass.late), "trust": .integer(pass.trust),
            "points": .amount(pass.points),
            "previous_at": pass.previousAt.map { .integer($0.milliseconds) } ?? .null,
            "worthless": pass.worthlessness.map { .string($0.rawValue) } ?? .null,
        ]
    }
}
