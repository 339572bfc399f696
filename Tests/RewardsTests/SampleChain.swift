import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

/// A small chain of epochs in which everything occurs: fresh and stale cells, late frames, duplicates,
/// refusals, takedowns, contributors who earn nothing, and a week without work.
struct SampleChain {
    var manifests: [Manifest] = []
    var verdicts: [VerdictFile] = []
    let ruleset: Ruleset

    var published: [(manifest: [UInt8], verdicts: [UInt8])] {
        zip(manifests, verdicts).map { ($0.json, $1.bytes) }
    }

    var rulesets: [ContentHash: [UInt8]] { [ruleset.contentHash: ruleset.canonicalJSON.bytes] }

    /// The chain of weeks from 2025-W51 with these records.
    init(
        _ weeks: [[FrameRecord]], takedowns: [[Takedown]] = [], ruleset: Ruleset = .standard
    ) throws {
        self.ruleset = ruleset
        var epoch = try #require(Epoch(id: "2025-W51"))
        var history: [Coverage: [UTCTime]] = [:]
        for (week, records) in weeks.enumerated() {
            let file = try VerdictFile(records: records)
            let manifest = try Manifest.build(
                epoch: epoch, sealedAsOf: Self.seal(epoch), ruleset: ruleset,
                previous: manifests.last?.contentHash,
                verdicts: file, history: history,
                takedowns: EpochTakedowns(
                    new: week < takedowns.count ? takedowns[week] : [],
                    earlier: manifests.flatMap(\.takedowns).map(\.takedown)))
            manifest.addCoverage(to: &history)
            manifests.append(manifest)
            verdicts.append(file)
            epoch = epoch.next
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
                    frame("f11", by: "cyd", drive: "d8", at: nil, verdict: .rejected(Finding(.timeMissing))),
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

    /// A frame that arrived a minute after it was captured, `seconds` after the beginning of 2025-W51;
    /// without a capture time it arrived in the second week.
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
            receivedAt: UTCTime(milliseconds: monday + (seconds ?? 700_000) * 1000 + 60_000),
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
