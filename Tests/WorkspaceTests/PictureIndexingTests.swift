import Canonical
import DriveFormats
import Foundation
import GRDB
import Geo
import Imaging
import Rewards
import SeededNumbers
import TestSupport
import Testing

@testable import Stages
@testable import Store
@testable import Workspace

/// Verdicts are the same whatever the index holds, and however it came to be.
@Suite struct PictureIndexingTests {
    /// Sizes by which a few frames make many files.
    private static func sizes(_ random: inout SplitMix64) -> PictureIndexing.Sizes {
        PictureIndexing.Sizes(
            smallestFile: Int.random(in: 1...8, using: &random),
            mostAtOnce: Int.random(in: 4...16, using: &random), growth: Int.random(in: 2...4, using: &random),
            mostMerged: Int.random(in: 4...5, using: &random))
    }

    /// What a look at every pair gives: the earliest equal picture, for all that have an earlier one.
    private static func originals(_ uploads: [UploadEntry]) -> [String: String] {
        let pictures = uploads.flatMap { upload in
            upload.drives.flatMap(\.frames).compactMap {
                frame -> (hashes: PictureHashes, place: Precedence)? in
                guard case .success(let seen) = frame.outcome, let content = frame.content else { return nil }
                let hashes = PictureHashes(
                    content: content, dHash: seen.image.dHash, pdq: seen.image.pdq,
                    variants: seen.image.variants, pdqQuality: seen.image.pdqQuality)
                return (
                    hashes,
                    Precedence(
                        receivedAt: upload.receivedAt, capturedAt: seen.place.time, content: content,
                        frame: frame.name)
                )
            }
        }
        var result: [String: String] = [:]
        for picture in pictures {
            let earlier = pictures.filter {
                $0.place < picture.place && $0.hashes.match(picture.hashes, rules: MadePictures.rules) != nil
            }
            let first = earlier.min { $0.place < $1.place }
            if let first { result[picture.place.frame] = first.place.frame }
        }
        return result
    }

    private static func originals(in workspace: TestWorkspace) throws -> [String: String] {
        let frames = try workspace.open().catalog.frames(.all, cellPrecision: 8)
        return Dictionary(
            uniqueKeysWithValues: frames.compactMap { frame in frame.original.map { (frame.name, $0) } })
    }

    /// Any order, any files, any size of batches.
    @Test(arguments: 0..<3 as Range<UInt64>)
    func indexDecidesNothing(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let uploads = try MadePictures.uploads(&random, count: 5)
        let expected = Self.originals(uploads)
        #expect(expected.count > 5, "seed \(seed): nothing was tested")
        let workspace = try TestWorkspace()
        let sizes = Self.sizes(&random)
        for upload in uploads.shuffled(using: &random) {
            try workspace.add(upload)
            if Bool.random(using: &random) {
                try Deduplication(
                    workspace.open(), sizes: sizes, batch: Int.random(in: 10...40, using: &random)
                ).run()
            }
        }
        try Deduplication(workspace.open(), sizes: sizes).run()
        #expect(try Self.originals(in: workspace) == expected, "seed \(seed), \(sizes)")
        #expect(try !workspace.open().catalog.pictureRuns().isEmpty)
        #expect(try WorkspaceCheck.run(workspace.open(), dataPercent: 100).findings == [])
    }

