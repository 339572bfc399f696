import Canonical
import GRDB
import Geo
import Rewards
import Stages
import TestSupport
import Testing
import Tiles

@testable import Store
@testable import Workspace

/// Generations: which stay, which are copied from, and what they say of people.
@Suite struct GenerationTests {
    private let world: MadeWorld
    private let workspace: TestWorkspace

    init() throws {
        world = try MadeWorld(seed: 77, uploads: 4)
        workspace = try TestWorkspace()
    }

    private var directory: String { "\(workspace.path)/published/generations" }

    private var current: String? { StoredFile.target(ofLink: "\(workspace.path)/published/current") }

    @Test func keepsAsManyOldOnesAsAsked() throws {
        var ids: [String] = []
        for upload in world.uploads {
            try workspace.add(upload)
            ids.append(try MapBuild(workspace.open()).run(full: false, retain: 2).generation)
        }
        #expect(Set(ids).count == 4)
        #expect(Set(Files.names(directory)) == Set(ids.suffix(3)))
        #expect(current == "generations/\(ids[3])")
        // A build without news keeps to what is asked now.
        #expect(try !MapBuild(workspace.open()).run(full: false, retain: 0).isNew)
        #expect(Files.names(directory) == [ids[3]])
    }

    @Test func makesAllAnewWhereNothingCanBeCopied() throws {
        for upload in world.uploads { try workspace.add(upload) }
        try workspace.build()
        let expected = try workspace.generation()
        let id = try #require(current)
        Files.remove("\(workspace.path)/published/\(id)")
        let report = try workspace.build()
        #expect(report.dirty == report.tiles || report.dirty > 0)
        #expect(try workspace.generation() == expected)

        // What another library packed is not mixed with ours.
        try workspace.open().catalog.pool.write {
            try $0.execute(sql: "UPDATE generations SET compressor = 'x'")
        }
        #expect(try workspace.build().dirty == report.dirty)
        #expect(try workspace.generation() == expected)
        try workspace.expectSound()
    }

    @Test func refusesDamageAndMendsItWhenAskedTo() throws {
        for upload in world.uploads { try workspace.add(upload) }
        try workspace.build()
        let name = try #require(current)
        let path = "\(workspace.path)/published/\(name)/coverage.pmtiles"
        try Files.write(Array(try Files.bytes(path).prefix(200)), to: path)
        #expect(try !WorkspaceCheck.run(workspace.open(), dataPercent: 0).findings.isEmpty)
        // One frame less makes some tiles anew; the others would be copied.
        let frames = try workspace.open().catalog.frames(.all, cellPrecision: 8)
        let frame = try #require(frames.first { $0.verdict == .accepted && $0.observed?.isOnMap == true })
        try workspace.record(
            [Takedown(.frame(frame.name), reason: .other, by: "ops", at: UTCTime(milliseconds: 0))])
        #expect(throws: WorkspaceError.self) { try workspace.build() }
        #expect(current == name)
        try workspace.build(full: true)
        try workspace.expectSound()
    }

    /// The link is put right where it points elsewhere, as after a copy of the workspace was restored.
    @Test func pointsAtTheGenerationTheCatalogKnows() throws {
        try workspace.add(world.uploads[0])
        let id = try workspace.build().generation
        Files.remove("\(workspace.path)/published/current")
        #expect(try workspace.build().generation == id)
        #expect(current == "generations/\(id)")
    }

    /// Everything `check` makes anew is what was published; a changed piece or sum is found.
    @Test func theCheckMakesTheMapOnceMore() throws {
        for upload in world.uploads { try workspace.add(upload) }
        try workspace.build()
        #expect(try MapCheck(workspace.open()).run().isEmpty)
        let catalog = try workspace.open().catalog
        try catalog.pool.write { database in
            try database.execute(
                sql: "UPDATE tiles SET squares = (SELECT squares FROM tiles WHERE id = 0) WHERE id = 1")
            try database.execute(sql: "UPDATE frames SET quality = quality / 2 WHERE verdict = 'accepted'")
        }
        let codes = Set(try MapCheck(workspace.open()).run().map(\.code))
        #expect(codes.contains("pieces.differ"))
        #expect(codes.contains("tile.sums"))
    }

    /// What cells were counted to is held against the frames too.
    @Test func theCheckCountsCellsOnceMore() throws {
        for upload in world.uploads { try workspace.add(upload) }
        try workspace.build()
        let catalog = try workspace.open().catalog
        let blocks = try catalog.countedBlocks()
        try catalog.pool.write { database in
            try database.execute(
                sql: """
                    UPDATE cell_blocks SET cells = x'0000' WHERE block = (SELECT min(block) FROM cell_blocks);
                    INSERT INTO cell_blocks (block, cells) SELECT 7, max(cells) FROM cell_blocks;
                    """)
        }
        let findings = try MapCheck(workspace.open()).run()
        let stranger = try #require(Geohash(bits: 7, precision: 5))
        #expect(findings.allSatisfy { $0.code == "cells.counts" })
        #expect(Set(findings.map(\.place)) == ["cells in \(stranger)", "cells in \(blocks[0])"])
        #expect(findings.count == 2)
    }

    /// Contributors appear under pseudonyms alone, which a secret salt makes others.
    @Test func saysNobodysName() throws {
        for upload in world.uploads { try workspace.add(upload) }
        try workspace.build()
        let salted = try TestWorkspace(salt: Array("sixteen bytes or more".utf8))
        for upload in world.uploads { try salted.add(upload) }
        try salted.build()
        func drives(_ workspace: TestWorkspace) throws -> Set<String> {
            let generation = try #require(PublishedGeneration(current: workspace.open().layout))
            let reader = try generation.reader(of: .vector)
            var contributors: Set<String> = []
            var texts: [UInt8] = []
            try reader.forEachTile { (_, stored) throws(TileError) in
                let tile = try reader.uncompressed(stored)
                texts += tile
                for layer in try MVTDecoder.decode(tile).layers where layer.name == "drives" {
                    for case .string(let name)? in layer.features.map({ $0["contributor"] }) {
                        contributors.insert(name)
                    }
                }
            }
            for name in ["ben", "cleo"] { #expect(!texts.contains(sequence: Array(name.utf8))) }
            return contributors
        }
        let (open, secret) = (try drives(workspace), try drives(salted))
        let names = Set(world.uploads.map(\.contributor))
        #expect(open.count <= names.count && !open.isEmpty)
        #expect(open.isDisjoint(with: secret))
        let rules = try workspace.open().rulesets.first.contentHash.bytes
        let expected = names.map { name in
            String(
                ContentHash.of(rules + [0] + Array("contributor".utf8) + [0] + Array(name.utf8)).hex.prefix(
                    16))
        }
        #expect(open.isSubset(of: expected))
        Files.remove("\(salted.path)/salt")
        #expect(throws: (any Error).self) { try salted.open() }
        try Files.write(Array("another salt of some bytes".utf8), to: "\(salted.path)/salt")
        #expect(throws: WorkspaceError.self) { try salted.open() }
    }
}

extension [UInt8] {
    fileprivate func contains(sequence: [UInt8]) -> Bool {
        indices.contains { self[$0...].starts(with: sequence) }
    }
}
