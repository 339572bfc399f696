import Canonical
import Stages

/// Why the published files of an epoch cannot be read.
enum PublishedFileProblem: Error, Equatable, CustomStringConvertible {
    /// A file is not there.
    case missing(EpochFile)
    /// A line is not what it must be, and why.
    case unreadable(EpochFile, JSONError)

    /// What is wrong, in words.
    var description: String {
        switch self {
        case .missing(let file): "\(file.name) is not there"
        case .unreadable(let file, let error): "\(file.name) \(error)"
        }
    }
}

/// What of a manifest must be believed in order to recompute the rest.
struct ManifestClaim {
    let header: EpochHeader
    let rulesets: [RulesetAdoption]
    let takedowns: [Takedown]
    let bounties: [Bounty]

    init(_ value: JSONValue) throws(JSONError) {
        var reader = try JSONObjectReader(value)
        header = try EpochHeader(&reader)
        rulesets = try reader.rulesets()
        takedowns = try reader.takedowns().map(\.takedown)
        bounties = try reader.bounties()
    }
}

/// An epoch as its published files say it is, read but not settled yet.
struct EpochReading {
    let claim: ManifestClaim
    let drives: [DriveInput]
    let corrections: [Correction]
    private(set) var ledger: EpochLedger

    /// Reads inputs, corrections and verdicts of `published`, to be settled by `rulesets`. `earlier` are the takedowns that
    /// manifests before it published. Gives every record to `each`, with what keeps it from being one of the epoch.
    ///
    /// - Throws: ``PublishedFileProblem``; ``ManifestError`` where two drives have one id; what reading throws.
    init(
        _ published: PublishedEpoch, _ claim: ManifestClaim, _ rulesets: RulesetSchedule, earlier: [Takedown],
        each: (FrameRecord, [ManifestError]) throws -> Void
    ) throws {
        self.claim = claim
        var drives: [DriveInput] = []
        try published.forEachLine(of: .inputs) { line throws(JSONError) in
            let drive = try DriveInput(line: line)
            if let last = drives.last, !last.drive.precedes(drive.drive) {
                throw JSONError(reason: "the ids do not ascend", place: "$.drive")
            }
            drives.append(drive)
        }
        var corrections: [Correction] = []
        try published.forEachLine(of: .corrections) { line throws(JSONError) in
            corrections.append(try Correction(line: line))
        }
        self.drives = drives
        self.corrections = corrections
        var ledger = try EpochLedger(
            claim.header, rulesets: rulesets, drives: drives,
            takedowns: EpochTakedowns(new: claim.takedowns, earlier: earlier))
        var accepted = AcceptedLine()
        try published.forEachLine(of: .verdicts) { line in
            let record = try accepted.record(line) ?? FrameRecord(strict: line)
            try each(record, ledger.add(record, line: line))
        }
        self.ledger = ledger
    }
}

extension PublishedEpoch {
    /// Gives the lines of `file` to `body`, in order.
    ///
    /// - Throws: ``PublishedFileProblem``, also where `body` throws a ``JSONError``; whatever else reading and `body` throw.
    func forEachLine(of file: EpochFile, _ body: ([UInt8]) throws -> Void) throws {
        guard var reader = try open(file) else { throw PublishedFileProblem.missing(file) }
        var line: [UInt8] = []
        do {
            while try reader.next(into: &line) {
                do { try body(line) } catch let error as JSONError {
                    throw PublishedFileProblem.unreadable(
                        file, JSONError(reason: error.reason, place: "line \(reader.count), \(error.place)"))
                }
            }
        } catch let error as JSONError {
            throw PublishedFileProblem.unreadable(file, error)
        }
    }
}
