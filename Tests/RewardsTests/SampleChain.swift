import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

/// A small chain of epochs in which everything occurs: fresh and stale cells, late frames, duplicates,
/// refusals, takedowns, contributors who earn nothing, and a week without work.
struct SampleChain {
    var manifests: [Manifest] = []
    var published: [PublishedFiles] = []
    var settlements: [EpochSettlement] = []
    let schedule: RulesetSchedule
    var ruleset: Ruleset { schedule.first }

    var rulesets: [ContentHash: [UInt8]] {
        Dictionary(schedule.all.map { ($0.contentHash, $0.canonicalJSON.bytes) }) { first, _ in first }
    }

    /// The chain of weeks from 2025-W51 with these records.
    init(
        _ weeks: [[FrameRecord]], takedowns: [[Takedown]] = [], bounties: [[Bounty]] = [],
        corrections: [[Correction]] = [], devices: [String: String] = [:], flags: [String: [Rule]] = [:],
        ruleset: Ruleset = .standard, schedule: RulesetSchedule? = nil
    ) throws {
        let schedule = schedule ?? RulesetSchedule(ruleset)
        self.schedule = schedule
        var epoch = try #require(Epoch(id: "2025-W51"))
        var state = ChainState()
        for (week, records) in weeks.enumerated() {
            let (settlement, files) = try Self.settle(
                EpochHeader(epoch: epoch, sealedAsOf: Self.seal(epoch)), records, state: state,
                takedowns: EpochTakedowns(
                    new: week < takedowns.count ? takedowns[week] : [], earlier: state.takedowns),
                bounties: week < bounties.count ? bounties[week] : [],
                corrections: week < corrections.count ? corrections[week] : [], devices: devices,
                flags: flags, rulesets: schedule.adopted(before: Self.seal(epoch)))
            if let problem = settlement.problems.first { throw problem }
            state.previous = settlement.manifest.contentHash
            state.add(
                settlement, drives: Self.drives(of: records, devices, flags),
                corrections: week < corrections.count ? corrections[week] : [])
            manifests.append(settlement.manifest)
            settlements.append(settlement)
            published.append(files)
            epoch = epoch.next
        }
    }

    /// Settles an epoch of `records`, in any order.
    static func settle(
        _ header: EpochHeader, _ records: [FrameRecord], state: ChainState, takedowns: EpochTakedowns = .none,
        bounties: [Bounty] = [], corrections: [Correction] = [], devices: [String: String] = [:],
        flags: [String: [Rule]] = [:], rulesets: RulesetSchedule = RulesetSchedule(.standard)
    ) throws -> (EpochSettlement, PublishedFiles) {
        var ledger = try EpochLedger(
            header, rulesets: rulesets, drives: drives(of: records, devices, flags), takedowns: takedowns)
        var files = PublishedFiles()
        for record in records.sorted(by: { $0.frame.precedes($1.frame) }) {
            if let problem = ledger.add(record, line: record.line).first { throw problem }
            files.append(record.line, to: .verdicts)
        }
        let settlement = ledger.settle(state, bounties: bounties, corrections: corrections) {
            files.append($1, to: $0)
        }
        files.manifest = settlement.manifest.json
        return (settlement, files)
    }

    /// The drives of `records`, with these devices and flags by their ids.
    static func drives(
        of records: [FrameRecord], _ devices: [String: String], _ flags: [String: [Rule]]
    ) -> [DriveInput] {
        var seen: Set<String> = []
        return records.filter { seen.insert($0.drive).inserted }.map {
            DriveInput(
                drive: $0.drive, upload: $0.upload, contributor: $0.contributor, device: devices[$0.drive],
                receivedAt: $0.receivedAt, flags: flags[$0.drive] ?? [])
        }
    }

