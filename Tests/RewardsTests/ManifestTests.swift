import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

@Suite("Manifest")
struct ManifestTests {
    @Test("is canonical JSON, and read back from it")
    func roundTrip() throws {
        for manifest in try SampleChain.make().manifests {
            let json = manifest.json
            #expect(try CanonicalJSON(JSONReader.read(json)).bytes == json)
            #expect(try Manifest(json: json) == manifest)
        }
    }

    @Test("pays by points, and says why somebody gets nothing")
    func awards() throws {
        let chain = try SampleChain.make()
        let (first, second, third) = (chain.manifests[0], chain.manifests[1], chain.manifests[2])
        #expect(first.awards.map(\.contributor) == ["ada", "bob", "cyd", "dan"])
        #expect(first.awards.map(\.reason) == [nil, nil, .noAcceptedFrames, .noHeading])
        // Best of two frames: 790 x 900; another cell: 790 x 800; the first cell after 499,999 of 604,800 s:
        // 826.
        let points: [UInt64] = [790 * 900 + 790 * 800, 790 * 650 * 826 / 1000, 0, 0]
        #expect(first.awards.map(\.points) == points)
        #expect(first.awarded == 1_000_000_000_000)
        #expect(first.awards.reduce(0) { $0 + $1.amount } == first.awarded)
        #expect(first.verdicts.total == 7)
        #expect(first.reasons == [.duplicateNear: 1, .imageDamaged: 1])
        #expect(first.previous == nil)

        // Ada and Eve cover one cell at the same instant: the lesser drive id goes first.
        #expect(second.awards.map(\.contributor) == ["ada", "bob", "cyd", "eve"])
        #expect(second.awards.map(\.reason) == [nil, nil, .noAcceptedFrames, .notFresh])
        // Bob's late pass counts against what Ada covered before it, not after.
        #expect(second.awards[1].lines.map(\.previousAt) == [first.awards[0].lines.last?.coveredAt])
        #expect(String(decoding: second.json, as: UTF8.self).components(of: "\"late\":true") == 1)
        #expect(second.previous == first.contentHash)

        #expect(third.awards.isEmpty)
        #expect(third.unallocated == third.budget)
        #expect(third.unallocatedReason == .noEligibleWork)
    }

    @Test("does not depend on the order of records and history", arguments: [1, 2, 3] as [UInt64])
    func permutation(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let chain = try SampleChain.make()
        let epoch = chain.manifests[1].epoch
        for _ in 0..<50 {
            var history: [Coverage: [UTCTime]] = [:]
            chain.manifests[0].addCoverage(to: &history)
            let manifest = try Manifest.build(
                epoch: epoch, sealedAsOf: SampleChain.seal(epoch), ruleset: .standard,
                previous: chain.manifests[0].contentHash,
                verdicts: try VerdictFile(records: chain.verdicts[1].records.shuffled(using: &numbers)),
                history: history.mapValues { $0.shuffled(using: &numbers) },
                takedowns: EpochTakedowns(
                    new: chain.manifests[1].takedowns.map(\.takedown).shuffled(using: &numbers),
                    earlier: chain.manifests[0].takedowns.map(\.takedown).shuffled(using: &numbers)))
            #expect(manifest.json == chain.manifests[1].json)
        }
    }

