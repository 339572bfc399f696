import Canonical
import Glibc
import Rewards
import Store
import TestSupport
import Testing

@testable import Workspace

/// Signing, rotating and witnessing a log, without a workspace around it.
@Suite struct LogSigningTests {
    private let folder: TemporaryFolder
    private let log: LogDirectory
    private let signing: LogSigning

    init() throws {
        folder = try TemporaryFolder()
        log = LogDirectory("\(folder.path)/log")
        signing = LogSigning(published: folder.path)
        try append(0..<3)
    }

    private func append(_ range: Range<Int>) throws {
        let rulesets = range.map { Array("ruleset \($0)".utf8) }
        for bytes in rulesets { try folder.write(bytes, to: "rulesets/\(ContentHash.of(bytes).hex).json") }
        try log.append(rulesets.map { .ruleset(.of($0)) })
    }

    private static func signer(_ seed: UInt8, _ name: String = "example.org/hive") throws -> NoteSigner {
        let key = try #require(SigningKey(seed: [UInt8](repeating: seed, count: 32)))
        return try NoteSigner(name: name, key: key)
    }

    private static func key(_ seed: UInt8, _ name: String = "example.org/hive") throws -> NoteKey {
        try signer(seed, name).noteKey(.note)
    }

    private func verify(_ seeds: UInt8..., seen: SignedNote? = nil) throws -> LogReport {
        try LogVerification.run(
            published: folder.path, policy: LogPolicy(logs: try seeds.map { try Self.key($0) }), seen: seen)
    }

    private static func code(_ body: () throws -> Void) -> LogError.Code? {
        do { try body() } catch let error as LogError { return error.code } catch { Issue.record("\(error)") }
        return nil
    }

    @Test func signsWhatIsNew() throws {
        let first = try signing.sign([Self.signer(1)])
        #expect(first.isNew && first.checkpoint.size == 3 && first.checkpoint.origin == "example.org/hive")
        let bytes = try log.checkpoint()?.bytes
        #expect(try !signing.sign([Self.signer(1)]).isNew)
        #expect(try log.checkpoint()?.bytes == bytes)
        let seen = try #require(try log.checkpoint())
        try append(3..<9)
        #expect(try verify(1, seen: seen).findings == [])
        #expect(try signing.sign([Self.signer(1)]).checkpoint.size == 9)
        let report = try verify(1, seen: seen)
        #expect(report.findings == [] && report.verified?.checkpoint.size == 9)
        // Somebody else's key: nothing is believed.
        let stranger = try verify(2)
        #expect(stranger.hasBadSignature && stranger.verified == nil)
    }

    @Test func signsNothingThatWasTakenBack() throws {
        _ = try signing.sign([Self.signer(1)])
        let seen = try #require(try log.checkpoint())
        Files.remove("\(log.path)/tile")
        Files.remove("\(log.path)/head")
        let others: [[UInt8]] = [[1], [2], [3], [4]]
        for bytes in others { try folder.write(bytes, to: "rulesets/\(ContentHash.of(bytes).hex).json") }
        try LogDirectory("\(folder.path)/other/log").append(others.map { .ruleset(.of($0)) })
        try Files.copy("\(folder.path)/other/log/tile", to: "\(log.path)/tile")
        try Files.copy("\(folder.path)/other/log/head", to: "\(log.path)/head")
        #expect(Self.code { _ = try signing.sign([Self.signer(1)]) } == .logInconsistent)
        #expect(try log.checkpoint() == seen)
        #expect(try verify(1).findings.contains { $0.code == "log.inconsistent" })
        // Signed nonetheless, the checkpoint that was kept tells.
        Files.remove("\(log.path)/checkpoint")
        _ = try signing.sign([Self.signer(1)])
        #expect(try verify(1).findings == [])
        #expect(try verify(1, seen: seen).findings.map(\.code) == ["log.inconsistent"])
    }

    @Test func signsNothingThatIsDamaged() throws {
        try append(3..<9)
        for name in try Files.tree(log.path).keys.sorted() where name != "head" {
            let path = "\(log.path)/\(name)"
            guard name.hasSuffix("/9") else { continue }
            try Files.flip(path, at: 40)
            #expect(throws: (any Error).self, "\(name)") { try signing.sign([Self.signer(1)]) }
            #expect(try verify(1).findings.contains { $0.code != "log.note.unsigned" }, "\(name)")
            try Files.flip(path, at: 40)
        }
        #expect(try signing.sign([Self.signer(1)]).isNew)
    }

