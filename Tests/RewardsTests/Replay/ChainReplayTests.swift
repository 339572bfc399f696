import Canonical
import Stages
import Testing

@testable import Rewards

/// A chain settled again from its published files.
@Suite struct ChainReplayTests {
    @Test func everyEpochComesOutTheSame() throws {
        let chain = try SampleChain.make()
        var replay = ChainReplay(rulesets: chain.rulesets)
        for (published, manifest) in zip(chain.published, chain.manifests) {
            let replayed = try replay.compareNext(published.epoch)
            #expect(replayed.count == 0 && replayed.differences.isEmpty && replayed.isOfSameBytes)
            #expect(replayed.manifest == manifest)
        }
    }

    /// Chains drawn by chance, in which caps, regions, bounties, corrections and trust all bite.
    @Test func chainsOfChanceComeOutTheSame() throws {
        let key = SigningKey()
        for seed in 0..<300 as Range<UInt64> {
            var numbers = SeededNumbers(seed: seed)
            let made = try MadeEpochs(&numbers)
            guard let chain = try? made.chain(made.signed(with: key)) else { continue }
            var replay = ChainReplay(rulesets: chain.rulesets)
            for published in chain.published {
                #expect(try replay.compareNext(published.epoch).count == 0, "seed \(seed)")
            }
        }
    }

    @Test(arguments: [EpochFile.scores, .explain, .awards, .cumulative])
    func aChangedLineIsCounted(file: EpochFile) throws {
        let chain = try SampleChain.make()
        var spoilt = chain.published[1]
        var lines = spoilt.lines(of: file)
        lines[0] = lines[0].map { $0 == UInt8(ascii: "1") ? UInt8(ascii: "2") : $0 }
        #expect(lines != spoilt.lines(of: file))
        spoilt[file] = Array(lines.joined(separator: [0x0A])) + [0x0A]
        var replay = ChainReplay(rulesets: chain.rulesets)
        #expect(try replay.compareNext(chain.published[0].epoch).count == 0)
        let replayed = try replay.compareNext(spoilt.epoch)
        #expect(replayed.count == 1 && replayed.differences.count == 1 && replayed.isOfSameBytes)
    }

    @Test func whatCannotBeReadIsNamed() throws {
        let chain = try SampleChain.make()
        func failure(_ change: (inout PublishedFiles) -> Void, _ rulesets: [ContentHash: [UInt8]])
            -> ReplayError?
        {
            var files = chain.published[0]
            change(&files)
            var replay = ChainReplay(rulesets: rulesets)
            return #expect(throws: ReplayError.self) { try replay.compareNext(files.epoch) }
        }
        let missing = failure({ $0[.verdicts] = nil }, chain.rulesets)
        #expect(missing?.isIncomplete == true && missing?.epoch == "2025-W51")
        #expect(failure({ _ in }, [:])?.isIncomplete == true)
        let torn = failure({ $0[.inputs] = Array("{\"contributor\"".utf8) }, chain.rulesets)
        #expect(torn?.isIncomplete == false && torn?.detail.contains("inputs.jsonl") == true)
        #expect(failure({ $0.manifest = [0x7B] }, chain.rulesets)?.epoch == "manifest 1")
        // A frame of a drive that the inputs do not have.
        #expect(failure({ $0[.inputs] = [] }, chain.rulesets)?.isIncomplete == false)
    }
}
