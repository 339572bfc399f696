import SeededNumbers
import Canonical
import Foundation
import Stages
import TestSupport
import Testing

@testable import Store
@testable import Workspace

/// Outputs are a function of the set of uploads with their receipts.
@Suite struct OrderTests {
    /// Any order, any grouping, builds in between or not: the same bytes. The seed tells which case failed.
    @Test(arguments: Array(1...10) as [UInt64])
    func orderAndGroupingDecideNothing(seed: UInt64) async throws {
        let shelf = try DeliveryShelf()
        let history = try RandomHistory(seed: seed, shelf: shelf)
        let reference = try TestWorkspace()
        let report = try await reference.ingest(history.deliveries, asOf: RandomHistory.end)
        #expect(report.counts.total == history.uploads.reduce(0) { $0 + $1.frames.count })
        #expect(
            report.counts[.accepted] + report.counts[.duplicate] + report.counts[.rejected]
                == report.counts.total)
        try reference.build(full: true)
        try reference.closeDue(asOf: RandomHistory.end)
        try reference.expectSound()
        let expected = try reference.published()
        let verdicts = try reference.verdicts()
        var random = SplitMix64(seed: seed &+ 1000)
        for _ in 0..<3 {
            let workspace = try TestWorkspace()
            var left = history.deliveries.shuffled(using: &random)[...]
            while !left.isEmpty {
                let group = Array(left.prefix(Int.random(in: 1...3, using: &random)))
                left = left.dropFirst(group.count)
                try await workspace.ingest(
                    group, asOf: RandomHistory.end, jobs: Int.random(in: 1...3, using: &random))
                if Int.random(in: 0..<4, using: &random) == 0 { try workspace.build() }
            }
            try workspace.build()
            try workspace.closeDue(asOf: RandomHistory.end)
            let found = try workspace.verdicts()
            for (frame, verdict) in verdicts where found[frame] != verdict {
                Issue.record("seed \(seed): \(frame) is \(found[frame] ?? "missing"), not \(verdict)")
            }
            try expectSame(try workspace.published(), expected, "seed \(seed)")
            try workspace.expectSound()
        }
    }

    /// A run every day as time goes by, and one late run: the same tiles and manifests.
    @Test(arguments: Array(21...24) as [UInt64])
    func dailyRunsEqualOneLateRun(seed: UInt64) async throws {
        let shelf = try DeliveryShelf()
        let history = try RandomHistory(seed: seed, shelf: shelf)
        let late = try TestWorkspace()
        try await late.ingest(history.deliveries, asOf: RandomHistory.end)
        try late.build()
        try late.closeDue(asOf: RandomHistory.end)
        let daily = try TestWorkspace()
        var day = UTCTime.at("2026-03-02T00:00:00Z")
        var closed: [String: [UInt8]] = [:]
        while day < RandomHistory.end {
            day = UTCTime(milliseconds: day.milliseconds + UTCTime.millisecondsPerDay)
            try await daily.ingest(history.deliveries, asOf: day)
            try daily.build()
            try daily.closeDue(asOf: day)
            let epochs = try daily.epochs()
            for (file, bytes) in closed { #expect(epochs[file] == bytes, "\(file) changed on \(day)") }
            closed = epochs
        }
        try expectSame(try daily.published(), try late.published(), "seed \(seed)")
        try daily.expectSound()
    }

    /// After every step of a history, the tiles made from what changed are those made from everything.
    @Test(arguments: Array(41...42) as [UInt64])
    func incrementalEqualsFull(seed: UInt64) async throws {
        let shelf = try DeliveryShelf()
        let history = try RandomHistory(seed: seed, shelf: shelf, uploads: 4)
        var random = SplitMix64(seed: seed)
        let workspace = try TestWorkspace()
        for delivery in history.deliveries.shuffled(using: &random) {
            try await workspace.ingest([delivery], asOf: RandomHistory.end)
            try workspace.build()
            let incremental = try workspace.generation()
            // With nothing published, everything is made anew.
            try DirectoryListing.removeTree("\(workspace.path)/published/current")
            for name in Files.names("\(workspace.path)/published/generations") {
                try DirectoryListing.removeTree("\(workspace.path)/published/generations/\(name)")
            }
            try workspace.build(full: true)
            try expectSame(incremental, try workspace.generation(), "seed \(seed)")
        }
        let idle = try workspace.build()
        #expect(!idle.isNew && idle.dirty == 0 && idle.changed == 0)
    }
}
