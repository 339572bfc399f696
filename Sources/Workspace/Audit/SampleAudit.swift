import Canonical
import Geo
import Rewards
import Stages
import Store

/// What was found about one frame that was measured again.
public struct SampleFinding: Sendable, Equatable {
    /// A stable name: `sample.quality`, `sample.copy`, ...
    public let code: String
    /// The epoch and the frame.
    public let epoch: String, frame: String
    /// What is published or noted, and what was found.
    public let expected: String, found: String
}

/// What measuring a sample again came to.
public struct SampleReport: Sendable {
    /// Accepted frames of the published epochs, and how many of them were drawn.
    public internal(set) var accepted = 0, sampled = 0
    /// How many were measured again; how many of these from a copy of exactly the bytes delivered.
    public internal(set) var compared = 0, asDelivered = 0
    /// How many are not kept, because they were taken down or never were.
    public internal(set) var missing = 0
    /// How many of the compared ones, or of those the catalog does not know, have a finding.
    public internal(set) var differing = 0
    /// All findings, by epoch and frame.
    public internal(set) var findings: [SampleFinding] = []

    /// Whether frames were to be compared, and none could be.
    public var isIncomplete: Bool { accepted > 0 && compared == 0 }
}

/// Measures a sample of published frames again, from the kept copies, and holds it against what is published.
public struct SampleAudit {
    private let workspace: Workspace
    private let sample: FrameSample
    private var report = SampleReport()

    /// Measures the frames of `sample` in all epochs below `root` (the directory `published`) again.
    public static func run(_ sample: FrameSample, of workspace: Workspace, published root: String) throws
        -> SampleReport
    {
        var audit = SampleAudit(workspace: workspace, sample: sample)
        for epoch in try DirectoryListing.names(in: "\(root)/epochs").filter({ !$0.hasPrefix(".") }) {
            try audit.look(at: epoch, in: "\(root)/epochs/\(epoch)")
        }
        return audit.report
    }

    /// The seed where none is given: the hash of the last manifest below `root`, which nobody knew before what it counts was
    /// sealed. Nil where there is none.
    public static func seed(ofPublished root: String) throws -> String? {
        guard let last = try DirectoryListing.names(in: "\(root)/epochs").last(where: { !$0.hasPrefix(".") })
        else {
            return nil
        }
        return try EpochFiles.manifest(in: "\(root)/epochs/\(last)").contentHash.hex
    }

    private mutating func look(at epoch: String, in path: String) throws {
        var drawn: [ContentHash: FrameRecord] = [:]
        var accepted = 0
        try EpochFiles.forEach(.verdicts, in: path, { line throws(JSONError) in try FrameRecord(line: line) })
        {
            guard case .accepted = $0.verdict else { return }
            accepted += 1
            if sample.has($0.frame) { drawn[.of($0.frame)] = $0 }
        }
        report.accepted += accepted
        report.sampled += drawn.count
        if drawn.isEmpty { return }
        var pairs: [(record: FrameRecord, view: FrameView)] = []
        try workspace.catalog.forEachFrame(.epoch(epoch), cellPrecision: workspace.cellPrecision) {
            view in
            if let record = drawn.removeValue(forKey: .of(view.name)) { pairs.append((record, view)) }
        }
        for record in drawn.values.sorted(by: { $0.frame.precedes($1.frame) }) {
            note([("unknown", "a frame of \(epoch)", "none in the catalog")], record.frame, epoch)
        }
        for (record, view) in pairs { try compare(record, view, epoch) }
    }

    private mutating func compare(_ record: FrameRecord, _ view: FrameView, _ epoch: String) throws {
        guard let content = record.sha256, view.withdrawnBy == nil,
            let kept = try workspace.catalog.keptPicture(of: view.name),
            let bytes = try workspace.blobs.read(content)
        else {
            report.missing += 1
            return
        }
        report.compared += 1
        let copy = ContentHash.of(bytes)
        if copy == content { report.asDelivered += 1 }
        let measured = FrameMeasuredAgain(
            record: record, view: view, kept: kept, copy: copy,
            rules: workspace.rulesets.ruleset(at: view.receivedAt),
            commitments: LocationCommitments(workspace))
        note(measured.differences(bytes), record.frame, epoch)
    }

    private mutating func note(_ differences: [SampleDifference], _ frame: String, _ epoch: String) {
        if differences.isEmpty { return }
        report.differing += 1
        report.findings += differences.map {
            SampleFinding(
                code: "sample.\($0.code)", epoch: epoch, frame: frame, expected: $0.expected, found: $0.found)
        }
    }
}
