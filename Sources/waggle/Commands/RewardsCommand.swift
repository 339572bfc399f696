import ArgumentParser
import Canonical
import Geo
import Rewards
import Stages
import Store
import Workspace

/// `waggle rewards`: who earned what, why, and whether it is right.
struct RewardsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rewards",
        abstract: "Show, explain and verify rewards.",
        discussion: """
            EXAMPLES:
              waggle rewards show 2026-W10
              waggle rewards explain ada --epoch 2026-W10
              waggle rewards verify

            docs/manifest.md says how every number comes about.
            """,
        subcommands: [RewardsShowCommand.self, RewardsExplainCommand.self, RewardsVerifyCommand.self])
}

/// The closed epochs a command looks at.
struct ClosedEpochs {
    let manifests: [Manifest]

    init(_ workspace: Workspace, only epoch: Epoch?) throws {
        let closed = try workspace.catalog.sealedEpochs().filter { $0.body != nil }.map(\.id)
        if let epoch, !closed.contains(epoch.id) { throw WorkspaceError.noSuchEpoch(epoch.id) }
        manifests = try closed.filter { epoch == nil || $0 == epoch?.id }
            .map { try EpochFiles.manifest(in: "\(workspace.layout.epochs)/\($0)") }
    }
}

/// `waggle rewards show`.
struct RewardsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what every contributor earned.",
        discussion: """
            EXAMPLES:
              waggle rewards show
              waggle rewards show 2025-W51 --json
            """)

    @Argument(help: "The epoch, as 2025-W51; without it, all closed ones.") var epoch: Epoch?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let manifests = try ClosedEpochs(try workspace.open(for: .reading), only: epoch).manifests
        for manifest in manifests {
            output.line("Epoch \(manifest.epoch), manifest \(manifest.contentHash.hex)")
            output.line(
                "  budget \(Points.text(manifest.budget)), awarded \(Points.text(manifest.awarded)), unallocated "
                    + "\(Points.text(manifest.unallocated))"
                    + (manifest.unallocatedReason.map { " (\($0.rawValue))" } ?? ""))
            output.table(
                [
                    "  contributor", "amount", "points", "passes", "accepted", "duplicate", "rejected",
                    "why zero",
                ],
                manifest.awards.map { award in
                    [
                        "  " + award.contributor, Points.text(award.amount), Points.text(award.points),
                        String(award.lines.count), String(award.frames.accepted),
                        String(award.frames.duplicate),
                        String(award.frames.rejected), award.reason?.rawValue ?? "",
                    ]
                })
            for award in manifest.awards {
                output.record(
                    "award",
                    [
                        "epoch": .string(manifest.epoch.id), "contributor": .string(award.contributor),
                        "amount": .amount(award.amount), "points": .amount(award.points),
                        "passes": .integer(award.lines.count), "accepted": .integer(award.frames.accepted),
                        "duplicate": .integer(award.frames.duplicate),
                        "rejected": .integer(award.frames.rejected),
                        "reason": award.reason.map { .string($0.rawValue) } ?? .null,
                    ])
            }
        }
        if manifests.isEmpty { output.line("No epoch is closed yet; see 'waggle epoch list'.") }
        output.summary([
            "epochs": .array(manifests.map { .string($0.epoch.id) }),
            "awarded": .amount(manifests.reduce(0 as UInt128) { $0 + UInt128($1.awarded) }),
        ])
    }
}

/// `waggle rewards explain`.
struct RewardsExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show, pass by pass, why a contributor earned what it earned.",
        discussion: """
            Every pass (one drive through one cell in one of eight headings) is worth \
            area x quality x freshness / 1000 micro-points, each factor in permille. The amount is the contributor's \
            share of the epoch's budget by points.

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
        let manifests = try ClosedEpochs(try workspace.open(for: .reading), only: epoch).manifests
        var found = 0
        for manifest in manifests {
            guard let award = manifest.awards.first(where: { $0.contributor == contributor }) else {
                continue
            }
            found += 1
            output.line(
                "\(manifest.epoch): \(Points.text(award.amount)) of \(Points.text(manifest.budget)), for "
                    + "\(Points.text(award.points)) of \(Points.text(manifest.pointsTotal)) points"
                    + (award.reason.map { "; nothing, because: \($0.rawValue)" } ?? ""))
            output.line(
                "  frames: \(award.frames.accepted) accepted, \(award.frames.duplicate) duplicate, "
                    + "\(award.frames.rejected) rejected; 'waggle explain contributor \(contributor)' says why"
            )
            output.table(
                [
                    "  cell", "heading", "covered at", "frames", "area", "quality", "freshness", "points",
                    "covered before",
                ],
                award.lines.map { pass in
                    [
                        "  \(pass.coverage.cell)", pass.coverage.octant.name, pass.coveredAt.description,
                        String(pass.frames), String(pass.area), String(pass.quality), String(pass.freshness),
                        Points.text(pass.points), pass.previousAt?.description ?? "never",
                    ]
                })
            for pass in award.lines { output.record("pass", members(pass, manifest.epoch)) }
        }
        if found == 0 { output.line("No closed epoch counts a frame of '\(contributor)'.") }
        output.summary(["contributor": .string(contributor), "epochs": .integer(found)])
    }

    private func members(_ pass: Pass, _ epoch: Epoch) -> [String: CanonicalJSON] {
        [
            "epoch": .string(epoch.id), "contributor": .string(pass.contributor),
            "drive": .string(pass.drive),
            "cell": .string(pass.coverage.cell.description), "octant": .integer(pass.coverage.octant.number),
            "covered_at": .integer(pass.coveredAt.milliseconds), "frames": .integer(pass.frames),
            "best_frame": .string(pass.bestFrame), "area": .integer(pass.area),
            "quality": .integer(pass.quality),
            "freshness": .integer(pass.freshness), "points": .amount(pass.points),
            "previous_at": pass.previousAt.map { .integer($0.milliseconds) } ?? .null,
        ]
    }
}

/// `waggle rewards verify`.
struct RewardsVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute every closed epoch from its published files alone.",
        discussion: """
            Needs nothing but the directory 'published': no catalog, no images, no workspace. Checks the canonical \
            form, the chain of manifests, the rulesets, the input roots, and computes every pass, point and award anew.

            EXAMPLES:
              waggle rewards verify
              waggle rewards verify --published /mnt/mirror/published

            EXIT STATUS: 0 everything is as it must be; 4 it is not.
            """)

    @Option(
        help: ArgumentHelp(
            "The directory 'published' to verify; without it, the workspace's.", valueName: "dir"))
    var published: String?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let root = try published ?? workspace.open(for: .reading).layout.published
        let files = try EpochFiles.publishedChain(root)
        let report = ManifestVerifier.verify(chain: files.chain, rulesets: files.rulesets)
        for finding in report.findings {
            output.note("\(finding)")
            output.record(
                "finding",
                [
                    "code": .string(finding.code.rawValue), "epoch": .string(finding.epoch),
                    "detail": .string(finding.detail),
                    "expected": finding.expected.map { .string($0) } ?? .null,
                    "found": finding.found.map { .string($0) } ?? .null,
                ])
        }
        output.line(
            report.isSound
                ? "\(report.manifests) manifests and \(report.frames) frames recomputed: all as published."
                : "\(report.findings.count) findings in \(report.manifests) manifests.")
        output.summary([
            "manifests": .integer(report.manifests), "frames": .integer(report.frames),
            "findings": .integer(report.findings.count),
        ])
        if !report.isSound { throw Failure.damage }
    }
}
