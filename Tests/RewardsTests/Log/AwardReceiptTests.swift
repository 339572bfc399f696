import Canonical
import Testing

@testable import Rewards

@Suite("Receipts of awards")
struct AwardReceiptTests {
    private static let awards = (0..<11).map {
        Array("{\"amount\":\"\($0)\",\"contributor\":\"c\($0)\"}".utf8)
    }

    private static func manifest(format: String = "waggle-manifest/2") throws -> [UInt8] {
        CanonicalJSON.object([
            "format": .string(format), "epoch": .string("2026-W10"),
            "awards": .object([
                "count": .integer(awards.count), "root": .string(MerkleTree.root(of: awards).hex),
            ]),
        ]).bytes
    }

    private static func receipt(
        _ index: Int = 4, manifest: [UInt8]? = nil, logged: [UInt8]? = nil
    ) throws -> AwardReceipt {
        let manifest = try manifest ?? Self.manifest()
        let epoch = try #require(Epoch(id: "2026-W10"))
        let entries: [LogEntry] = [
            .ruleset(.of([1])), .manifest(epoch: epoch, sha256: .of(logged ?? manifest)),
            .final(epoch: epoch, sha256: .of([1])),
        ]
        let tree = HashLevels(leaves: entries.map(\.bytes))
        let checkpoint = try Checkpoint(origin: "example.org/hive-log", size: 3, root: try tree.root(of: 3))
        return AwardReceipt(
            award: awards[index], awardIndex: UInt64(index),
            awardPath: try HashLevels(leaves: awards).inclusionProof(
                of: UInt64(index), in: UInt64(awards.count)),
            manifest: manifest,
            proof: LogProof(
                index: 1, path: try tree.inclusionProof(of: 1, in: 3),
                checkpoint: try SignedNote(
                    text: checkpoint.text, signatures: [try LogFixtures.log().signature(of: checkpoint.text)])
            ))
    }

    private static func policy() throws -> LogPolicy {
        try LogPolicy(parsing: Array("log \(LogFixtures.logKey)\nquorum none\n".utf8))
    }

    @Test("verify with nothing but receipt and policy")
    func verify() throws {
        for index in awards.indices {
            let receipt = try AwardReceipt(parsing: try Self.receipt(index).bytes)
            let proven = try receipt.verify(policy: Self.policy())
            #expect(proven.award == Self.awards[index])
            #expect(proven.epoch.id == "2026-W10")
            #expect(proven.checkpoint.checkpoint.size == 3)
        }
    }

    private var awards: [[UInt8]] { Self.awards }

    /// Nothing that is not signed in the end can be changed and still be believed.
    @Test("with any bit flipped do not prove anything else")
    func bits() throws {
        let receipt = try Self.receipt()
        let policy = try Self.policy()
        for bit in 0..<(receipt.bytes.count * 8) {
            var bytes = receipt.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: LogError.self, "bit \(bit)") {
                try AwardReceipt(parsing: bytes).verify(policy: policy)
            }
        }
    }

    @Test("are refused where a step is missing")
    func steps() throws {
        let policy = try Self.policy()
        let good = try Self.receipt()
        func code(_ receipt: AwardReceipt) -> LogError.Code? {
            LogFixtures.code { _ = try receipt.verify(policy: policy) }
        }
        func changed(
            award: [UInt8]? = nil, index: UInt64? = nil, path: [ContentHash]? = nil, manifest: [UInt8]? = nil
        ) -> AwardReceipt {
            AwardReceipt(
                award: award ?? good.award, awardIndex: index ?? good.awardIndex,
                awardPath: path ?? good.awardPath,
                manifest: manifest ?? good.manifest, proof: good.proof)
        }
        #expect(code(good) == nil)
        #expect(code(changed(award: Self.awards[5])) == .proofMismatch)
        #expect(code(changed(index: 5)) == .proofMismatch)
        #expect(code(changed(index: 11)) == .proofMismatch)
        #expect(code(changed(path: Array(good.awardPath.dropLast()))) == .proofMismatch)
        // A node of the tree of awards given out as an award.
        let levels = HashLevels(leaves: Self.awards)
        let (left, right) = (try levels.root(level: 0, index: 4), try levels.root(level: 0, index: 5))
        #expect(
            code(changed(award: left.bytes + right.bytes, index: 2, path: Array(good.awardPath.dropFirst())))
                != nil)
        #expect(code(changed(award: good.award + [0x0A])) == .receiptForm)
        // Another manifest than the log has, and one of the version without a root over its awards.
        #expect(code(try Self.receipt(logged: [1])) == .proofMismatch)
        #expect(code(try Self.receipt(manifest: Self.manifest(format: "waggle-manifest/1"))) == .receiptForm)
        #expect(LogFixtures.code { _ = try AwardReceipt(parsing: good.proof.bytes) } == .receiptForm)
    }
}

@Suite("Notes of manifests")
struct ManifestNoteTests {
    @Test("say epoch and hash, and are no checkpoints")
    func text() throws {
        let note = ManifestNote(epoch: try #require(Epoch(id: "2026-W10")), sha256: .of([]))
        let text = "waggle-manifest-note/1\n2026-W10\n\(ContentHash.of([]).hex)\n"
        #expect(note.text == Array(text.utf8))
        #expect(try ManifestNote(text: note.text) == note)
        #expect(throws: LogError.self) { try Checkpoint(text: note.text) }
        for bit in 0..<(note.text.count * 8) {
            var bytes = note.text
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect((try? ManifestNote(text: bytes)) != note)
        }
        for text in ["", "a\n", "waggle-manifest-note/2\n2026-W10\n\(ContentHash.of([]).hex)\n"] {
            #expect(LogFixtures.code { _ = try ManifestNote(text: Array(text.utf8)) } == .noteForm)
        }
    }
}
