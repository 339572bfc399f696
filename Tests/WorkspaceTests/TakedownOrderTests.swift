import Canonical
import Foundation
import Geo
import Rewards
import SeededNumbers
import Stages
import TestSupport
import Testing

@testable import Store
@testable import Workspace

/// Outputs are a function of the set of uploads and the set of takedowns.
@Suite struct TakedownOrderTests {
    /// Any order and grouping of uploads and takedowns, builds in between or not: the same bytes, and those frames
    /// withdrawn that the rule says. The seed tells which case failed.
    @Test(arguments: Array(1...3) as [UInt64])
    func orderDecidesNothing(seed: UInt64) async throws {
        let shelf = try DeliveryShelf()
        let history = try RandomHistory(seed: seed, shelf: shelf, uploads: 5)
        let reference = try TestWorkspace()
        try await reference.ingest(history.deliveries, asOf: RandomHistory.end)
        var random = SplitMix64(seed: seed &+ 5000)
        let takedowns = try RandomTakedowns.draw(
            Int.random(in: 2...5, using: &random),
            of: reference.open().catalog.frames(.all, cellPrecision: 8), using: &random)
        try reference.record(takedowns)
        try reference.build(full: true)
        try reference.closeDue(asOf: RandomHistory.end)
        try reference.expectSound()
        try expectByTheRule(reference, takedowns, seed)
        let expected = try Outcome(reference)
        for _ in 0..<2 {
            let workspace = try TestWorkspace()
            var steps = history.deliveries.map(Step.delivery) + takedowns.map(Step.takedown)
            steps.shuffle(using: &random)
            while !steps.isEmpty {
                let group = Array(steps.prefix(Int.random(in: 1...4, using: &random)))
                steps.removeFirst(group.count)
                try workspace.record(group.compactMap(\.takedown))
                try await workspace.ingest(group.compactMap(\.delivery), asOf: RandomHistory.end)
                if Int.random(in: 0..<4, using: &random) == 0 { try workspace.build() }
            }
            try workspace.build()
            try workspace.closeDue(asOf: RandomHistory.end)
            try Outcome(workspace).expectSame(as: expected, "seed \(seed)")
            try workspace.expectSound()
        }
    }

    /// A run every day, with each takedown on its day, and one late run that has known of all of them from the
    /// beginning: the same verdicts, tiles and manifests.
    @Test(arguments: [31] as [UInt64])
    func dailyRunsEqualOneLateRun(seed: UInt64) async throws {
        let shelf = try DeliveryShelf()
        let history = try RandomHistory(seed: seed, shelf: shelf, uploads: 5)
        let late = try TestWorkspace()
        try await late.ingest(history.deliveries, asOf: RandomHistory.end)
        var random = SplitMix64(seed: seed)
        let takedowns = try RandomTakedowns.draw(
            5, of: late.open().catalog.frames(.all, cellPrecision: 8), using: &random)
        try late.record(takedowns)
        try late.build()
        try late.closeDue(asOf: RandomHistory.end)
        let daily = try TestWorkspace()
        var day = UTCTime.at("2026-03-02T00:00:00Z")
        var closed: [String: [UInt8]] = [:]
        while day < RandomHistory.end {
            try await daily.ingest(history.deliveries, asOf: day)
            try daily.closeDue(asOf: day)
            try daily.record(takedowns.filter { $0.at == day })
            let epochs = try daily.epochs()
            for (file, bytes) in closed { #expect(epochs[file] == bytes, "\(file) changed on \(day)") }
            closed = epochs
            day = UTCTime(milliseconds: day.milliseconds + UTCTime.millisecondsPerDay)
        }
        try await daily.ingest(history.deliveries, asOf: RandomHistory.end)
        try daily.build()
        try daily.closeDue(asOf: RandomHistory.end)
        try Outcome(daily).expectSame(as: Outcome(late), "seed \(seed)")
        try daily.expectSound()
    }

    private enum Step {
        case delivery(Delivery)
        case takedown(Takedown)

        var delivery: Delivery? { if case .delivery(let delivery) = self { delivery } else { nil } }
        var takedown: Takedown? { if case .takedown(let takedown) = self { takedown } else { nil } }
    }

    /// What the world sees, and what is withdrawn by what.
    private struct Outcome {
        let published: [String: [UInt8]]
        let verdicts, withdrawn: [String: String]

        init(_ workspace: TestWorkspace) throws {
            published = try workspace.published()
            verdicts = try workspace.verdicts()
            withdrawn = try workspace.withdrawn()
        }

        func expectSame(as other: Outcome, _ label: String) {
            #expect(verdicts == other.verdicts, "\(label)")
            #expect(withdrawn == other.withdrawn, "\(label)")
            #expect(published.keys.sorted() == other.published.keys.sorted(), "\(label)")
            let changed = published.keys.sorted().filter { published[$0] != other.published[$0] }
            #expect(changed == [], "\(label): other bytes")
        }
    }

    /// Every frame against the rule as docs/manifest.md tells it, worked out without the catalog's help.
    private func expectByTheRule(
        _ workspace: TestWorkspace, _ takedowns: [Takedown], _ seed: UInt64
    ) throws {
        let frames = try workspace.open().catalog.frames(.all, cellPrecision: 8)
        let byName = Dictionary(uniqueKeysWithValues: frames.map { ($0.name, $0) })
        func own(_ frame: FrameView) -> Takedown? {
            let matching = takedowns.filter { takedown in
                switch takedown.target {
                case .frame(let id): return frame.name == id
                case .drive(let id): return frame.name.hasPrefix("\(id)-")
                case .contributor(let id):
                    return frame.contributor == id && !(frame.receivedAt > takedown.at)
                case .zone(let zone):
                    guard let position = frame.observed?.place.position else { return false }
                    switch zone.form {
                    case .cell(let cell):
                        return frame.observed?.cell.description.hasPrefix(cell.description) ?? false
                    case .box(let south, let west, let north, let east):
                        return position.latitudeE7 >= south && position.latitudeE7 < north
                            && position.longitudeE7 >= west && position.longitudeE7 < east
                    }
                }
            }
            return matching.min { ($0.at.milliseconds, $0.id) < ($1.at.milliseconds, $1.id) }
        }
        var withdrawn = 0
        for frame in frames {
            var link: FrameView? = frame
            var steps = 0
            while let next = link, own(next) == nil, steps < frames.count {
                link = next.original.flatMap { byName[$0] }
                steps += 1
            }
            let expected = link.flatMap(own)
            #expect(frame.withdrawnBy == expected?.id, "seed \(seed): \(frame.name)")
            if expected != nil { withdrawn += 1 }
        }
        #expect(withdrawn > 0, "seed \(seed): nothing was tested")
    }
}
