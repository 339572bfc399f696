import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle epoch`: reward weeks.
struct EpochCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "epoch",
        abstract: "List and close reward weeks.",
        discussion: """
            An epoch is an ISO week, Monday 00:00 UTC to the next Monday, named as 2025-W51. Closing it fixes which \
            frames it counts, splits its budget and publishes published/epochs/<id>/. A closed epoch never changes.
            """,
        subcommands: [EpochListCommand.self, EpochCloseCommand.self])
}

/// `waggle epoch list`.
struct EpochListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the closed epochs and the one that will be closed next.",
        discussion: """
            The states: closed (published for good); sealed (a run ended before it could publish; the next one will); \
            due (can be closed now); open until a time (uploads may still arrive).
            """)

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let workspace = try workspace.open(for: .reading)
        var rows: [[String]] = []
        let closed = try workspace.catalog.sealedEpochs()
        for sealed in closed {
            guard sealed.body != nil else {
                rows.append([sealed.id, "sealed, to be published by the next run"])
                output.record("epoch", ["epoch": .string(sealed.id), "state": .string("sealed")])
                continue
            }
            let path = "\(workspace.layout.epochs)/\(sealed.id)"
            let manifest = try EpochFiles.manifest(in: path)
            rows.append([
                sealed.id, "closed", String(manifest.inputCount), Points.text(manifest.awarded),
                Points.text(manifest.unallocated), manifest.contentHash.hex,
            ])
            output.record(
                "epoch", ["state": .string("closed")].merging(EpochReporting.members(manifest)) { $1 })
        }
        let closing = EpochClosing(workspace, asOf: asOf.time)
        if let next = try closing.earliestOpen() {
            let deadline = closing.deadline(of: next)
            let isDue = deadline <= asOf.time
            rows.append([next.id, isDue ? "due" : "open until \(deadline)"])
            output.record(
                "epoch",
                [
                    "epoch": .string(next.id), "state": .string(isDue ? "due" : "open"),
                    "deadline": .integer(deadline.milliseconds),
                ])
        }
        if rows.isEmpty {
            output.line("No frames yet, so no epochs.")
        } else {
            output.table(["epoch", "state", "frames", "awarded", "unallocated", "manifest"], rows)
        }
        output.summary(["closed": .integer(closed.count)])
    }
}

/// `waggle epoch close`.
struct EpochCloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close one epoch, or all that are due.",
        discussion: """
            An epoch can be closed once its week and the ruleset's grace period are over as of --as-of. It counts \
            every frame captured before its end and received within the grace that no earlier epoch counts. Earlier \
            epochs that were never closed cannot be closed afterwards: close them in order, or all that are due at once.

            EXAMPLES:
              waggle epoch close 2025-W51 --as-of 2025-12-24T00:00:00Z
              waggle epoch close
            """)

    @Argument(
        help: ArgumentHelp("The epoch, as 2025-W51; without it, every epoch that is due.", valueName: "epoch")
    )
    var epoch: Epoch?

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let closing = EpochClosing(try workspace.open(for: .changing), asOf: asOf.time)
        if let epoch, let earliest = try closing.earliestOpen(), earliest < epoch {
            options.output.note(
                "\(earliest) is not closed and cannot be after \(epoch) is; \(epoch) counts its frames as late"
            )
        }
        let reports = try epoch.map { [try closing.close($0)] } ?? closing.closeDue()
        for report in reports { EpochReporting.say(report, options.output) }
        if let last = reports.last {
            options.output.summary(EpochReporting.members(last))
        } else {
            options.output.line("No epoch is due.")
            options.output.summary(["epoch": .null])
        }
    }
}

/// What is said about a closed epoch.
enum EpochReporting {
    static func say(_ report: EpochReport, _ output: Output) {
        let manifest = report.manifest
        output.line(
            report.isNew
                ? "Closed \(report.epoch): \(manifest.inputCount) frames, \(Points.text(manifest.awarded)) points to "
                    + "\(manifest.awards.count) contributors, \(Points.text(manifest.unallocated)) unallocated."
                : "\(report.epoch) is closed already; a closed epoch never changes.")
        output.line("  \(report.path)  sha256 \(manifest.contentHash.hex)")
        output.record("epoch", members(report))
    }

    static func members(_ report: EpochReport) -> [String: CanonicalJSON] {
        members(report.manifest).merging([
            "manifest": .string("published/epochs/\(report.epoch)/\(EpochFiles.manifestName)"),
            "new": .bool(report.isNew),
        ]) { $1 }
    }

    static func members(_ manifest: Manifest) -> [String: CanonicalJSON] {
        [
            "epoch": .string(manifest.epoch.id), "body_sha256": .string(manifest.contentHash.hex),
            "awarded": .amount(manifest.awarded), "unallocated": .amount(manifest.unallocated),
            "budget": .amount(manifest.budget), "frames": .integer(manifest.inputCount),
            "contributors": .integer(manifest.awards.count),
        ]
    }
}

extension Epoch: ExpressibleByArgument {
    /// The epoch named as `2025-W51`.
    public init?(argument: String) { self.init(id: argument) }
}

/// Micro-points as people read them.
enum Points {
    /// Points with six decimals, as `12.500000`.
    static func text(_ micro: UInt64) -> String {
        let (whole, fraction) = micro.quotientAndRemainder(dividingBy: 1_000_000)
        let digits = String(fraction)
        return "\(whole).\(String(repeating: "0", count: 6 - digits.count))\(digits)"
    }
}