    /// A folder that is lost or has other files in it, and files that a killed run has left: nothing changes but the time it takes.
    @Test(arguments: 20..<22 as Range<UInt64>)
    func lostAndLeftOverFilesDecideNothing(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let uploads = try MadePictures.uploads(&random, count: 4)
        let workspace = try TestWorkspace()
        let folder = "\(workspace.path)/pictures"
        let sizes = Self.sizes(&random)
        for upload in uploads.shuffled(using: &random) {
            try workspace.add(upload)
            let names = try DirectoryListing.exists(folder) ? DirectoryListing.names(in: folder) : []
            let victim = names.randomElement(using: &random).map { "\(folder)/\($0)" }
            switch (Int.random(in: 0..<4, using: &random), victim) {
            case (0, _?): try DirectoryListing.removeTree(folder)
            case (1, let victim?): try DurableWrite.file([1, 2, 3], at: victim)
            case (2, let victim?):
                // As a run leaves them that is killed before it writes to the catalog.
                let next = try workspace.open().catalog.nextPictureRun()
                try DurableWrite.file(StoredFile.read(victim, maxBytes: 1 << 28), at: "\(folder)/\(next)")
                try DurableWrite.file([4], at: "\(folder)/.waggle-tmp-\(next + 1)")
            default: break
            }
            try Deduplication(workspace.open(), sizes: sizes).run()
            let runs = try workspace.open().catalog.pictureRuns()
            if DirectoryListing.exists(folder) {
                #expect(
                    try DirectoryListing.names(in: folder).sorted() == runs.map { String($0.number) }.sorted()
                )
            }
        }
        #expect(try Self.originals(in: workspace) == Self.originals(uploads), "seed \(seed), \(sizes)")
        #expect(try WorkspaceCheck.run(workspace.open(), dataPercent: 100).findings == [])
    }

    /// Frames that are judged anew by an earlier receipt, and frames that are withdrawn, are found as before.
    @Test(arguments: 40..<42 as Range<UInt64>)
    func earlierReceiptsAndTakedowns(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let uploads = try MadePictures.uploads(&random, count: 4)
        let sizes = Self.sizes(&random)
        let (indexed, plain) = (try TestWorkspace(), try TestWorkspace())
        for (number, upload) in uploads.enumerated() {
            for workspace in [indexed, plain] {
                try workspace.add(upload)
                try Deduplication(
                    workspace.open(), sizes: workspace.path == indexed.path ? sizes : .init()
                ).run()
            }
            if number == 2 {
                let takedown = try Takedown(
                    .drive(upload.drives[0].name), reason: .privacy, by: "ops", at: upload.receivedAt)
                for workspace in [indexed, plain] { try workspace.record(takedown) }
            }
            let again = uploads[Int.random(in: 0...number, using: &random)]
            let earlier = UTCTime(milliseconds: again.receivedAt.milliseconds - 86_400_000)
            for workspace in [indexed, plain] { try workspace.add(again, receivedAt: earlier) }
        }
        for workspace in [indexed, plain] {
            try Deduplication(
                workspace.open(), sizes: workspace.path == indexed.path ? sizes : .init()
            ).run()
        }
        #expect(try Self.originals(in: indexed) == Self.originals(in: plain), "seed \(seed)")
        #expect(try indexed.verdicts() == plain.verdicts(), "seed \(seed)")
        #expect(try plain.open().catalog.pictureRuns().isEmpty)
        #expect(try WorkspaceCheck.run(indexed.open(), dataPercent: 100).findings == [])
    }

    /// A frame that no file has is named.
    @Test func checkNamesWhatIsMissing() throws {
        var random = SplitMix64(seed: 60)
        let uploads = try MadePictures.uploads(&random, count: 2)
        let workspace = try TestWorkspace()
        for upload in uploads { try workspace.add(upload) }
        try Deduplication(workspace.open(), sizes: .init(smallestFile: 1, mostAtOnce: 8)).run()
        let catalog = try workspace.open().catalog
        let run = try #require(try catalog.pictureRuns().last)
        try catalog.pool.write {
            try $0.execute(sql: "DELETE FROM picture_runs WHERE number = ?", arguments: [run.number])
        }
        let findings = try WorkspaceCheck.run(workspace.open(), dataPercent: 100).findings
        #expect(findings.count == run.frames && findings.allSatisfy { $0.code == "pictures.missing" })
        try DirectoryListing.removeTree("\(workspace.path)/pictures")
        #expect(
            try WorkspaceCheck.run(workspace.open(), dataPercent: 0).findings.allSatisfy {
                $0.code == "pictures.damaged"
            })
    }

    /// All frames have one picture, in files that are merged.
    @Test func allFramesIdentical() throws {
        var random = SplitMix64(seed: 61)
        let picture = MadePictures.Forms.random(&random)
        let uploads = try (0..<2).map { number in
            try MadePictures.upload(number, [MadePictures.Forms](repeating: picture, count: 30), &random)
        }
        let workspace = try TestWorkspace()
        for upload in uploads.reversed() {
            try workspace.add(upload)
            try Deduplication(
                workspace.open(), sizes: .init(smallestFile: 8, mostAtOnce: 16, growth: 2), batch: 20
            ).run()
        }
        #expect(try Self.originals(in: workspace) == Self.originals(uploads))
        #expect(try workspace.open().catalog.pictureRuns().allSatisfy { $0.pictures <= $0.frames / 4 })
    }
}
