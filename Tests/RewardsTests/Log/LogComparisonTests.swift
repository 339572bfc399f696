import Canonical
import Testing

@testable import Rewards

@Suite("A log held against what is published")
struct LogComparisonTests {
    private static let challenge: Int64 = 5000
    private static let epoch = Epoch(containing: UTCTime(milliseconds: 1_773_100_800_000))
    private static let rulesets = (1...3).map { ContentHash.of([$0]) }

    private static func manifest(
        _ listed: [ContentHash] = rulesets, ruleset: ContentHash = rulesets[0], sealed: Int64 = 77,
        count: Int = 9, root: ContentHash = .of([4]), of epoch: Epoch = epoch
    ) -> [UInt8] {
        CanonicalJSON.object([
            "epoch": .string(epoch.id), "ruleset": .string(ruleset.hex), "sealed_as_of": .integer(sealed),
            "verdicts": .object(["count": .integer(count), "root": .string(root.hex)]),
            "rulesets": .array(
                listed.map { .object(["adopted_at": .null, "from": .null, "ruleset": .string($0.hex)]) }),
        ]).bytes
    }

    private static func log(
        _ rulesets: [ContentHash] = rulesets, late: [ContentHash] = [], rest: [LogEntry] = []
    ) -> LogComparison {
        let inputs = SealedInputs(
            epoch: epoch, sealedAsOf: UTCTime(milliseconds: 77), count: 9, root: .of([4]))
        return LogComparison(
            LogHistory(
                rulesets.map { .ruleset($0) } + [
                    .inputsSealed(inputs), .manifest(epoch: epoch, sha256: .of(manifest())),
                ] + late.map { .ruleset($0) } + rest))
    }

    private static func codes(_ comparison: LogComparison, _ bytes: [UInt8]) -> [LogError.Code] {
        var comparison = comparison
        return comparison.findings(manifest: bytes, of: epoch).map(\.code)
    }

    @Test("has the inputs of every manifest")
    func inputs() {
        let log = Self.log()
        #expect(Self.codes(log, Self.manifest()) == [])
        for wrong in [
            Self.manifest(sealed: 78), Self.manifest(count: 8), Self.manifest(root: .of([5])),
            Self.manifest(of: Self.epoch.next), Array(Self.manifest().dropLast()),
        ] {
            #expect(Self.codes(log, wrong) == [.logConflict])
        }
        var other = log
        #expect(
            other.findings(manifest: Self.manifest(), of: Self.epoch.next).map(\.code) == [.entryMissing])
    }

    @Test("has every ruleset that a manifest lists, before it, in the order of the list")
    func rulesets() {
        let all = Self.rulesets
        #expect(Self.codes(Self.log(Array(all.prefix(2))), Self.manifest()) == [.entryMissing])
        #expect(Self.codes(Self.log(Array(all.prefix(2)), late: [all[2]]), Self.manifest()) == [.logConflict])
        #expect(Self.codes(Self.log([all[0], all[2], all[1]]), Self.manifest()) == [.logConflict])
        // One may hold twice, and one that no manifest lists may be anywhere.
        #expect(Self.codes(Self.log(), Self.manifest(all + [all[0]])) == [])
        #expect(
            Self.codes(Self.log([all[0], .of([9]), all[1], all[2]], late: [.of([8])]), Self.manifest()) == [])
        #expect(Self.codes(Self.log(), Self.manifest(ruleset: .of([9]))) == [.entryMissing])
    }

    @Test("has every correction, of the epoch that it is about, and no other")
    func corrections() throws {
        let statement = try Correction.Statement(
            contributor: "ada", epoch: Self.epoch, delta: 5, reason: .appeal, evidence: .of([]), by: "test",
            at: UTCTime(milliseconds: 1))
        let line = try Correction(statement, signedWith: SigningKey()).line
        func entry(_ epoch: Epoch) -> LogEntry { .correction(epoch: epoch, sha256: .of(line)) }
        var log = Self.log(rest: [entry(Self.epoch)])
        #expect(log.unpublished().map(\.place) == ["entry 5"])
        #expect(log.finding(correction: line, at: "line 1") == nil)
        #expect(log.unpublished() == [])
        #expect(log.finding(correction: [1], at: "line 2")?.code == .entryMissing)
        var other = Self.log(rest: [entry(Self.epoch.next)])
        #expect(other.finding(correction: line, at: "line 1")?.code == .logConflict)
    }

    @Test("has every record that an epoch is final, which says when")
    func finals() {
        let hash = ContentHash.of(Self.manifest())
        var log = Self.log(rest: [.final(epoch: Self.epoch, sha256: hash)])
        #expect(Self.codes(log, Self.manifest()) == [])
        _ = log.findings(manifest: Self.manifest(), of: Self.epoch)
        func code(_ bytes: [UInt8], named name: String = Self.epoch.id) -> LogError.Code? {
            log.finding(final: bytes, named: name) { $0 == Self.rulesets[0] ? Self.challenge : nil }?.code
        }
        func record(_ time: Int64 = 5077, of manifest: ContentHash = hash) -> [UInt8] {
            FinalRecord(
                epoch: Self.epoch, finalAt: UTCTime(milliseconds: time), manifest: manifest
            ).canonicalJSON.bytes
        }
        #expect(log.unpublished().map(\.code) == [.fileMissing])
        #expect(code(record()) == nil)
        #expect(log.unpublished() == [])
        for wrong in [
            record(5076), record(5078), record(of: .of([])), record() + [0x0A], Array(record().dropLast()),
            [],
        ] {
            #expect(code(wrong) == .logConflict)
        }
        // What is there and wrong is not missing as well.
        #expect(log.unpublished() == [])
        #expect(code(record(), named: Self.epoch.next.id) == .logConflict)
        var without = Self.log()
        #expect(
            without.finding(final: record(), named: Self.epoch.id) { _ in nil }?.code == .entryMissing)
    }
}
