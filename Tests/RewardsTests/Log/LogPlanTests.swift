import Canonical
import Testing

@testable import Rewards

@Suite("What the log must have")
struct LogPlanTests {
    private static func epoch(
        _ week: Int, rulesets: [UInt8] = [1], manifest: UInt8 = 9, corrections: [UInt8] = [],
        isFinal: Bool = false
    ) throws -> LoggedEpoch {
        LoggedEpoch(
            inputs: SealedInputs(
                epoch: try #require(Epoch(id: "2026-W\(week)")),
                sealedAsOf: UTCTime(milliseconds: Int64(week)),
                count: UInt64(week), root: .of([UInt8(week)])),
            rulesets: rulesets.map { .of([$0]) }, manifest: .of([manifest, UInt8(week)]),
            corrections: corrections.map { .of([$0]) }, isFinal: isFinal)
    }

    private static func words(_ entries: [LogEntry]) -> [String] {
        entries.map { entry in entry.kind.rawValue + (entry.epoch.map { " \($0.id.suffix(2))" } ?? "") }
    }

    @Test("is of each epoch the rulesets it is the first to list, then the inputs before the manifest")
    func order() throws {
        let entries = LogPlan.entries(for: [
            try Self.epoch(12, rulesets: [1, 4, 1, 2]), try Self.epoch(10, corrections: [5], isFinal: true),
            try Self.epoch(11),
        ])
        #expect(
            Self.words(entries) == [
                "ruleset", "inputs-sealed 10", "manifest 10", "inputs-sealed 11", "manifest 11", "ruleset",
                "ruleset", "inputs-sealed 12", "manifest 12", "correction 10", "final 10",
            ])
        #expect(entries[5...6] == [.ruleset(.of([4])), .ruleset(.of([2]))])
    }

    @Test("comes to the same however the epochs are added, and nothing is missing twice")
    func missing() throws {
        let epochs = try (10...14).map { try Self.epoch($0) }
        var log: [LogEntry] = []
        for count in 1...epochs.count {
            let known = Array(epochs.prefix(count))
            log += try LogPlan.missing(for: known, in: log)
            #expect(try LogPlan.missing(for: known, in: log).isEmpty)
        }
        #expect(log == LogPlan.entries(for: epochs))
        let later = try (10...14).map {
            try Self.epoch($0, corrections: $0 == 11 ? [7] : [], isFinal: $0 == 10)
        }
        #expect(Self.words(try LogPlan.missing(for: later, in: log)) == ["correction 11", "final 10"])
        // A rotation of keys in between is no matter of the plan.
        let rotation = try #require(try LogEntryTests.all().last)
        #expect(try LogPlan.missing(for: epochs, in: log + [rotation]).isEmpty)
    }

    /// However rulesets are adopted between epochs, closed in any steps: the log is in order, and each manifest finds what it
    /// lists before its inputs.
    @Test("has every ruleset before the epochs that list it, in the order of the lists")
    func rulesetsOfLists() throws {
        var random = SeededNumbers(seed: 20_261)
        for _ in 0..<200 {
            var list: [UInt8] = [1]
            var epochs: [LoggedEpoch] = []
            var log: [LogEntry] = []
            for week in 10...20 {
                while Int.random(in: 0...2, using: &random) == 0 {
                    list.append(UInt8.random(in: 1...9, using: &random))
                }
                epochs.append(try Self.epoch(week, rulesets: list, isFinal: week < 15))
                if Bool.random(using: &random) || week == 20 {
                    log += try LogPlan.missing(for: epochs, in: log)
                }
            }
            let history = LogHistory(log)
            #expect(history.findings == [] && history.unfinished == nil)
            for epoch in epochs {
                let inputs = try #require(history.inputs[epoch.inputs.epoch]?.index)
                var seen: Set<ContentHash> = []
                let places = try epoch.rulesets.filter { seen.insert($0).inserted }.map {
                    try #require(history.rulesets[$0])
                }
                #expect(places == places.sorted() && places.allSatisfy { $0 < inputs })
            }
        }
    }

    @Test("takes nothing back")
    func conflicts() throws {
        let published = [try Self.epoch(10), try Self.epoch(11)]
        let log = LogPlan.entries(for: published)
        func refuses(_ existing: [LogEntry], _ epochs: [LoggedEpoch] = published) -> Bool {
            LogFixtures.code { _ = try LogPlan.missing(for: epochs, in: existing) } == .logConflict
        }
        #expect(!refuses(log) && !refuses(Array(log.prefix(2))))
        #expect(refuses(log, [try Self.epoch(10, manifest: 8), published[1]]))
        // An epoch that is not published is a finding, and no hindrance: a restored catalog may lack it for a while.
        #expect(!refuses(log, [published[0]]))
        let strange = LogPlan.conflicts(of: log, wanted: LogPlan.entries(for: [published[0]]))
        #expect(strange.map(\.place) == ["entry 3", "entry 4"])
        #expect(LogPlan.conflicts(of: log, wanted: log).isEmpty)
        #expect(refuses(log + [log[2]]))
        #expect(refuses([log[0], log[2], log[1]]))
        #expect(refuses([log[0], log[3], log[4], log[1], log[2]]))
    }
}
