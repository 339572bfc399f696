import Canonical
import Stages
import Store
import Workspace

/// An ingest with what is said about it, for `ingest`, `run` and `quarantine retry`.
struct IngestRun {
    private let output: Output
    private let options: IngestOptions
    private let totals: String
    private let isDryRun: Bool
    private let showsFrames: Bool

    /// An ingest whose totals are the record `totals`. What is said of a dry run is what would be; of one that shows
    /// frames, every frame is said, too.
    init(
        _ output: Output, _ options: IngestOptions, totals: String = "summary", isDryRun: Bool = false,
        showsFrames: Bool = false
    ) {
        self.output = output
        self.options = options
        self.totals = totals
        self.isDryRun = isDryRun
        self.showsFrames = showsFrames
    }

    func run(_ workspace: Workspace, _ found: Deliveries.Found, asOf: UTCTime) async throws -> IngestReport {
        let progress = ProgressLine(isOn: !output.isQuiet && !output.isJSON)
        let ingest = Ingest(workspace, asOf: asOf, jobs: options.jobCount, keeping: options.keeping)
        let report = try await ingest.run(found) { progress.show($0) }
        progress.clear()
        if isDryRun { output.line("A dry run: this is what would happen. Nothing is stored.") }
        for outcome in report.outcomes { try say(outcome, report, workspace) }
        say(report)
        return report
    }

    private func say(_ report: IngestReport) {
        for ignored in report.ignored {
            let text = "ignored \(ignored.path): \(ignored.reason)"
            if ignored.isProblem { output.warn(text) } else { output.note(text) }
            output.record(
                "ignored",
                [
                    "path": .string(ignored.path), "reason": .string(ignored.reason),
                    "problem": .bool(ignored.isProblem),
                ])
        }
        output.line(Self.text(report.counts))
        say(reasons: report.counts, indent: "  ")
        let known = report.outcomes.count { if case .known = $0.kind { true } else { false } }
        if known > 0 { output.line("\(known) uploads were read before and have not changed.") }
        let deferred = report.outcomes.count { if case .deferred = $0.kind { true } else { false } }
        output.record(
            totals,
            [
                "frames": .integer(report.counts.total), "accepted": .integer(report.counts[.accepted]),
                "duplicate": .integer(report.counts[.duplicate]),
                "rejected": .integer(report.counts[.rejected]),
                "reasons": .object(report.counts.reasons.mapValues { .integer($0) }),
                "uploads": .integer(report.added.count), "known": .integer(known),
                "quarantined": .integer(report.quarantined.count), "deferred": .integer(deferred),
                "ignored": .integer(report.ignored.count), "dry_run": .bool(isDryRun),
            ])
    }

    private static func text(_ counts: VerdictTally) -> String {
        "\(counts.total) frames: \(counts[.accepted]) accepted, \(counts[.duplicate]) duplicate, "
            + "\(counts[.rejected]) rejected"
    }

    private func say(reasons counts: VerdictTally, indent: String) {
        for (reason, count) in counts.reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            output.line("\(indent)\(count)  \(reason)")
        }
    }

    private func say(_ outcome: UploadOutcome, _ report: IngestReport, _ workspace: Workspace) throws {
        let place = "\(outcome.delivery.contributor.text)/\(outcome.delivery.name)"
        var members: [String: CanonicalJSON] = [
            "contributor": .string(outcome.delivery.contributor.text),
            "source": .string(outcome.delivery.name),
        ]
        var added: String?
        switch outcome.kind {
        case .ingested(let upload, let format):
            output.line("\(place): read as \(format), upload \(upload)")
            members.merge([
                "outcome": .string("ingested"), "upload": .string(upload), "format": .string(format),
            ]) { $1 }
            added = upload
        case .repeated(let upload):
            output.line("\(place): the same contents as upload \(upload), which is in already")
            members.merge(["outcome": .string("repeated"), "upload": .string(upload)]) { $1 }
        case .known:
            members["outcome"] = .string("known")
        case .quarantined(let record):
            output.warn(
                "\(place): in quarantine as \(record.name): \(record.place): \(record.reason) (\(record.code)); "
                    + record.remedy)
            members.merge([
                "outcome": .string("quarantined"), "quarantine": .string(record.name),
                "code": .string(record.code),
                "place": .string(record.place), "reason": .string(record.reason),
                "remedy": .string(record.remedy),
            ]) { $1 }
        case .deferred(let reason):
            output.note("\(place): left for a later run: \(reason)")
            members.merge(["outcome": .string("deferred"), "reason": .string(reason)]) { $1 }
        }
        output.record("upload", members)
        if let added { try say(framesOf: added, report, workspace) }
    }

    /// What becomes of the frames of an upload that was added: only where somebody asks, as a run adds many.
    private func say(framesOf upload: String, _ report: IngestReport, _ workspace: Workspace) throws {
        if isDryRun, let tally = report.tallies[upload] {
            output.line("  " + Self.text(tally))
            say(reasons: tally, indent: "    ")
        }
        guard showsFrames || (isDryRun && output.isJSON) else { return }
        let frames = try workspace.catalog.frames(
            .upload(upload), cellPrecision: workspace.cellPrecision)
        FrameReporting.table(frames, output)
        for frame in frames { output.record("frame", FrameReporting.members(frame)) }
    }
}
