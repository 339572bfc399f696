import Canonical
import Stages

/// Recomputes a chain of epochs from what is published, and says what differs.
///
/// Nothing but the published bytes goes in: no catalog, no images. Bad data of any kind becomes findings.
public struct ManifestVerifier {
    /// Findings listed for one epoch; what is beyond is summed up in a last one.
    static let findingLimit = 100

    /// What was found so far.
    public private(set) var report = VerificationReport()

    private let rulesets: [ContentHash: [UInt8]]
    private var previous: (hash: ContentHash, epoch: Epoch?)?
    private var history: [Coverage: [UTCTime]] = [:]
    private var takedowns: [Takedown] = []
    private var seen: Set<ByteKey> = []
    private var historyIsKnown = true
    private var epochFindings: [ManifestFinding] = []

    /// A verifier that has seen nothing, and knows these rulesets: by their names, their canonical JSON.
    public init(rulesets: [ContentHash: [UInt8]]) {
        self.rulesets = rulesets
    }

    /// Verifies all manifests there are, from the first one, with the bytes of their `verdicts.jsonl`.
    public static func verify(
        chain: [(manifest: [UInt8], verdicts: [UInt8])], rulesets: [ContentHash: [UInt8]]
    ) -> VerificationReport {
        var verifier = ManifestVerifier(rulesets: rulesets)
        for (manifest, verdicts) in chain { verifier.append(manifest: manifest, verdicts: verdicts) }
        return verifier.report
    }

    /// Verifies the next epoch of the chain.
    public mutating func append(manifest bytes: [UInt8], verdicts: [UInt8]) {
        report.manifests += 1
        epochFindings = []
        var name = "manifest \(report.manifests)"
        var epoch: Epoch?
        do {
            let value = try JSONReader.read(bytes, limits: Manifest.limits)
            let header = try ManifestHeader(value)
            (epoch, name) = (header.epoch, header.epoch.id)
            check(value, bytes, header, verdicts)
        } catch {
            find(.manifestUnreadable, name, error.description)
            historyIsKnown = false
        }
        previous = (.of(bytes), epoch ?? previous?.epoch)
        if epochFindings.count > Self.findingLimit {
            let more = epochFindings.count - Self.findingLimit
            epochFindings.removeLast(more)
            find(.moreFindings, name, "\(more) findings more")
        }
        report.findings += epochFindings
    }

    private mutating func check(
        _ value: JSONValue, _ bytes: [UInt8], _ header: ManifestHeader, _ verdictBytes: [UInt8]
    ) {
        let name = header.epoch.id
        if let before = previous?.epoch, header.epoch <= before {
            find(
                .epochOrder, name, "the epoch does not follow that of the manifest before", "after \(before)",
                name)
        }
        let published = EpochTakedowns(new: header.takedowns, earlier: takedowns)
        takedowns += header.takedowns
        guard let ruleset = ruleset(header), let verdicts = verdictFile(verdictBytes, name) else {
            historyIsKnown = false
            return
        }
        report.frames += verdicts.records.count
        for problem in Manifest.problems(header.epoch, header.sealedAsOf, ruleset, verdicts, published)
        where historyIsKnown || problem.code != .takedownUnknown {
            find(problem.code, name, problem.description)
        }
        for record in verdicts.records where !seen.insert(ByteKey(record.frame)).inserted {
            find(.frameTwice, name, "frame \(record.frame) is in an earlier epoch too")
        }
        guard historyIsKnown else {
            find(.notRecomputed, name, "what earlier epochs covered is not known")
            return
        }
        let expected = Manifest(
            epoch: header.epoch, sealedAsOf: header.sealedAsOf, ruleset: ruleset, previous: previous?.hash,
            verdicts: verdicts, history: history, takedowns: published)
        expected.addCoverage(to: &history)
        compare(value, bytes, expected.json, name)
    }

    private mutating func compare(_ value: JSONValue, _ bytes: [UInt8], _ expected: [UInt8], _ name: String) {
        guard bytes != expected else { return }
        if (try? CanonicalJSON(value))?.bytes != bytes {
            find(.manifestNotCanonical, name, "the bytes are not the canonical form of the document")
        }
        guard let expected = try? JSONReader.read(expected, limits: Manifest.limits) else { return }
        for difference in ManifestDifference.all(
            found: value, expected: expected, limit: Self.findingLimit + 1)
        {
            find(difference.code, name, difference.detail, difference.expected, difference.found)
        }
    }

    private mutating func ruleset(_ header: ManifestHeader) -> Ruleset? {
        let name = header.epoch.id
        guard let bytes = rulesets[header.ruleset] else {
            find(.rulesetMissing, name, "ruleset \(header.ruleset) is not there")
            return nil
        }
        let hash = ContentHash.of(bytes)
        guard hash == header.ruleset else {
            find(
                .rulesetHashWrong, name, "the ruleset has not the hash it is named by", header.ruleset.hex,
                hash.hex)
            return nil
        }
        do {
            let ruleset = try Ruleset(json: bytes)
            if ruleset.canonicalJSON.bytes == bytes { return ruleset }
            find(.rulesetUnreadable, name, "ruleset \(hash) is not in canonical form")
        } catch {
            find(.rulesetUnreadable, name, "ruleset \(hash): \(error)")
        }
        return nil
    }

    private mutating func verdictFile(_ bytes: [UInt8], _ name: String) -> VerdictFile? {
        do {
            return try VerdictFile(bytes: bytes)
        } catch {
            find(.verdictsUnreadable, name, error.description)
            return nil
        }
    }

    private mutating func find(
        _ code: ManifestFinding.Code, _ epoch: String, _ detail: String, _ expected: String? = nil,
        _ found: String? = nil
    ) {
        epochFindings.append(
            ManifestFinding(code: code, epoch: epoch, detail: detail, expected: expected, found: found))
    }
}

extension ManifestError {
    fileprivate var code: ManifestFinding.Code {
        switch self {
        case .frameTwice: .frameTwice
        case .frameOutsideEpoch: .frameOutsideEpoch
        case .frameWithoutTime: .verdictsUnreadable
        case .wrongPrecision: .cellPrecision
        case .sealedTooEarly: .sealedTooEarly
        case .takedownTwice: .takedownTwice
        case .takedownTooLate: .takedownTooLate
        case .takedownUnknown: .takedownUnknown
        case .takedownUnfounded: .takedownUnfounded
        case .takedownIgnored: .takedownIgnored
        }
    }
}

/// What of a manifest must be believed in order to recompute the rest.
private struct ManifestHeader {
    let epoch: Epoch
    let sealedAsOf: UTCTime
    let ruleset: ContentHash
    let takedowns: [Takedown]

    init(_ value: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(value)
        epoch = try reader.epoch("epoch")
        sealedAsOf = try reader.time("sealed_as_of")
        ruleset = try reader.hash("ruleset")
        takedowns = try reader.takedowns().map(\.takedown)
    }
}
