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
    private var state = ChainState()
    private var seen: Set<FrameKey> = []
    private var historyIsKnown = true
    private var findings = FindingList(epoch: "")

    /// A verifier that has seen nothing, and knows these rulesets: by their names, their canonical JSON.
    public init(rulesets: [ContentHash: [UInt8]]) {
        self.rulesets = rulesets
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
        guard let bytes = published.manifest else {
            findings.add(.fileMissing, "manifest.json is not there")
            historyIsKnown = false
            report.findings += findings.all
            return
        }
        var epoch: Epoch?
        do {
            let value = try JSONReader.read(bytes, limits: Manifest.limits)
            let claim = try ManifestClaim(value)
            epoch = claim.header.epoch
            findings.epoch = claim.header.epoch.id
            try check(published, value, bytes, claim)
        } catch let error as JSONError {
            findings.add(.manifestUnreadable, error.description)
            historyIsKnown = false
        }
        previous = (.of(bytes), epoch ?? previous?.epoch)
        report.findings += findings.all
    }

    private mutating func check(
        _ published: PublishedEpoch, _ value: JSONValue, _ bytes: [UInt8], _ claim: ManifestClaim
    ) throws {
        let header = claim.header
        if let before = previous?.epoch, header.epoch <= before {
            findings.add(
                .epochOrder, "the epoch does not follow that of the manifest before", "after \(before)",
                header.epoch.id)
        }
        state.previous = previous?.hash
        guard let ruleset = ruleset(claim.ruleset),
            let drives = try lines(.inputs, published, { line throws(JSONError) in try DriveInput(line: line) }),
            isAscending(drives.map(\.drive), .inputs),
            let corrections = try lines(
                .corrections, published, { line throws(JSONError) in try Correction(line: line) }),
            var ledger = ledger(header, ruleset, drives, claim.takedowns),
            try read(published, into: &ledger)
        else {
            historyIsKnown = false
            return
        }
        guard historyIsKnown else {
            findings.add(.notRecomputed, "what earlier epochs covered, trusted and owed is not known")
            return
        }
        var comparison = LineComparison()
        let settlement = try ledger.settle(state, bounties: claim.bounties, corrections: corrections) {
            file, line in try comparison.compare(line, of: file, published, &findings)
        }
        try comparison.finish(published, &findings)
        for problem in settlement.problems { findings.add(problem.code, problem.description) }
        state.add(settlement, drives: drives, corrections: corrections)
        compare(value, bytes, settlement.manifest.json)
    }

    private mutating func ledger(
        _ header: EpochHeader, _ ruleset: Ruleset, _ drives: [DriveInput], _ takedowns: [Takedown]
    ) -> EpochLedger? {
        do throws(ManifestError) {
            return try EpochLedger(
                header, ruleset: ruleset, drives: drives,
                takedowns: EpochTakedowns(new: takedowns, earlier: state.takedowns))
        } catch {
            findings.add(error.code, error.description)
            return nil
        }
    }

    /// Reads the verdicts into `ledger`. False where they cannot be read to their end.
    private mutating func read(_ published: PublishedEpoch, into ledger: inout EpochLedger) throws -> Bool {
        guard var reader = try published.open(.verdicts) else {
            findings.add(.fileMissing, "\(EpochFile.verdicts.name) is not there")
            return false
        }
        do {
            while let line = try reader.next() {
                let record: FrameRecord
                do throws(JSONError) { record = try FrameRecord(line: line) } catch {
                    throw JSONError(reason: error.reason, place: "line \(reader.count), \(error.place)")
                }
                report.frames += 1
                for problem in ledger.add(record, line: line)
                // Takedowns of an earlier epoch that could not be read are not known.
                where historyIsKnown || problem.code != .takedownUnknown {
                    findings.add(problem.code, problem.description)
                }
                if !seen.insert(FrameKey(record.frame)).inserted {
                    findings.add(.frameTwice, "frame \(record.frame) is in an earlier epoch too")
                }
            }
            return true
        } catch let error as JSONError {
            findings.add(.verdictsUnreadable, "\(EpochFile.verdicts.name) \(error)")
            return false
        }
    }

    /// What the lines of `file` say; nil where one cannot be read.
    private mutating func lines<Line>(
        _ file: EpochFile, _ published: PublishedEpoch, _ parse: ([UInt8]) throws(JSONError) -> Line
    ) throws -> [Line]? {
        guard var reader = try published.open(file) else {
            findings.add(.fileMissing, "\(file.name) is not there")
            return nil
        }
        var result: [Line] = []
        do {
            while let line = try reader.next() {
                do throws(JSONError) { result.append(try parse(line)) } catch {
                    throw JSONError(reason: error.reason, place: "line \(reader.count), \(error.place)")
                }
            }
            return result
        } catch let error as JSONError {
            findings.add(file == .inputs ? .inputsUnreadable : .correctionsUnreadable, "\(file.name) \(error)")
            return nil
        }
    }

    private mutating func isAscending(_ ids: [String], _ file: EpochFile) -> Bool {
        for (index, pair) in zip(ids, ids.dropFirst()).enumerated() where !pair.0.precedes(pair.1) {
            findings.add(.inputsUnreadable, "\(file.name) line \(index + 2): the ids do not ascend")
            return false
        }
        return true
    }

    private mutating func compare(_ value: JSONValue, _ bytes: [UInt8], _ expected: [UInt8]) {
        guard bytes != expected else { return }
        if (try? CanonicalJSON(value))?.bytes != bytes {
            findings.add(.manifestNotCanonical, "the bytes are not the canonical form of the document")
        }
        guard let expected = try? JSONReader.read(expected, limits: Manifest.limits) else { return }
        let limit = Self.findingLimit + 1
        for difference in JSONDifference.all(found: value, expected: expected, limit: limit) {
            let key = difference.path.dropFirst(2).prefix { $0 != "." && $0 != "[" }
            findings.add(.of(member: String(key)), difference.path, difference.expected, difference.found)
        }
    }

    private mutating func ruleset(_ name: ContentHash) -> Ruleset? {
        guard let bytes = rulesets[name] else {
            findings.add(.rulesetMissing, "ruleset \(name) is not there")
            return nil
        }
        let hash = ContentHash.of(bytes)
        guard hash == name else {
            findings.add(
                .rulesetHashWrong, "the ruleset has not the hash it is named by", name.hex, hash.hex)
            return nil
        }
        do {
            let ruleset = try Ruleset(json: bytes)
            if ruleset.canonicalJSON.bytes == bytes { return ruleset }
            findings.add(.rulesetUnreadable, "ruleset \(hash) is not in canonical form")
        } catch {
            findings.add(.rulesetUnreadable, "ruleset \(hash): \(error)")
        }
        return nil
    }
}

/// What of a manifest must be believed in order to recompute the rest.
private struct ManifestClaim {
    let header: EpochHeader
    let ruleset: ContentHash
    let takedowns: [Takedown]
    let bounties: [Bounty]

    init(_ value: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(value)
        header = try EpochHeader(&reader)
        ruleset = try reader.hash("ruleset")
        takedowns = try reader.takedowns().map(\.takedown)
        bounties = try reader.bounties()
    }
}

/// Half of the hash of a frame's id: enough to tell that an id was there before, whoever chooses the ids.
private struct FrameKey: Hashable {
    let high, low: UInt64

    init(_ id: String) {
        let words = ContentHash.of(id).bigEndianWords
        (high, low) = (words[0], words[1])
    }
}
