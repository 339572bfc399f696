import Canonical
import Foundation
import Rewards
import Stages
import TestSupport
import Testing

@testable import Store
@testable import Workspace

/// A workspace of its own for one history of deliveries.
struct TestWorkspace {
    private let folder: TemporaryFolder
    var path: String { "\(folder.path)/hive" }

    /// Made once: copying it is quicker than syncing 256 directories.
    private static let template: Result<TemporaryFolder, any Error> = Result {
        let folder = try TemporaryFolder()
        try Workspace.create("\(folder.path)/hive")
        // Nothing lets go of it before the process ends.
        atexit { try? Files.remove(TestWorkspace.template.get().path) }
        return folder
    }

    init() throws {
        folder = try TemporaryFolder()
        try Files.copy("\(Self.template.get().path)/hive", to: path)
    }

    /// One with a secret salt.
    init(salt: [UInt8]) throws {
        folder = try TemporaryFolder()
        try Workspace.create(path, salt: salt)
    }

    /// Another test may just be starting a program: between fork and exec its child holds every open file of this
    /// process, a lock that was given back included.
    func open() throws -> Workspace {
        for _ in 0..<1000 {
            do { return try Workspace(path, for: .changing) } catch is WorkspaceLock.Held { usleep(10_000) }
        }
        return try Workspace(path, for: .changing)
    }

    /// Ingests `deliveries` in this order in one go.
    @discardableResult
    func ingest(
        _ deliveries: [Delivery], asOf: UTCTime, jobs: Int = 1, keeping: Ingest.Keeping = .none
    ) async throws -> IngestReport {
        var found = Deliveries.Found()
        found.deliveries = deliveries
        let ingest = Ingest(try open(), asOf: asOf, jobs: jobs, keeping: keeping)
        return try await ingest.run(found) { _ in }
    }

    @discardableResult
    func record(_ takedown: Takedown) throws -> TakedownReport {
        try TakedownRecording(open()).record(takedown)
    }

    func record(_ takedowns: [Takedown]) throws {
        for takedown in takedowns { try record(takedown) }
    }

    @discardableResult
    func build(full: Bool = false) throws -> MapBuildReport { try MapBuild(open()).run(full: full) }

    @discardableResult
    func closeDue(asOf: UTCTime) throws -> [EpochReport] { try EpochClosing(open(), asOf: asOf).closeDue() }

    /// What the world sees, but for generations that are no longer in use.
    func published() throws -> [String: [UInt8]] {
        let root = "\(path)/published"
        var tree = try Files.tree(root, except: ["generations"])
        for (name, bytes) in try generation() { tree["current/\(name)"] = bytes }
        return tree
    }

    /// The files of the generation in use.
    func generation() throws -> [String: [UInt8]] {
        guard let target = StoredFile.target(ofLink: "\(path)/published/current") else { return [:] }
        return try Files.tree("\(path)/published/\(target)")
    }

    func epochs() throws -> [String: [UInt8]] { try Files.tree("\(path)/published/epochs") }

    /// Contributor and number of a frame, in place of its name's hash.
    private static func label(_ frame: FrameView) -> String {
        "\(frame.contributor)/\(frame.source)/\(frame.path.prefix(8))"
    }

    /// The takedowns of all withdrawn frames.
    func withdrawn() throws -> [String: String] {
        let frames = try open().catalog.frames(.all, cellPrecision: 8)
        return Dictionary(
            uniqueKeysWithValues: frames.compactMap { frame in
                frame.withdrawnBy.map { (Self.label(frame), $0) }
            })
    }

    /// Verdict, rule and original of every frame.
    func verdicts() throws -> [String: String] {
        let frames = try open().catalog.frames(.all, cellPrecision: 8)
        let labels = Dictionary(uniqueKeysWithValues: frames.map { ($0.name, Self.label($0)) })
        return Dictionary(
            uniqueKeysWithValues: frames.map { frame in
                let words = [
                    frame.verdict.rawValue, frame.finding?.rule.rawValue,
                    frame.original.flatMap { labels[$0] },
                ]
                return (labels[frame.name] ?? "", words.compactMap { $0 }.joined(separator: " "))
            })
    }

    func expectSound(_ location: SourceLocation = #_sourceLocation) throws {
        #expect(
            try WorkspaceCheck.run(open(), dataPercent: 0).findings == [], sourceLocation: location)
    }
}

/// Uploads on disk, each in a folder of its own.
final class DeliveryShelf {
    private let folder: TemporaryFolder
    private var count = 0

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A delivery of `upload`; without its receipt where `withReceipt` is false.
    func delivery(_ upload: TestUpload, withReceipt: Bool = true) throws -> Delivery {
        count += 1
        let path = "\(folder.path)/\(count)/\(upload.name)"
        try upload.write(to: path)
        return Delivery(
            contributor: try ContributorID(upload.contributor), path: path, name: upload.name,
            receivedAt: withReceipt ? upload.receivedAt : nil, isInInbox: false)
    }
}

extension Delivery {
    /// The same directory with another receipt.
    func received(_ time: UTCTime?) -> Delivery {
        Delivery(contributor: contributor, path: path, name: name, receivedAt: time, isInInbox: isInInbox)
    }
}

/// That two trees of files are the same, byte by byte.
func expectSame(
    _ found: [String: [UInt8]], _ expected: [String: [UInt8]], _ label: String,
    _ location: SourceLocation = #_sourceLocation
) throws {
    #expect(found.keys.sorted() == expected.keys.sorted(), "\(label)", sourceLocation: location)
    let other = expected.keys.sorted().filter { found[$0] != expected[$0] }
    #expect(other == [], "\(label): other bytes", sourceLocation: location)
}
