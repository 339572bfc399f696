import Canonical
import Stages
import Testing

@testable import Rewards

@Suite("Manifest verifier")
struct ManifestVerifierTests {
    typealias Published = (manifest: [UInt8], verdicts: [UInt8])

    @Test("finds nothing in a sound chain")
    func sound() throws {
        let chain = try SampleChain.make()
        let report = ManifestVerifier.verify(chain: chain.published, rulesets: chain.rulesets)
        #expect(report.findings == [])
        #expect(report.isSound && report.manifests == 3 && report.frames == 13)
        #expect(ManifestVerifier.verify(chain: [], rulesets: [:]).isSound)
    }

    @Test("finds every scalar of a manifest that is changed", arguments: 0..<3)
    func everyManifestScalar(week: Int) throws {
        let chain = try SampleChain.make()
        let changes = JSONTampering.changes(of: try JSONReader.read(chain.manifests[week].json))
        #expect(changes.count >= 19)
        for change in changes {
            var published = Array(chain.published[...week])
            published[week].manifest = try CanonicalJSON(change.document).bytes
            let report = ManifestVerifier.verify(chain: published, rulesets: chain.rulesets)
            #expect(!report.isSound, "\(change.path)")
            #expect(report.findings.allSatisfy { $0.code != .moreFindings }, "\(change.path)")
        }
    }

    @Test("finds every scalar of a verdict that is changed", arguments: 0..<2)
    func everyVerdictScalar(week: Int) throws {
        let chain = try SampleChain.make()
        for (index, record) in chain.verdicts[week].records.enumerated() {
            for change in JSONTampering.changes(of: try JSONReader.read(record.line)) {
                var lines = chain.verdicts[week].records.map(\.line)
                lines[index] = try CanonicalJSON(change.document).bytes
                var published = Array(chain.published[...week])
                published[week].verdicts = lines.flatMap { $0 + [UInt8(ascii: "\n")] }
                let report = ManifestVerifier.verify(chain: published, rulesets: chain.rulesets)
                #expect(!report.isSound, "\(record.frame) \(change.path)")
            }
        }
    }

    @Test("finds every scalar of the ruleset that is changed, renamed to its new hash or not")
    func everyRulesetScalar() throws {
        let chain = try SampleChain.make()
        let name = chain.ruleset.contentHash
        for change in JSONTampering.changes(of: try JSONReader.read(chain.ruleset.canonicalJSON.bytes)) {
            let bytes = try CanonicalJSON(change.document).bytes
            let kept = ManifestVerifier.verify(chain: chain.published, rulesets: [name: bytes])
            #expect(kept.findings.first?.code == .rulesetHashWrong, "\(change.path)")
            let renamed = ManifestVerifier.verify(chain: chain.published, rulesets: [.of(bytes): bytes])
            #expect(renamed.findings.first?.code == .rulesetMissing, "\(change.path)")
        }
    }

    @Test("finds every byte flipped")
    func everyByte() throws {
        let chain = try SampleChain.make()
        var before = ManifestVerifier(rulesets: chain.rulesets)
        before.append(manifest: chain.published[0].manifest, verdicts: chain.published[0].verdicts)
        let (manifest, verdicts) = chain.published[1]
        for index in manifest.indices {
            var changed = manifest
            changed[index] ^= 1
            var verifier = before
            verifier.append(manifest: changed, verdicts: verdicts)
            #expect(!verifier.report.isSound, "byte \(index)")
        }
    }

    @Test("names what is wrong")
    func codes() throws {
        let chain = try SampleChain.make()
        func codes(_ change: (inout [Published]) throws -> Void) rethrows -> [ManifestFinding.Code] {
            var published = chain.published
            try change(&published)
            return ManifestVerifier.verify(chain: published, rulesets: chain.rulesets).findings.map(\.code)
        }
        func replace(_ old: String, _ new: String, in bytes: inout [UInt8]) throws {
            let text = String(decoding: bytes, as: UTF8.self)
            try #require(text.contains(old))
            bytes = Array(text.replacing(old, with: new, maxReplacements: 1).utf8)
        }
        let amount =
            "\"amount\":\"\(chain.manifests[2].awards.first?.amount ?? chain.manifests[2].unallocated)\""
        #expect(try codes { try replace(amount, "\"amount\":\"7\"", in: &$0[2].manifest) } == [.totalsWrong])
        #expect(
            try codes { try replace("\"quality\":900", "\"quality\":901", in: &$0[0].manifest) }
                == [.pointsWrong, .previousWrong, .seedWrong])
        #expect(
            try codes { try replace(",\"seed\"", ", \"seed\"", in: &$0[2].manifest) } == [
                .manifestNotCanonical
            ])
        #expect(
            try codes {
                try replace("\"start\":1766966400000", "\"start\":1766966400001", in: &$0[2].manifest)
            }
                == [.windowWrong])
        #expect(
            try codes { try replace("\"count\":0", "\"count\":1", in: &$0[2].manifest) } == [.inputsWrong])
        #expect(
            try codes { try replace("\"total\":0", "\"total\":1", in: &$0[2].manifest) } == [.countsWrong])
        #expect(codes { $0.removeFirst() }.contains(.previousWrong))
        #expect(codes { $0.swapAt(0, 1) }.contains(.epochOrder))
        #expect(codes { $0[0].manifest = [] } == [.manifestUnreadable, .notRecomputed, .notRecomputed])
        #expect(codes { $0[1].verdicts.removeLast() } == [.verdictsUnreadable, .notRecomputed])
        #expect(codes { $0[2].verdicts = $0[1].verdicts }.filter { $0 == .frameTwice }.count == 6)
        #expect(codes { $0[0].verdicts = $0[1].verdicts }.contains(.frameOutsideEpoch))
    }

    @Test("finds awards that are missing, unfounded, twice or out of order")
    func awards() throws {
        let chain = try SampleChain.make()
        func codes(_ change: (inout [JSONValue]) -> Void) throws -> Set<ManifestFinding.Code> {
            var published = Array(chain.published[...0])
            guard case .object(var members) = try JSONReader.read(published[0].manifest),
                case .array(var awards)? = members["awards"]
            else { return [] }
            change(&awards)
            members["awards"] = .array(awards)
            published[0].manifest = try CanonicalJSON(.object(members)).bytes
            return Set(
                ManifestVerifier.verify(chain: published, rulesets: chain.rulesets).findings.map(\.code))
        }
        #expect(try codes { $0.removeLast() } == [.awardMissing])
        #expect(try codes { $0.swapAt(0, 1) } == [.awardOrder])
        #expect(try codes { $0.append($0[0]) } == [.awardUnfounded])
        #expect(try codes { $0.append(.object(["contributor": .string("zoe")])) } == [.awardUnfounded])
        #expect(try codes { $0.append(.integer(1)) } == [.awardUnfounded])
        #expect(try codes { $0 = [] } == [.awardMissing])
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
                Self.disturb(&published[week].verdicts, &numbers)
            }
            #expect(!ManifestVerifier.verify(chain: published, rulesets: chain.rulesets).isSound)
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
