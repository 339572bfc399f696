import Canonical
import Stages
import Testing

@testable import Rewards

/// What manifests publish of takedowns, and what a verifier finds wrong with it.
@Suite("Takedowns of an epoch")
struct EpochTakedownTests {
    @Test("are published once, in order, with the frames they reject")
    func published() throws {
        let manifests = try SampleChain.make().manifests
        #expect(
            manifests.map { $0.takedowns.map(\.takedown.target.kind) } == [
                ["zone", "drive"], ["zone", "contributor"], [],
            ])
        #expect(manifests.map { $0.takedowns.map(\.frames) } == [[0, 0], [1, 0], []])
        #expect(manifests[1].reasons[.takedown] == 2)
        #expect(String(decoding: manifests[2].json, as: UTF8.self).contains(#""takedowns":[],"#))
    }

    private func codes(
        _ weeks: [[FrameRecord]], _ takedowns: [[Takedown]],
        tamper: (inout [JSONValue]) -> Void = { _ in }
    ) throws -> Set<ManifestFinding.Code> {
        let sound = try SampleChain(weeks, takedowns: takedowns)
        var published = sound.published
        guard case .object(var members) = try JSONReader.read(published[weeks.count - 1].manifest),
            case .array(var entries)? = members["takedowns"]
        else { return [] }
        tamper(&entries)
        members["takedowns"] = .array(entries)
        published[weeks.count - 1].manifest = try CanonicalJSON(.object(members)).bytes
        return Set(try ManifestVerifier.verify(published, sound.rulesets).findings.map(\.code))
    }

    @Test("are found out of order, repeated, miscounted, or left out")
    func tampering() throws {
        let first = try SampleChain.takedown(.drive("d1"), at: 100)
        let second = try SampleChain.takedown(.drive("d2"), at: 200)
        let frame = try SampleChain.frame("f1", by: "ada", drive: "d1", at: 0, verdict: .takenDown(by: first))
        let (weeks, takedowns) = ([[frame]], [[first, second]])
        #expect(try codes(weeks, takedowns) == [])
        #expect(try codes(weeks, takedowns) { $0.swapAt(0, 1) } == [.takedownsWrong])
        #expect(try codes(weeks, takedowns) { $0.append($0[1]) } == [.takedownTwice])
        #expect(try codes(weeks, takedowns) { $0.remove(at: 1) } == [])
        #expect(try codes(weeks, takedowns) { $0.remove(at: 0) } == [.takedownUnknown])
        #expect(
            try codes(weeks, takedowns) { entries in
                guard case .object(var members) = entries[0] else { return }
                members["frames"] = .integer(2)
                entries[0] = .object(members)
            } == [.takedownsWrong])
        #expect(try codes(weeks, takedowns) { $0[0] = .string("x") } == [.manifestUnreadable])
    }

    @Test("are not published twice in a chain, nor before they are made")
    func publication() throws {
        let takedown = try SampleChain.takedown(.drive("d1"), at: 100)
        #expect(throws: ManifestError.takedownTwice(takedown.id)) {
            try SampleChain([[], []], takedowns: [[takedown], [takedown]])
        }
        let epoch = try #require(Epoch(id: "2025-W51"))
        let afterStart = epoch.start.milliseconds(until: SampleChain.seal(epoch)) / 1000
        let late = try SampleChain.takedown(.drive("d1"), at: afterStart)
        #expect(throws: ManifestError.takedownTooLate(late.id)) {
            try SampleChain([[]], takedowns: [[late]])
        }
        _ = try SampleChain([[], []], takedowns: [[], [late]])
    }

    @Test("decide about the frames they match, and about no others")
    func verdicts() throws {
        let drive = try SampleChain.takedown(.drive("d1"), at: 100)
        let contributor = try SampleChain.takedown(.contributor("ada"), at: 100_000)
        let zone = try SampleChain.takedown(.zone(#require(Zone("9q8"))), at: 50)
        func error(
            _ verdict: FrameRecord.Verdict?, drive: String = "d1", at time: Int64 = 0, _ takedowns: [Takedown]
        )
            throws -> ManifestError?
        {
            let frame = try SampleChain.frame("f1", by: "ada", drive: drive, at: time, verdict: verdict)
            do {
                _ = try SampleChain([[frame]], takedowns: [takedowns])
                return nil
            } catch let error as ManifestError { return error }
        }
        let all = [drive, contributor, zone]
        #expect(try error(nil, []) == nil)
        #expect(try error(nil, [drive]) == .takedownIgnored("f1"))
        #expect(try error(nil, drive: "d2", [drive]) == nil)
        #expect(try error(nil, drive: "d2", [contributor]) == .takedownIgnored("f1"))
        // Received at the end of the minute it was captured in.
        #expect(try error(nil, at: 99_959, [contributor]) == .takedownIgnored("f1"))
        #expect(try error(nil, at: 99_960, [contributor]) == nil)
        #expect(try error(.takenDown(by: drive), []) == .takedownUnknown("f1"))
        #expect(try error(.takenDown(by: drive), [drive]) == nil)
        #expect(try error(.takenDown(by: drive), drive: "d2", [drive]) == .takedownUnfounded("f1"))
        // Of two that match, the earlier one speaks; of a zone, nobody knows where the frame was.
        #expect(try error(.takenDown(by: drive), all) == nil)
        #expect(try error(.takenDown(by: contributor), all) == .takedownUnfounded("f1"))
        #expect(try error(.takenDown(by: zone), all) == nil)
        let late = try SampleChain.takedown(.zone(#require(Zone("9q8"))), at: 101)
        #expect(try error(.takenDown(by: late), [drive, late]) == .takedownUnfounded("f1"))
        #expect(try error(nil, [zone]) == nil)
        let other = FrameRecord.Verdict.rejected(Finding(.imageDamaged))
        #expect(try error(other, all) == nil)
        let nameless = FrameRecord.Verdict.rejected(Finding(.takedown))
        #expect(try error(nameless, all) == .takedownUnknown("f1"))
    }

    @Test(
        "that an earlier week published decide about later ones, and are not missed where that cannot be read"
    )
    func laterWeeks() throws {
        let chain = try SampleChain.make()
        var published = chain.published
        published[0].manifest = []
        let codes = try ManifestVerifier.verify(published, chain.rulesets).findings.map(\.code)
        #expect(codes == [.manifestUnreadable, .notRecomputed, .notRecomputed])
    }
}
