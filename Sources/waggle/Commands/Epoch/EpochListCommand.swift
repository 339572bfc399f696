import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle epoch list`.
struct EpochListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the epochs with their states, and the one that will be closed next.",
        discussion: "'waggle epoch --help' says what the states are.", aliases: ["status"])

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let workspace = try workspace.open(for: .reading)
        let finality = EpochFinality(workspace, asOf: asOf.time)
        var rows: [[String]] = []
        let sealed = try workspace.catalog.sealedEpochs()
        for epoch in sealed {
            let state = finality.state(of: epoch)
            let finalAt = finality.finalAt(epoch)
            var record: [String: CanonicalJSON] = [
                "epoch": .string(epoch.id), "state": .string(state.rawValue),
                "final_at": .integer(finalAt.milliseconds),
            ]
            guard epoch.body != nil else {
                rows.append([epoch.id, "sealed, to be published by the next run"])
                output.record("epoch", record)
                continue
            }
            let manifest = try EpochFiles.manifest(in: "\(workspace.layout.epochs)/\(epoch.id)")
            rows.append([
                epoch.id, state == .final ? "final" : "provisional until \(finalAt)",
                String(manifest.count(of: .verdicts)), Points.text(manifest.paid),
                Points.text(manifest.unallocated), manifest.contentHash.hex,
            ])
            record.merge(EpochReporting.members(manifest)) { $1 }
            output.record("epoch", record)
        }
        let closing = EpochClosing(workspace, asOf: asOf.time)
        if let next = try closing.earliestOpen() {
            let deadline = closing.deadline(of: next)
            let isDue = deadline <= asOf.time
            rows.append([next.id, isDue ? "due" : "open until \(deadline)"])
            output.record(
                "epoch",
                [
                    "epoch": .string(next.id),
                    "state": .string((isDue ? EpochState.due : EpochState.open).rawValue),
                    "deadline": .integer(deadline.milliseconds),
                ])
        }
        if rows.isEmpty {
            output.line("No frames yet, so no epochs.")
        } else {
            output.table(["epoch", "state", "frames", "paid", "unallocated", "manifest"], rows)
        }
        output.summary(["closed": .integer(sealed.count)])
    }
}

/// What is said about a closed epoch.
enum EpochReporting {
    static func say(_ report: EpochReport, _ output: Output) {
        let manifest = report.manifest
        output.line(
            report.isNew
                ? "Closed \(report.epoch): \(manifest.count(of: .verdicts)) frames, \(Points.text(manifest.paid)) points to "
                    + "\(manifest.count(of: .awards)) contributors, \(Points.text(manifest.unallocated)) unallocated."
                : "\(report.epoch) is closed already; a closed epoch never changes.")
        if manifest.header.pendingUploads > 0 {
            output.line("  sealed without \(manifest.header.pendingUploads) uploads that waited unread")
        }
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
            "paid": .amount(manifest.paid), "unallocated": .amount(manifest.unallocated),
            "recovered": .amount(manifest.recovered), "budget": .amount(manifest.budget),
            "frames": .integer(manifest.count(of: .verdicts)),
            "passes": .integer(manifest.count(of: .scores)),
            "contributors": .integer(manifest.count(of: .awards)),
            "pending_uploads": .integer(manifest.header.pendingUploads),
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
    static func text(_ micro: UInt64) -> String { text(UInt128(micro)) }

    /// The same behind its sign, as `+12.500000`; 0 has none.
    static func signed(_ micro: Int128) -> String {
        (micro < 0 ? "-" : micro > 0 ? "+" : "") + text(micro.magnitude)
    }

    /// Points with six decimals.
    static func text(_ micro: UInt128) -> String {
        let (whole, fraction) = micro.quotientAndRemainder(dividingBy: 1_000_000)
        let digits = String(fraction)
        return "\(whole).\(String(repeating: "0", count: 6 - digits.count))\(digits)"
    }

    /// The micro-points in a text of points with up to six decimals, as `12.5`; nil for anything else.
    static func micro(_ text: String) -> UInt64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, !first.isEmpty, first.allSatisfy(\.isWholeNumber),
            first.utf8.count <= 20,
            let whole = UInt64(first)
        else { return nil }
        var fraction: UInt64 = 0
        if parts.count == 2 {
            let digits = parts[1]
            guard (1...6).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let value = UInt64(digits + String(repeating: "0", count: 6 - digits.utf8.count))
            else { return nil }
            fraction = value
        }
        let (micro, isTooLarge) = whole.multipliedReportingOverflow(by: 1_000_000)
        let (sum, isSumTooLarge) = micro.addingReportingOverflow(fraction)
        return isTooLarge || isSumTooLarge ? nil : sum
    }
}