    /// Who has only the checkpoint reads the tiles of its size, also when the log has grown since.
    @Test func aCheckpointThatIsBehindKeepsItsTiles() throws {
        _ = try signing.sign([Self.signer(1)])
        try append(3..<9)
        #expect(try verify(1).findings == [])
        for (name, code) in [("0", "log.tile.damaged"), ("entries", "log.tile.damaged")] {
            let path = "\(log.path)/tile/\(name)/000.p/3"
            let bytes = try Files.bytes(path)
            try Files.flip(path, at: 40)
            #expect(try verify(1).findings.map(\.code) == [code], "\(name)")
            try Files.write(Array(bytes.dropLast()), to: path)
            #expect(try verify(1).findings.map(\.code) == [code], "\(name)")
            Files.remove(path)
            let report = try verify(1)
            #expect(report.findings.map(\.code) == ["log.file.missing"] && report.isIncomplete, "\(name)")
            try Files.write(bytes, to: path)
        }
        // Its partial tiles go when the full ones are there, which have all that it needs.
        try append(9..<300)
        #expect(!DirectoryListing.exists("\(log.path)/tile/0/000.p"))
        #expect(try verify(1).findings == [])
    }

    /// A checkpoint that somebody kept is of this log where one of its keys has signed it, now or before a rotation.
    @Test func aKeptCheckpointIsSignedByAKeyOfTheLog() throws {
        let (old, new) = (try Self.signer(1), try Self.signer(2))
        _ = try signing.sign([old])
        let kept = try #require(try log.checkpoint())
        _ = try signing.rotate(from: old, to: new)
        try append(4..<6)
        _ = try signing.sign([new])
        #expect(try verify(2, seen: kept).findings == [])
        let stranger = try SignedNote(text: kept.text, signatures: [Self.signer(3).signature(of: kept.text)])
        let report = try verify(2, seen: stranger)
        #expect(report.findings.map(\.code) == ["log.note.unsigned"] && report.hasBadSignature)
    }

    @Test func signsWithItsOwnKeyOnly() throws {
        _ = try signing.sign([Self.signer(1)])
        #expect(Self.code { _ = try signing.sign([Self.signer(2)]) } == .keyForeign)
        #expect(Self.code { _ = try signing.sign([Self.signer(1), Self.signer(2)]) } == .keyForeign)
        #expect(Self.code { _ = try signing.sign([Self.signer(1, "example.org/other")]) } == .keyForeign)
        #expect(Self.code { _ = try signing.sign([]) } == .keyForm)
    }

    @Test func changesItsKey() throws {
        let (old, new) = (try Self.signer(1), try Self.signer(2))
        #expect(Self.code { _ = try signing.rotate(from: old, to: new) } == .keyForeign)
        _ = try signing.sign([old])
        #expect(Self.code { _ = try signing.rotate(from: Self.signer(3), to: new) } == .keyForeign)
        let report = try signing.rotate(from: old, to: new)
        #expect(report.checkpoint.size == 4)
        #expect(try log.contents().rotations.map(\.new) == [try Self.key(2)])
        // Whoever knows either key can verify.
        #expect(try verify(1).findings == [] && verify(2).findings == [])
        // Once more changes nothing; both may go on.
        let again = try signing.rotate(from: old, to: new)
        #expect(again.checkpoint.size == 4 && !again.isNew)
        try append(4..<6)
        _ = try signing.sign([old, new])
        try append(6..<7)
        _ = try signing.sign([new])
        #expect(try verify(2).findings == [])
        #expect(try verify(1).hasBadSignature)
        #expect(Self.code { _ = try signing.sign([old]) } == .keyForeign)
        #expect(Self.code { _ = try signing.sign([old, new]) } == .keyForeign)
    }

    /// Killed between the entry and the checkpoint: the next try finds the entry and signs.
    @Test func aRotationThatWasKilledIsFinished() throws {
        let (old, new) = (try Self.signer(1), try Self.signer(2))
        _ = try signing.sign([old])
        try log.append([.keyRotation(try KeyRotation(from: old, to: new))])
        #expect(try signing.rotate(from: old, to: new).checkpoint.size == 4)
        #expect(try verify(1).findings == [] && verify(2).findings == [])
    }

