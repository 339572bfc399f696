import Canonical
import Geo
import Stages

/// Takes in the frames of one epoch, one after the other, and settles it at the end. Of a frame it keeps what the
/// settlement needs, about a hundred bytes, so that an epoch can have millions.
public struct EpochLedger: Sendable {
    let header: EpochHeader
    let rulesets: RulesetSchedule
    /// That of the epoch's own week.
    let ruleset: Ruleset
    let inputs: EpochInputs
    let takedowns: EpochTakedowns

    /// By drive.
    private(set) var frameCounts: [VerdictCounts]
    /// By device.
    private(set) var reasons: [[Rule: Int64]]
    private(set) var credited: [CreditedFrame] = []
    /// Ids of credited frames, by their numbers.
    private(set) var frameIDs = FrameIDs()
    private(set) var verdicts = MerkleTree()
    /// By takedown id: how many frames it rejects.
    private(set) var takenDown: [ByteKey: Int64] = [:]
    private var lastFrame: String?
    /// The drive of the last frame: frames of one drive come one after the other.
    private var lastDrive = 0

    /// A ledger without frames.
    ///
    /// - Parameters:
    ///   - header: Which epoch.
    ///   - rulesets: What decides: all that was adopted before the seal.
    ///   - drives: All drives of the frames to come, in any order.
    ///   - takedowns: Those the epoch's manifest publishes, and those that earlier ones did.
    /// - Throws: ``ManifestError/driveTwice(_:)``.
    public init(
        _ header: EpochHeader, rulesets: RulesetSchedule, drives: [DriveInput], takedowns: EpochTakedowns
    ) throws(ManifestError) {
        self.header = header
        self.rulesets = rulesets
        ruleset = rulesets.ruleset(in: header.epoch)
        self.takedowns = takedowns
        inputs = try EpochInputs(drives)
        frameCounts = Array(repeating: VerdictCounts(), count: inputs.drives.count)
        reasons = Array(repeating: [:], count: inputs.devices.count)
    }

    /// What may be covered by the frames taken in: the history of anything else is not looked at.
    public var coverages: Set<Coverage> { Set(credited.map(\.coverage)) }

    /// Takes in `record`, whose canonical line is `line`. Records come by the bytes of their frames' ids.
    ///
    /// - Returns: Everything that keeps the record from being one of this epoch; usually nothing.
    public mutating func add(_ record: FrameRecord, line: [UInt8]) -> [ManifestError] {
        var problems: [ManifestError] = []
        if let lastFrame, !lastFrame.precedes(record.frame) {
            problems.append(
                lastFrame.hasSameBytes(as: record.frame)
                    ? .frameTwice(record.frame) : .frameOrder(record.frame))
        }
        lastFrame = record.frame
        verdicts.append(line)
        if !record.belongs(to: header.epoch, sealedAsOf: header.sealedAsOf) {
            problems.append(.frameOutsideEpoch(record.frame))
        }
        if let named = takedowns.named(by: record) { takenDown[ByteKey(named.id), default: 0] += 1 }
        if let problem = takedowns.problem(record) { problems.append(problem) }
        guard let number = inputs.number(of: record.drive, expected: lastDrive) else {
            return problems + [.driveUnknown(record.frame)]
        }
        lastDrive = number
        if !inputs.drives[number].delivered(record) { problems.append(.driveDiffers(record.frame)) }
        frameCounts[number].count(record.verdict.kind)
        if let rule = record.verdict.finding?.rule {
            reasons[inputs.deviceOfDrive[number]][rule, default: 0] += 1
        }
        guard case .accepted(let acceptance) = record.verdict else { return problems }
        if Int64(acceptance.cell.precision) != ruleset.score.cellPrecision {
            problems.append(.wrongPrecision(record.frame))
        }
        guard let capturedAt = record.capturedAt else { return problems + [.frameWithoutTime(record.frame)] }
        guard let octant = acceptance.octant else { return problems }
        credited.append(
            CreditedFrame(
                frame: UInt32(clamping: frameIDs.count), drive: UInt32(clamping: number),
                capturedAt: capturedAt,
                coverage: Coverage(cell: acceptance.cell, octant: octant), quality: acceptance.quality))
        frameIDs.append(record.frame)
        return problems
    }

    /// What keeps the epoch from being sealed so, apart from its frames.
    public var problems: [ManifestError] {
        var problems = takedowns.problems(sealedAsOf: header.sealedAsOf)
        let (earliest, overflow) = header.epoch.end.milliseconds.addingReportingOverflow(
            ruleset.reward.graceMilliseconds)
        if overflow || header.sealedAsOf.milliseconds < earliest {
            problems.append(.sealedTooEarly(UTCTime(milliseconds: overflow ? .max : earliest)))
        }
        for (number, drive) in inputs.drives.enumerated() where frameCounts[number].total == 0 {
            problems.append(.driveWithoutFrames(drive.drive))
        }
        return problems
    }
}