    static func make() throws -> SampleChain {
        let drive = try takedown(.drive("d9"), at: 300, note: "upside down")
        let zone = try takedown(.zone(#require(Zone("48.2,11.04,48.21,11.05"))), at: 200, reason: .privacy)
        let cell = try takedown(.zone(#require(Zone("9q8yyk8"))), at: 604_800, reason: .legal)
        let contributor = try takedown(.contributor("gus"), at: 700_000, reason: .fraud)
        return try SampleChain(
            [
                [
                    frame("f01", by: "ada", drive: "d1", at: 0),
                    frame("f02", by: "ada", drive: "d1", at: 1, quality: 900),
                    frame("f03", by: "ada", drive: "d1", at: 2, cell: "9q8yyk8z", octant: 3),
                    frame("f04", by: "bob", drive: "d2", at: 500_000, quality: 650),
                    frame(
                        "f05", by: "bob", drive: "d2", at: 500_001,
                        verdict: .duplicate(
                            Finding(.duplicateNear, value: 3, limit: 31, unit: "bits"), of: "f02")),
                    frame(
                        "f06", by: "cyd", drive: "d3", at: 7,
                        verdict: .rejected(
                            Finding(.imageDamaged, message: "Premature end of \"JPEG\" file"))),
                    frame("f07", by: "dan", drive: "d4", at: 9, octant: nil),
                ],
                [
                    frame("f08", by: "ada", drive: "d5", at: 604_800 + 60_000),
                    frame("f09", by: "eve", drive: "d6", at: 604_800 + 60_000),
                    frame(
                        "f10", by: "bob", drive: "d7", at: 400_000, cell: "9q8yyk8z", octant: 3, quality: 410),
                    frame("f11", by: "cyd", drive: "d10", at: nil, verdict: .rejected(Finding(.timeMissing))),
                    frame("f12", by: "cyd", drive: "d9", at: 604_900, verdict: .takenDown(by: drive)),
                    frame("f13", by: "cyd", drive: "d8", at: 604_900, verdict: .takenDown(by: cell)),
                ],
                [],
            ], takedowns: [[drive, zone], [contributor, cell]])
    }

    /// A takedown `seconds` after the beginning of 2025-W51.
    static func takedown(
        _ target: Takedown.Target, at seconds: Int64, reason: Takedown.Reason = .error, note: String? = nil
    ) throws -> Takedown {
        let monday = try #require(Epoch(id: "2025-W51")).start.milliseconds
        return try Takedown(
            target, reason: reason, note: note, by: "ops", at: UTCTime(milliseconds: monday + seconds * 1000))
    }

    /// Two days after the end.
    static func seal(_ epoch: Epoch) -> UTCTime {
        UTCTime(milliseconds: epoch.end.milliseconds + 172_800_000)
    }

    /// A frame captured `seconds` after the beginning of 2025-W51, which arrived with the end of that minute; without a capture
    /// time it arrived in the second week.
    static func frame(
        _ id: String, by contributor: String, drive: String, at seconds: Int64?, cell: String = "9q8yyk8y",
        octant: Int64? = 2, quality: Int64 = 800, verdict: FrameRecord.Verdict? = nil
    ) throws -> FrameRecord {
        let monday = try #require(Epoch(id: "2025-W51")).start.milliseconds
        let acceptance = FrameRecord.Acceptance(
            cell: try #require(Geohash(cell)), octant: octant.flatMap(HeadingOctant.init(number:)),
            quality: quality,
            factors: ["exposure": 1000, "sharpness": quality])
        return FrameRecord(
            frame: id, drive: drive, upload: "upload-of-\(drive)", contributor: contributor,
            sha256: seconds == nil ? nil : .of(id),
            receivedAt: UTCTime(milliseconds: monday + ((seconds ?? 700_000) / 60 * 60 + 60) * 1000),
            capturedAt: seconds.map { UTCTime(milliseconds: monday + $0 * 1000) },
            verdict: verdict ?? .accepted(acceptance))
    }
}

extension FrameRecord.Verdict {
    /// What a frame gets that `takedown` rejects.
    static func takenDown(by takedown: Takedown) -> FrameRecord.Verdict {
        .rejected(Finding(.takedown, message: "\(takedown.id) \(takedown.reason.rawValue)"))
    }
}