    @Test("is not made of frames that do not belong to it")
    func refusal() throws {
        let epoch = try #require(Epoch(id: "2025-W51"))
        func build(_ record: FrameRecord, sealedAsOf: UTCTime? = nil) throws {
            _ = try Manifest.build(
                epoch: epoch, sealedAsOf: sealedAsOf ?? SampleChain.seal(epoch), ruleset: .standard,
                previous: nil,
                verdicts: try VerdictFile(records: [record]), history: [:], takedowns: .none)
        }
        let good = try SampleChain.frame("f", by: "ada", drive: "d", at: 0)
        try build(good)
        #expect(throws: ManifestError.sealedTooEarly(SampleChain.seal(epoch))) {
            try build(good, sealedAsOf: UTCTime(milliseconds: SampleChain.seal(epoch).milliseconds - 1))
        }
        #expect(throws: ManifestError.frameOutsideEpoch("f")) {
            try build(try SampleChain.frame("f", by: "ada", drive: "d", at: 604_800))
        }
        #expect(throws: ManifestError.wrongPrecision("f")) {
            try build(try SampleChain.frame("f", by: "ada", drive: "d", at: 0, cell: "9q8yyk8"))
        }
        #expect(throws: ManifestError.frameWithoutTime("f")) {
            try build(
                try SampleChain.frame("f", by: "ada", drive: "d", at: nil).received(at: good.receivedAt))
        }
    }

    @Test("shares out budgets of nothing and of everything", arguments: [0, 1, .max] as [UInt64])
    func budgets(budget: UInt64) throws {
        var ruleset = Ruleset.standard
        ruleset.reward.budget = budget
        let records = try SampleChain.make().verdicts[0].records
        let manifest = try SampleChain([records], ruleset: ruleset).manifests[0]
        #expect(manifest.awards.reduce(0) { $0 + $1.amount } == budget)
        #expect(manifest.unallocated == 0)
        let reasons = manifest.awards.map(\.reason)
        switch budget {
        case 0: #expect(reasons[..<2] == [.noBudget, .noBudget])
        case 1: #expect(reasons[..<2] == [nil, .shareTooSmall])
        default: #expect(reasons[..<2] == [nil, nil])
        }
    }

    @Test(
        "refuses JSON that is not the form",
        arguments: [
            (#""passes":2"#, #""passes":3"#, "$.awards[0].passes"),
            (#""epoch":"2025-W51""#, #""epoch":"2025-W50""#, "$.window.end"),
            (#""total":7"#, #""total":8"#, "$.verdicts.total"),
            (#""rejected":1}"#, #""rejected":1,"x":0}"#, "$.awards[2].frames.x"),
            (#""budget":"1000000000000""#, #""budget":1000000000000"#, "$.budget"),
            (#""format":"waggle-manifest/1""#, #""format":"waggle-manifest/2""#, "$.format"),
            (#""previous":null"#, #""previous":"""#, "$.previous"),
            (#""reason":"no_heading""#, #""reason":"because""#, "$.awards[3].reason"),
            (#""seed":"#, #""see":1,"seed":"#, "$.see"), (#","seed""#, #", "seed""#, "$"),
            (#""freshness":826,"#, #""freshness":826,"late":false,"#, "$.awards[1].lines[0].late"),
        ])
    func strictness(good: String, bad: String, place: String) throws {
        let text = String(decoding: try SampleChain.make().manifests[0].json, as: UTF8.self)
        let range = try #require(text.firstRange(of: good))
        var changed = text
        changed.replaceSubrange(range, with: bad)
        #expect { try Manifest(json: Array(changed.utf8)) } throws: { ($0 as? JSONError)?.place == place }
    }

    @Test("has the published seed")
    func seed() throws {
        let chain = try SampleChain.make()
        let manifest = chain.manifests[1]
        let text = """
            waggle-seed/1
            \(chain.manifests[0].contentHash.hex)
            2025-W52
            1767139200000
            \(chain.verdicts[1].root.hex)
            """
        #expect(manifest.seed == .of(text))
        #expect(
            chain.manifests[0].seed
                == .of("waggle-seed/1\nwaggle\n2025-W51\n1766534400000\n\(chain.verdicts[0].root.hex)"))
    }
}

extension FrameRecord {
    fileprivate func received(at time: UTCTime) -> FrameRecord {
        FrameRecord(
            frame: frame, drive: drive, upload: upload, contributor: contributor, sha256: sha256,
            receivedAt: time,
            capturedAt: capturedAt, verdict: verdict)
    }
}

extension String {
    /// How often `part` occurs.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
