import Canonical
import Geo
import Rewards
import SeededNumbers
import TestSupport
import Testing
import Tiles

@testable import Store
@testable import Workspace

/// An incremental build equals a full one, whatever came before it.
@Suite struct MapHistoryTests {
    /// Random histories of uploads, receipts, takedowns and builds, in any order and grouping, give the bytes that one
    /// full build of all of it gives, and every zoom has every frame. The seed tells which case failed.
    @Test(arguments: 0..<2)
    func buildsInAnyStepsGiveTheSameBytes(group: Int) throws {
        for seed in UInt64(group * 4 + 1)...UInt64(group * 4 + 4) {
            let world = try MadeWorld(seed: seed, uploads: 3)
            let reference = try TestWorkspace()
            for upload in world.uploads { try reference.add(upload) }
            var random = SplitMix64(seed: seed &+ 5000)
            let takedowns = try RandomTakedowns.draw(
                Int.random(in: 0...2, using: &random),
                of: reference.open().catalog.frames(.all, cellPrecision: 8), using: &random)
            try reference.record(takedowns)
            try reference.build(full: true)

            let workspace = try TestWorkspace()
            for step in Self.steps(world, takedowns, &random) {
                switch step {
                case .upload(let upload, let receivedAt): try workspace.add(upload, receivedAt: receivedAt)
                case .takedown(let takedown): try workspace.record([takedown])
                case .build: try workspace.build()
                }
            }
            try workspace.build()
            try compare(workspace.generation(), reference.generation(), "seed \(seed)")
            try conserves(workspace, "seed \(seed)")
        }
    }

    private enum Step {
        case upload(UploadEntry, UTCTime)
        case takedown(Takedown)
        case build
    }

    /// Everything in some order, some uploads first with a later receipt, and builds in between.
    private static func steps(
        _ world: MadeWorld, _ takedowns: [Takedown], _ random: inout SplitMix64
    ) -> [Step] {
        var steps = world.uploads.map { Step.upload($0, $0.receivedAt) } + takedowns.map { Step.takedown($0) }
        steps.shuffle(using: &random)
        if Bool.random(using: &random), let late = world.uploads.randomElement(using: &random) {
            let later = UTCTime(milliseconds: late.receivedAt.milliseconds + 3_600_000)
            steps.insert(.upload(late, later), at: 0)
        }
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            steps.insert(.build, at: Int.random(in: 1...steps.count, using: &random))
        }
        return steps
    }

    private func compare(
        _ found: [String: [UInt8]], _ expected: [String: [UInt8]], _ comment: Comment
    ) {
        #expect(found.keys.sorted() == expected.keys.sorted(), comment)
        let differing = expected.filter { found[$0.key] != $0.value }.keys.sorted()
        #expect(differing == [], comment)
    }

    /// The sum of `n` at every zoom, decoded from the published tiles, is the number of accepted frames on the map.
    private func conserves(_ workspace: TestWorkspace, _ comment: Comment) throws {
        let open = try workspace.open()
        let accepted = try open.catalog.acceptedFrames()
        let generation = try #require(PublishedGeneration(current: open.layout))
        #expect(try UInt64(accepted.beyondMap) == generation.record().content.framesBeyondEdge, comment)
        let reader = try generation.reader(of: .vector)
        var sums = [UInt64](repeating: 0, count: 15)
        try reader.forEachTile { (tile, stored) throws(TileError) in
            for layer in try MVTDecoder.decode(try reader.uncompressed(stored)).layers
            where layer.name == CoverageLayer.name {
                for case .uint(let n)? in layer.features.map({ $0["n"] }) { sums[Int(tile.zoom)] += n }
            }
        }
        #expect(sums.allSatisfy { $0 == UInt64(accepted.onMap) }, comment)
    }
}
