import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

@Suite("Manifest")
struct ManifestTests {
    @Test("is canonical JSON, and read back from it, as are the lines of all files")
    func roundTrip() throws {
        let chain = try SampleChain.make()
        for (manifest, files) in zip(chain.manifests, chain.published) {
            let json = manifest.json
            #expect(try CanonicalJSON(JSONReader.read(json)).bytes == json)
            #expect(try Manifest(json: json) == manifest)
            for file in EpochFile.allCases {
                for line in files.lines(of: file) {
                    #expect(try CanonicalJSON(JSONReader.read(line)).bytes == line)
                    switch file {
                    case .inputs: _ = try DriveInput(line: line)
                    case .verdicts: _ = try FrameRecord(line: line)
                    case .scores: _ = try PassLine(line: line)
                    case .explain: _ = try DeviceLine(line: line)
                    case .awards: _ = try Award(line: line)
                    case .corrections: _ = try Correction(line: line)
                    case .cumulative: _ = try CumulativeLine(line: line)
                    }
                }
            }
        }
    }

    @Test("pays by points, and says why somebody gets nothing")
    func awards() throws {
        let chain = try SampleChain.make()
        let awards = try chain.published.map { try $0.awards() }
        let (first, second) = (chain.manifests[0], chain.manifests[1])
        #expect(awards[0].map(\.contributor) == ["ada", "bob", "cyd", "dan"])
        #expect(awards[0].map(\.reason) == [nil, nil, .noAcceptedFrames, .noHeading])
        // Best of two frames: 790 x 900; another cell: 790 x 800; the first cell after 499,999 of 604,800 s:
        // 826.
        let points: [UInt64] = [790 * 900 + 790 * 800, 790 * 650 * 826 / 1000, 0, 0]
        #expect(awards[0].map(\.points) == points)
        // One per cent is kept for corrections.
        #expect(first.paid == 990_000_000_000)
        #expect(awards[0].reduce(0) { $0 + $1.paid } == first.paid)
        #expect(first.pools.map(\.name) == ["reserve", "coverage"])
        #expect(first.pools.map(\.unallocated) == [10_000_000_000, 0])
        #expect(first.pools.map(\.reason) == [.reserveUnused, nil])
        #expect(first.verdicts.total == 7)
        #expect(first.reasons == [.duplicateNear: 1, .imageDamaged: 1])
        #expect(first.previous == nil)

        // Ada and Eve cover one cell at the same instant: the lesser drive id goes first.
        #expect(awards[1].map(\.contributor) == ["ada", "bob", "cyd", "eve"])
        #expect(awards[1].map(\.reason) == [nil, nil, .noAcceptedFrames, .notFresh])
        // Bob's late pass counts against what Ada covered before it, not after; it is 204,800 s late, less than 3 days.
        let late = try chain.published[1].scores().filter { $0.contributor == "bob" }
        let before = try chain.published[0].scores().filter { $0.pass.coverage.octant.number == 3 }
        #expect(late.map(\.pass.previousAt) == before.map(\.pass.coveredAt))
        #expect(late.map(\.pass.late) == [1000])
        #expect(second.previous == first.contentHash)

        #expect(awards[2].isEmpty)
        #expect(chain.manifests[2].unallocated == chain.manifests[2].budget)
        #expect(chain.manifests[2].pools.map(\.reason) == [.reserveUnused, .noEligibleWork])
    }

    @Test("does not depend on the order of records, takedowns and drives", arguments: [1, 2, 3] as [UInt64])
    func permutation(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let chain = try SampleChain.make()
        let records = try chain.published[1].lines(of: .verdicts).map { try FrameRecord(line: $0) }
        for _ in 0..<50 {
            var state = ChainState()
            state.previous = chain.manifests[0].contentHash
            let drives = try chain.published[0].lines(of: .inputs).map { try DriveInput(line: $0) }
            state.add(chain.settlements[0], drives: drives.shuffled(using: &numbers), corrections: [])
            let (settlement, files) = try SampleChain.settle(
                chain.manifests[1].header, records.shuffled(using: &numbers), state: state,
                takedowns: EpochTakedowns(
                    new: chain.manifests[1].takedowns.map(\.takedown).shuffled(using: &numbers),
                    earlier: chain.manifests[0].takedowns.map(\.takedown).shuffled(using: &numbers)))
            #expect(settlement.problems == [])
            #expect(files == chain.published[1])
        }
    }