    @Test func witnessesSeeItGrowAndFork() throws {
        _ = try signing.sign([Self.signer(1)])
        let witness = try Self.signer(7, "witness.example")
        let state = WitnessState("\(folder.path)/state")
        let checkpoint = "\(log.path)/checkpoint"
        func cosign(_ time: UInt64) throws -> SignedNote {
            try state.cosign(checkpoint, of: [try Self.key(1)], as: witness, at: time)
        }
        let first = try cosign(100)
        let seen = try state.last()
        #expect(seen?.size == 3)
        let keys = [try witness.noteKey(.cosignature)]
        #expect(try signing.adopt(first, of: keys) == keys)
        #expect(try log.checkpoint()?.verified(by: keys).signatures.map(\.time) == [100])
        // A later one of the same text takes its place, and signing again leaves it there.
        #expect(try signing.adopt(cosign(200), of: keys) == keys)
        _ = try signing.sign([Self.signer(1)])
        #expect(try log.checkpoint()?.verified(by: keys).signatures.map(\.time) == [200])
        #expect(try log.checkpoint()?.signatures.count == 2)
        try append(3..<300)
        _ = try signing.sign([Self.signer(1)])
        #expect(Self.code { _ = try signing.adopt(first, of: keys) } == .logInconsistent)
        #expect(try cosign(300).verified(by: keys).signatures.map(\.time) == [300])
        #expect(try state.last()?.size == 300)
        // A log that begins anew, under the same key.
        Files.remove(log.path)
        try append(1000..<1400)
        _ = try signing.sign([Self.signer(1)])
        #expect(Self.code { _ = try cosign(400) } == .logInconsistent)
        Files.remove(log.path)
        try append(0..<5)
        _ = try signing.sign([Self.signer(1)])
        #expect(Self.code { _ = try cosign(500) } == .logInconsistent)
        #expect(try state.last()?.size == 300)
    }

    @Test func adoptsOnlyWhatWitnessesHaveSigned() throws {
        _ = try signing.sign([Self.signer(1)])
        let published = try #require(try log.checkpoint())
        let (good, bad) = (try Self.signer(7, "good.example"), try Self.signer(8, "bad.example"))
        let wrong = try bad.cosignature(of: Array("another text\n".utf8), at: 5)
        let note = try published.adding(try good.cosignature(of: published.text, at: 5)).adding(wrong)
        let (goodKey, badKey) = (try good.noteKey(.cosignature), try bad.noteKey(.cosignature))
        #expect(Self.code { _ = try signing.adopt(note, of: [goodKey, badKey]) } == .noteSignature)
        #expect(Self.code { _ = try signing.adopt(note, of: []) } == .noteUnsigned)
        #expect(try log.checkpoint() == published)
        #expect(try signing.adopt(note, of: [goodKey]) == [goodKey])
        #expect(try log.checkpoint()?.signatures.map(\.name) == ["example.org/hive", "good.example"])
    }

    @Test func keysAreFilesOfTheirOwn() throws {
        let path = "\(folder.path)/key"
        let made = try NoteKeyFiles.make(path, name: "example.org/hive")
        #expect(try NoteKeyFiles.signer(.file(path)).noteKey(.note) == made.noteKey(.note))
        #expect(throws: BundleFailure.self) { try NoteKeyFiles.make(path, name: "example.org/hive") }
        for name in ["", "a b", "a+b", "cosignature/v1"] {
            #expect(throws: BundleFailure.self) { try NoteKeyFiles.make("\(folder.path)/no", name: name) }
        }
        #expect(!DirectoryListing.exists("\(folder.path)/no"))
        let bytes = try Files.bytes(path)
        for wrong in [
            Array(bytes.dropFirst(6)), Array(bytes.dropLast(30)), [],
            Array("Name: a b\n".utf8) + bytes.dropFirst(23),
        ] {
            let file = try folder.write(wrong, to: "wrong")
            #expect(chmod(file, 0o600) == 0)
            #expect(throws: BundleFailure.self) { try NoteKeyFiles.signer(.file(file)) }
        }
        #expect(chmod(path, 0o644) == 0)
        #expect(throws: BundleFailure.self) { try NoteKeyFiles.signer(.file(path)) }
    }
}
