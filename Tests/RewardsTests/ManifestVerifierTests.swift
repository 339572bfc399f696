import Canonical
import Stages
import Testing

@testable import Rewards

@Suite("Manifest verifier")
struct ManifestVerifierTests {
    @Test("finds nothing in a sound chain")
    func sound() throws {
        let chain = try SampleChain.make()
        let report = try ManifestVerifier.verify(chain.published, chain.rulesets)
        #expect(report.findings == [])
        #expect(report.isSound && report.manifests == 3 && report.frames == 13)
        #expect(try ManifestVerifier.verify([], [:]).isSound)
    }

    @Test("finds every scalar of a manifest that is changed", arguments: 0..<3)
    func everyManifestScalar(week: Int) throws {
        let chain = try SampleChain.make()
        let changes = JSONTampering.changes(of: try JSONReader.read(chain.manifests[week].json))
        #expect(changes.count >= 40)
        // How many uploads waited is the operator's word: nobody can recompute it.
        for change in changes where change.path != "$.pending_uploads" {
            var published = Array(chain.published[...week])
            published[week].manifest = try CanonicalJSON(change.document).bytes
            let report = try ManifestVerifier.verify(published, chain.rulesets)
            #expect(!report.isSound, "\(change.path)")
            #expect(report.findings.allSatisfy { $0.code != .moreFindings }, "\(change.path)")
        }
    }

    @Test("finds every scalar of every file that is changed", arguments: 0..<2, EpochFile.allCases)
    func everyScalar(week: Int, file: EpochFile) throws {
        let chain = try SampleChain.make()
        let lines = chain.published[week].lines(of: file)
        for index in lines.indices {
            for change in JSONTampering.changes(of: try JSONReader.read(lines[index])) {
                var changed = lines
                changed[index] = try CanonicalJSON(change.document).bytes
                var published = Array(chain.published[...week])
                published[week][file] = changed.flatMap { $0 + [UInt8(ascii: "\n")] }
                let report = try ManifestVerifier.verify(published, chain.rulesets)
                #expect(!report.isSound, "\(file) line \(index + 1) \(change.path)")
            }
        }
    }

    @Test("finds every scalar of the ruleset that is changed, renamed to its new hash or not")
    func everyRulesetScalar() throws {
        let chain = try SampleChain.make()
        let name = chain.ruleset.contentHash
        for change in JSONTampering.changes(of: try JSONReader.read(chain.ruleset.canonicalJSON.bytes)) {
            let bytes = try CanonicalJSON(change.document).bytes
            let kept = try ManifestVerifier.verify(chain.published, [name: bytes])
            #expect(kept.findings.first?.code == .rulesetHashWrong, "\(change.path)")
            let renamed = try ManifestVerifier.verify(chain.published, [.of(bytes): bytes])
            #expect(renamed.findings.first?.code == .rulesetMissing, "\(change.path)")
        }
    }

