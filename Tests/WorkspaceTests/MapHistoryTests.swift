import Canonical
import Geo
import SeededNumbers
import TestSupport
import Testing
import Tiles

@testable import Store
@testable import Workspace

/// An incremental build equals a full one, whatever came before it.
@Suite struct MapHistoryTests {
    /// Random histories of uploads, later and earlier receipts and builds give the bytes that one full build of all of
    /// it gives, and every zoom has every frame. The seed tells which case failed.
    @Test(arguments: 0..<1)
    func buildsInAnyStepsGiveTheSameBytes(group: Int) throws {
        for seed in UInt64(group * 10 + 1)...UInt64(group * 10 + 4) {
            let world = try MadeWorld(seed: seed)
            let reference = try TestWorkspace()
            for upload in world.uploads { try reference.add(upload) }
            try reference.build(full: true)
            let expected = try reference.generation()

            var random = SplitMix64(seed: seed &+ 5000)
            let workspace = try TestWorkspace()
            for upload in world.uploads.shuffled(using: &random) {
                if Int.random(in: 0..<4, using: &random) == 0 {
                    let later = UTCTime(milliseconds: upload.receivedAt.milliseconds + 3_600_000)
                    try workspace.add(upload, receivedAt: later)
                    if Bool.random(using: &random) { try workspace.build() }
                }
                try workspace.add(upload)
                if Int.random(in: 0..<3, using: &random) == 0 { try workspace.build() }
            }
            try workspace.build()
            let found = try workspace.generation()
            #expect(found.keys.sorted() == expected.keys.sorted(), "seed \(seed)")
            for (name, bytes) in expected where found[name] != bytes {
                Issue.record("seed \(seed): \(name) differs")
            }
            try conserves(workspace, "seed \(seed)")
        }
    }

    /// The sum of `n` at every zoom, decoded from the published tiles, is the number of accepted frames on the map.
    private func conserves(_ workspace: TestWorkspace, _ comment: Comment) throws {
        let open = try workspace.open()
        let accepted = try open.catalog.acceptedFrames()
        let generation = try #require(PublishedGeneration(current: open.layout))
        #expect(try UInt64(accepted.beyondMap) == generation.record().content.framesBeyondEdge, comment)
        guard accepted.onMap > 0 else { return }
        let zooms = try TileStatistics(of: generation.reader(of: .vector)).zooms
        #expect(zooms.map(\.z) == Array(0...14), comment)
        #expect(zooms.allSatisfy { $0.n == UInt64(accepted.onMap) }, comment)
    }
}
