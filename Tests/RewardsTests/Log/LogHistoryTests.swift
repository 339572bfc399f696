import Canonical
import Testing

@testable import Rewards

@Suite("The order of a log")
struct LogHistoryTests {
    private static func manifest(_ week: Int, _ hash: UInt8 = 1) throws -> LogEntry {
        .manifest(epoch: try epoch(week), sha256: .of([hash, UInt8(week)]))
    }

    private static func epoch(_ week: Int) throws -> Epoch {
        try #require(Epoch(id: "2026-W\(week < 10 ? "0" : "")\(week)"))
    }

    private static func inputs(_ week: Int) throws -> LogEntry {
        .inputsSealed(
            SealedInputs(
                epoch: try epoch(week), sealedAsOf: UTCTime(milliseconds: Int64(week)), count: 1,
                root: .of([])))
    }

    private static func final(_ week: Int, _ hash: UInt8 = 1) throws -> LogEntry {
        .final(epoch: try epoch(week), sha256: .of([hash, UInt8(week)]))
    }

    private static func correction(_ week: Int) throws -> LogEntry {
        .correction(epoch: try epoch(week), sha256: .of([7]))
    }

    /// Two epochs with all that can be said of them.
    private static func sound() throws -> [LogEntry] {
        [
            .ruleset(.of([1])), try inputs(10), try manifest(10), .ruleset(.of([2])), try inputs(11),
            try manifest(11), try correction(10), try final(10),
        ]
    }

    private static func places(_ entries: [LogEntry]) -> [String] {
        LogHistory(entries).findings.map(\.place)
    }

    @Test("is kept by what a log says, wherever corrections and records stand behind their manifests")
    func sound() throws {
        let entries = try Self.sound()
        let history = LogHistory(entries)
        #expect(history.findings == [])
        #expect(history.rulesets == [.of([1]): 0, .of([2]): 3])
        #expect(history.manifests[try Self.epoch(11)] == .init(index: 5, sha256: .of([1, 11])))
        #expect(history.finals[try Self.epoch(10)]?.index == 7)
        var moved = entries
        moved.insert(contentsOf: [moved.removeLast(), moved.removeLast()], at: 3)
        #expect(Self.places(moved) == [])
    }

    @Test("is broken by every entry twice, and by every pair of neighbours swapped that the order is about")
    func twiceAndSwapped() throws {
        let entries = try Self.sound()
        for index in entries.indices {
            #expect(!Self.places(entries + [entries[index]]).isEmpty, "entry \(index)")
        }
        var broken: [Int] = []
        for index in entries.indices.dropLast() {
            var swapped = entries
            swapped.swapAt(index, index + 1)
            if !Self.places(swapped).isEmpty { broken.append(index) }
        }
        // Only the last two, about one manifest, may change places.
        #expect(broken == [0, 1, 2, 3, 4, 5])
    }

    @Test("is broken where an epoch does not go with its inputs")
    func epochs() throws {
        let entries = try Self.sound()
        for index in [1, 2] {
            var missing = entries
            missing.remove(at: index)
            #expect(!Self.places(missing).isEmpty, "without entry \(index)")
        }
        var between = entries
        between.insert(.ruleset(.of([3])), at: 5)
        #expect(Self.places(between) == ["entry 5", "entry 6"])
        let unfinished = LogHistory(entries + [try Self.inputs(12)])
        #expect(unfinished.findings == [] && unfinished.unfinished?.place == "entry 8")
        #expect(LogHistory(entries).unfinished == nil)
        #expect(Self.places(entries + [try Self.inputs(9), try Self.manifest(9)]) == ["entry 8"])
        #expect(
            Self.places(entries + [try Self.inputs(11), try Self.manifest(11, 2)]) == [
                "entry 8", "entry 8", "entry 9",
            ])
        #expect(Self.places(entries + [try Self.inputs(12), try Self.manifest(13)]).contains("entry 9"))
    }

    @Test("is broken by what is about no manifest before it, or about another one")
    func statements() throws {
        let entries = try Self.sound()
        for early in [try Self.correction(11), try Self.final(10)] {
            #expect(Self.places([early] + entries).contains("entry 0"))
        }
        #expect(Self.places(entries + [try Self.final(11, 2)]) == ["entry 8"])
        #expect(Self.places(entries + [try Self.final(11)]) == [])
        // The same correction can be one of one epoch only.
        #expect(Self.places(entries + [try Self.correction(11)]) == ["entry 8"])
    }

    @Test("has rotations in one line, and knows the keys before each")
    func rotations() throws {
        func signer(_ seed: UInt8) throws -> NoteSigner {
            try LogFixtures.signer("example.org/hive", seed: seed...(seed + 31))
        }
        func rotation(_ old: UInt8, _ new: UInt8) throws -> LogEntry {
            .keyRotation(try KeyRotation(from: try signer(old), to: try signer(new)))
        }
        let line = [try rotation(1, 2), try rotation(2, 3)]
        let history = LogHistory(line)
        #expect(history.findings == [] && history.rotations.count == 2)
        let keys = try (1...4).map { try signer($0).noteKey(.note) }
        #expect(history.keys(before: [keys[2]]) == [keys[2], keys[1], keys[0]])
        #expect(history.keys(before: [keys[1]]) == [keys[1], keys[0]])
        #expect(history.keys(before: [keys[3]]) == [keys[3]])
        #expect(Self.places(line + [try rotation(2, 4)]) == ["entry 2"])
        #expect(Self.places(line + [try rotation(1, 4)]) == ["entry 2"])
        #expect(Self.places(line.reversed()) == ["entry 1"])
    }
}