    @Test("finds every byte flipped")
    func everyByte() throws {
        let chain = try SampleChain.make()
        var before = ManifestVerifier(rulesets: chain.rulesets)
        try before.append(chain.published[0].epoch)
        let word = Array("\"pending_uploads\":0".utf8)
        let claim = try #require(
            String(decoding: chain.published[1].manifest, as: UTF8.self).utf8.firstRange(of: word))
        let text = String(decoding: chain.published[1].manifest, as: UTF8.self).utf8
        let digit = text.distance(from: text.startIndex, to: claim.upperBound) - 1
        for index in chain.published[1].manifest.indices where index != digit {
            var changed = chain.published[1]
            changed.manifest[index] ^= 1
            var verifier = before
            try verifier.append(changed.epoch)
            #expect(!verifier.report.isSound, "byte \(index)")
        }
    }

    @Test("names what is wrong")
    func codes() throws {
        let chain = try SampleChain.make()
        func codes(_ change: (inout [PublishedFiles]) throws -> Void) throws -> [ManifestFinding.Code] {
            var published = chain.published
            try change(&published)
            return try ManifestVerifier.verify(published, chain.rulesets).findings.map(\.code)
        }
        func replace(_ old: String, _ new: String, in bytes: inout [UInt8]) throws {
            let text = String(decoding: bytes, as: UTF8.self)
            try #require(text.contains(old))
            bytes = Array(text.replacing(old, with: new, maxReplacements: 1).utf8)
        }
        func inManifest(_ week: Int, _ old: String, _ new: String) throws -> [ManifestFinding.Code] {
            try codes { try replace(old, new, in: &$0[week].manifest) }
        }
        func inFile(_ file: EpochFile, _ old: String, _ new: String) throws -> [ManifestFinding.Code] {
            try codes {
                var bytes = try #require($0[0][file])
                try replace(old, new, in: &bytes)
                $0[0][file] = bytes
            }
        }
        #expect(try inManifest(2, "\"paid\":\"0\"", "\"paid\":\"7\"") == [.totalsWrong])
        #expect(try inManifest(2, ",\"seed\"", ", \"seed\"") == [.manifestNotCanonical])
        #expect(try inManifest(2, "\"start\":1766966400000", "\"start\":1766966400001") == [.windowWrong])
        #expect(try inManifest(2, "\"amount\":\"990000000000\"", "\"amount\":\"99\"") == [.poolsWrong])
        #expect(try inManifest(2, "\"gini_ppm\":0", "\"gini_ppm\":1") == [.concentrationWrong])
        #expect(try inFile(.scores, "\"quality\":900", "\"quality\":901") == [.scoresWrong])
        #expect(try inFile(.awards, "\"debt\":\"0\"", "\"debt\":\"1\"") == [.awardsWrong])
        #expect(try inFile(.cumulative, "\"total\":\"", "\"total\":\"1") == [.cumulativeWrong])
        #expect(try inFile(.explain, "\"drives\":1", "\"drives\":2") == [.explainWrong])
        #expect(try inFile(.inputs, "\"trust\":1000", "\"trust\":999") == [.inputsWrong])
        #expect(try inFile(.inputs, "{\"contributor\"", "{ \"contributor\"").first == .inputsUnreadable)
        #expect(try codes { $0.removeFirst() }.contains(.previousWrong))
        #expect(try codes { $0.swapAt(0, 1) }.contains(.epochOrder))
        #expect(try codes { $0[0].manifest = [] } == [.manifestUnreadable, .notRecomputed, .notRecomputed])
        #expect(
            try codes { $0[1][.verdicts] = $0[1][.verdicts]?.dropLast() } == [
                .verdictsUnreadable, .notRecomputed,
            ])
        #expect(
            try codes {
                $0[2][.verdicts] = $0[1][.verdicts]
                $0[2][.inputs] = $0[1][.inputs]
            }.filter { $0 == .frameTwice }.count == 6)
        #expect(
            try codes {
                $0[0][.verdicts] = $0[1][.verdicts]
                $0[0][.inputs] = $0[1][.inputs]
            }.contains(.frameOutsideEpoch))
    }

    @Test("finds files that are missing, and lines that are missing, out of order or too many")
    func lines() throws {
        let chain = try SampleChain.make()
        for file in EpochFile.allCases {
            var published = Array(chain.published[...0])
            published[0][file] = nil
            let report = try ManifestVerifier.verify(published, chain.rulesets)
            #expect(report.isIncomplete && report.findings.contains { $0.code == .fileMissing }, "\(file)")
            let lines = chain.published[0].lines(of: file)
            for (what, changed) in [
                ("short", Array(lines.dropLast())), ("long", lines + lines.prefix(1)),
                ("turned", lines.reversed()), ("empty", []),
            ] where changed != lines {
                published[0][file] = changed.flatMap { $0 + [UInt8(ascii: "\n")] }
                let report = try ManifestVerifier.verify(published, chain.rulesets)
                #expect(!report.isSound && !report.isIncomplete, "\(file) \(what)")
            }
        }
    }

    @Test("never fails on noise", arguments: [1, 2, 3] as [UInt64])
    func noise(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let chain = try SampleChain.make()
        for _ in 0..<100 {
            var published = chain.published
            let week = Int.random(in: 0..<3, using: &numbers)
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                Self.disturb(&published[week].manifest, &numbers)
                for file in EpochFile.allCases {
                    guard var bytes = published[week][file] else { continue }
                    Self.disturb(&bytes, &numbers)
                    published[week][file] = bytes
                }
            }
            #expect(try !ManifestVerifier.verify(published, chain.rulesets).isSound)
        }
    }

    private static func disturb(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
        guard let index = bytes.indices.randomElement(using: &numbers) else { return bytes = [0] }
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &numbers) ^ 0x80
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(UInt8.random(in: 0...127, using: &numbers), at: index)
        default: bytes.removeSubrange(index...)
        }
    }
}
