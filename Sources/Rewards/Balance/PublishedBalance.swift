import Canonical
import Stages

/// What the published files of an epoch say of the sums of its verdicts.
struct BalanceClaims {
    /// `inputs.jsonl`, by drive.
    var drives: [BalanceSheet.Line] = []
    /// `explain.jsonl`, by contributor.
    var devices: [BalanceSheet.Line] = []
    /// `awards.jsonl`, by contributor.
    var awards: [BalanceSheet.Line] = []
    /// The manifest.
    var manifest = FrameBalance()
}

/// What the published files of an epoch say of its frames, and where they contradict each other.
public struct PublishedBalance: Sendable {
    /// The epoch.
    public let epoch: Epoch
    /// What became of the frames, as `verdicts.jsonl` has them.
    public let sheet: BalanceSheet
    /// Where the other files, which sum the verdicts up, say something else.
    public let findings: [BalanceFinding]

    /// Reads the files of `published`.
    ///
    /// - Throws: ``ReplayError`` where one is not there or cannot be read; what reading throws.
    public init(_ published: PublishedEpoch) throws {
        var name = "an epoch"
        do {
            let manifest = try Manifest(json: published.manifest)
            name = manifest.epoch.id
            epoch = manifest.epoch
            var sheet = BalanceSheet()
            try published.forEachLine(of: .verdicts) { line in
                let record = try FrameRecord(line: line)
                sheet.add(
                    1, drive: record.drive, contributor: record.contributor, record.verdict.kind,
                    record.verdict.finding?.rule)
            }
            var claims = BalanceClaims()
            claims.manifest = FrameBalance(manifest.verdicts, reasons: manifest.reasons)
            try published.forEachLine(of: .inputs) { line in
                let input = try InputLine(line: line)
                claims.drives.append(
                    .init(account: input.drive.drive, balance: FrameBalance(input.frames, reasons: [:])))
            }
            try published.forEachLine(of: .explain) { line in
                let device = try DeviceLine(line: line)
                var balance = FrameBalance(device.frames, reasons: device.reasons)
                // A contributor's devices follow each other.
                if let last = claims.devices.last, last.account.hasSameBytes(as: device.contributor) {
                    balance += last.balance
                    claims.devices.removeLast()
                }
                claims.devices.append(.init(account: device.contributor, balance: balance))
            }
            try published.forEachLine(of: .awards) { line in
                let award = try Award(line: line)
                claims.awards.append(
                    .init(account: award.contributor, balance: FrameBalance(award.frames, reasons: [:])))
            }
            self.sheet = sheet
            findings =
                sheet.unexplained(in: manifest.epoch.id)
                + sheet.differences(from: claims, in: manifest.epoch.id)
        } catch let error as JSONError {
            throw ReplayError(name, error)
        } catch let error as PublishedFileProblem {
            throw ReplayError(name, error)
        }
    }
}
