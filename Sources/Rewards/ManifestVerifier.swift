import Canonical
import Stages

/// Recomputes a chain of epochs from what is published, and says what differs.
///
/// Nothing but the published bytes goes in: no catalog, no images. Bad data of any kind becomes findings.
public struct ManifestVerifier {
    /// What was found so far.
    public private(set) var report = VerificationReport()

    private let rulesets: PublishedRulesets
    private var lastEpoch: Epoch?
    private var replay: ChainReplay
    private var seen = FrameKeySet()
    private var historyIsKnown = true
    private var findings = FindingList(epoch: "")

    /// A verifier that has seen nothing, and knows these rulesets: by their names, their canonical JSON.
    public init(rulesets: [ContentHash: [UInt8]]) {
        self.rulesets = PublishedRulesets(rulesets)
        replay = ChainReplay(rulesets: rulesets)
    }

    /// Verifies all epochs there are, from the first one.
    public static func verify(
        chain: [PublishedEpoch], rulesets: [ContentHash: [UInt8]]
    ) throws -> VerificationReport {
        var verifier = ManifestVerifier(rulesets: rulesets)
        for epoch in chain { try verifier.append(epoch) }
        return verifier.report
    }

    /// Verifies the next epoch of the chain.
    ///
    /// - Throws: What opening and reading its files throws; bad contents are findings.
    public mutating func append(_ published: PublishedEpoch) throws {
        report.manifests += 1
        findings = FindingList(epoch: "manifest \(report.manifests)")
        guard published.hasManifest else {
            findings.add(.fileMissing, "manifest.json is not there")
            historyIsKnown = false
            report.findings += findings.all
            return
        }
        do {
            let value = try JSONReader.read(published.manifest, limits: Manifest.limits)
            let claim = try ManifestClaim(value)
            findings.epoch = claim.header.epoch.id
            try check(published, claim)
            lastEpoch = claim.header.epoch
        } catch let error as JSONError {
            findings.add(.manifestUnreadable, error.description)
            historyIsKnown = false
        }
        replay.follow(published)
        report.findings += findings.all
    }

    private mutating func check(_ published: PublishedEpoch, _ claim: ManifestClaim) throws {
        let header = claim.header
        if let lastEpoch, header.epoch <= lastEpoch {
            findings.add(
                .epochOrder, "the epoch does not follow that of the manifest before", "after \(lastEpoch)",
                header.epoch.id)
        }
        guard let reading = try reading(published, claim) else {
            historyIsKnown = false
            return
        }
        guard historyIsKnown else {
            findings.add(.notRecomputed, "what earlier epochs covered, trusted and owed is not known")
            return
        }
        _ = try replay.settle(reading, against: published, &findings)
    }

    /// What the files of the epoch say; nil where they cannot be read to their end.
    private mutating func reading(
        _ published: PublishedEpoch, _ claim: ManifestClaim
    ) throws -> EpochReading? {
        do {
            let schedule = try rulesets.schedule(claim.rulesets)
            return try EpochReading(published, claim, schedule, earlier: replay.state.takedowns) {
                look(at: $0, $1)
            }
        } catch let problem as PublishedRulesets.Problem {
            switch problem {
            case .missing: findings.add(.rulesetMissing, problem.description)
            case .otherHash(let name, let found):
                findings.add(.rulesetHashWrong, problem.description, name.hex, found.hex)
            case .unreadable, .notCanonical: findings.add(.rulesetUnreadable, problem.description)
            }
        } catch let error as ScheduleError {
            findings.add(.rulesetsWrong, error.description)
        } catch let problem as PublishedFileProblem {
            findings.add(problem.code, problem.description)
        } catch let error as ManifestError {
            findings.add(error.code, error.description)
        }
        return nil
    }

    private mutating func look(at record: FrameRecord, _ problems: [ManifestError]) {
        report.frames += 1
        for problem in problems
        // Takedowns of an earlier epoch that could not be read are not known.
        where historyIsKnown || problem.code != .takedownUnknown {
            findings.add(problem.code, problem.description)
        }
        if !seen.insert(record.frame) {
            findings.add(.frameTwice, "frame \(record.frame) is in an earlier epoch too")
        }
    }
}

extension PublishedFileProblem {
    /// The finding it is.
    fileprivate var code: ManifestFinding.Code {
        switch self {
        case .missing: .fileMissing
        case .unreadable(.inputs, _): .inputsUnreadable
        case .unreadable(.corrections, _): .correctionsUnreadable
        case .unreadable: .verdictsUnreadable
        }
    }
}