    @Test("is not made of frames that do not belong to it")
    func refusal() throws {
        let epoch = try #require(Epoch(id: "2025-W51"))
        func build(_ record: FrameRecord, sealedAsOf: UTCTime? = nil) throws {
            let header = EpochHeader(epoch: epoch, sealedAsOf: sealedAsOf ?? SampleChain.seal(epoch))
            let (settlement, _) = try SampleChain.settle(header, [record], state: ChainState())
            if let problem = settlement.problems.first { throw problem }
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

    @Test("takes no frame of a drive it does not know, or that is another there, and no drive without frames")
    func drives() throws {
        let epoch = try #require(Epoch(id: "2025-W51"))
        let header = EpochHeader(epoch: epoch, sealedAsOf: SampleChain.seal(epoch))
        let frame = try SampleChain.frame("f", by: "ada", drive: "d", at: 0)
        func problems(_ drives: [DriveInput]) throws -> [ManifestError] {
            var ledger = try EpochLedger(
                header, rulesets: RulesetSchedule(.standard), drives: drives, takedowns: .none)
            let found = ledger.add(frame, line: frame.line)
            return found + ledger.problems
        }
        func drive(
            _ id: String, by contributor: String = "ada", upload: String = "upload-of-d", late: Int64 = 0
        ) -> DriveInput {
            DriveInput(
                drive: id, upload: upload, contributor: contributor, device: nil,
                receivedAt: UTCTime(milliseconds: frame.receivedAt.milliseconds + late), flags: [])
        }
        #expect(try problems([drive("d")]) == [])
        #expect(try problems([]) == [.driveUnknown("f")])
        #expect(try problems([drive("d", by: "bob")]) == [.driveDiffers("f")])
        #expect(try problems([drive("d", upload: "x")]) == [.driveDiffers("f")])
        #expect(try problems([drive("d", late: 1)]) == [.driveDiffers("f")])
        #expect(try problems([drive("d"), drive("e")]) == [.driveWithoutFrames("e")])
        #expect(throws: ManifestError.driveTwice("d")) { try problems([drive("d"), drive("d", by: "bob")]) }
        // Another contributor's in a later week.
        #expect(throws: ManifestError.driveChanged("d")) {
            try SampleChain([
                [frame], [try SampleChain.frame("g", by: "bob", drive: "d", at: 604_800)],
            ])
        }
    }

    @Test("shares out budgets of nothing and of everything", arguments: [0, 1, .max] as [UInt64])
    func budgets(budget: UInt64) throws {
        var ruleset = Ruleset.standard
        ruleset.reward.budget = budget
        ruleset.reward.reserve = 0
        let records = try SampleChain.make().published[0].lines(of: .verdicts).map {
            try FrameRecord(line: $0)
        }
        let chain = try SampleChain([records], ruleset: ruleset)
        let awards = try chain.published[0].awards()
        #expect(awards.reduce(0) { $0 + $1.paid } == budget)
        #expect(chain.manifests[0].unallocated == 0)
        let reasons = awards.map(\.reason)
        switch budget {
        case 0: #expect(reasons[..<2] == [.noBudget, .noBudget])
        case 1: #expect(reasons[..<2] == [nil, .shareTooSmall])
        default: #expect(reasons[..<2] == [nil, nil])
        }
    }

    @Test(
        "refuses JSON that is not the form",
        arguments: [
            (#""epoch":"2025-W51""#, #""epoch":"2025-W50""#, "$.window.end"),
            (#""paid":"990000000000""#, #""paid":"990000000001""#, "$.paid"),
            (#""rejected":1,"#, #""rejected":1,"x":0,"#, "$.verdicts.x"),
            (#""budget":"1000000000000""#, #""budget":1000000000000"#, "$.budget"),
            (#""format":"waggle-manifest/2""#, #""format":"waggle-manifest/1""#, "$.format"),
            (#""previous":null"#, #""previous":"""#, "$.previous"),
            (#""reason":"reserve_unused""#, #""reason":"because""#, "$.pools[0].reason"),
            (#""awarded":"0""#, #""awarded":"1""#, "$.pools[0]"),
            (#""seed":"#, #""see":1,"seed":"#, "$.see"), (#","seed""#, #", "seed""#, "$"),
            (#""pending_uploads":0"#, #""pending_uploads":-1"#, "$.pending_uploads"),
            (#""count":7,"#, #""count":7.0,"#, "$.verdicts.count"),
        ])
    func strictness(good: String, bad: String, place: String) throws {
        let text = String(decoding: try SampleChain.make().manifests[0].json, as: UTF8.self)
        let range = try #require(text.ranges(of: good).last)
        var changed = text
        changed.replaceSubrange(good.contains("awarded") ? text.ranges(of: good)[0] : range, with: bad)
        #expect { try Manifest(json: Array(changed.utf8)) } throws: { ($0 as? JSONError)?.place == place }
    }

    @Test("has the published seed")
    func seed() throws {
        let chain = try SampleChain.make()
        func root(_ week: Int, _ file: EpochFile) -> String {
            MerkleTree.root(of: chain.published[week].lines(of: file)).hex
        }
        let text = """
            waggle-seed/2
            \(chain.manifests[0].contentHash.hex)
            2025-W52
            1767139200000
            \(root(1, .inputs))
            \(root(1, .verdicts))
            """
        #expect(chain.manifests[1].seed == .of(text))
        let first =
            "waggle-seed/2\nwaggle\n2025-W51\n1766534400000\n\(root(0, .inputs))\n\(root(0, .verdicts))"
        #expect(chain.manifests[0].seed == .of(first))
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
