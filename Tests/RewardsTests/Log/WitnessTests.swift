import Canonical
import Testing

@testable import Rewards

@Suite("Witnesses")
struct WitnessTests {
    private static let tree = HashLevels(leaves: (0..<20).map { [UInt8($0)] })

    private static func checkpoint(_ size: UInt64, origin: String = "example.org/hive-log") throws
        -> Checkpoint
    {
        try Checkpoint(origin: origin, size: size, root: try tree.root(of: size))
    }

    private static func note(_ checkpoint: Checkpoint) throws -> SignedNote {
        try SignedNote(
            text: checkpoint.text, signatures: [try LogFixtures.log().signature(of: checkpoint.text)])
    }

    private static func witness() throws -> Witness {
        Witness(try LogFixtures.witness(), of: [try LogFixtures.log().noteKey(.note)])
    }

    @Test("cosign what has grown, and their cosignature is verified")
    func grows() throws {
        let keys = [try LogFixtures.log().noteKey(.note), try LogFixtures.witness().noteKey(.cosignature)]
        var last: Checkpoint?
        for size in [0, 1, 7, 7, 16, 20] as [UInt64] {
            let proof = try last.map { try Self.tree.consistencyProof(from: $0.size, to: size) } ?? []
            let note = try Self.witness().cosign(
                try Self.note(Self.checkpoint(size)), after: last, proof: proof, at: 100 + size)
            #expect(try note.verified(by: keys).signatures.map(\.time) == [nil, 100 + size])
            // Cosigned once more, the later time stands for both.
            let again = try Self.witness().cosign(
                note, after: Self.checkpoint(size), proof: [], at: 200 + size)
            #expect(try again.verified(by: keys).signatures.map(\.time) == [nil, 200 + size])
            last = try Checkpoint(text: note.text)
        }
    }

    @Test("refuse a log that shrinks, forks, is another one or has not signed")
    func refusals() throws {
        let witness = try Self.witness()
        let (ten, twenty) = (try Self.checkpoint(10), try Self.checkpoint(20))
        func code(_ note: SignedNote, after last: Checkpoint?, _ proof: [ContentHash]) -> LogError.Code? {
            LogFixtures.code { _ = try witness.cosign(note, after: last, proof: proof, at: 1) }
        }
        let proof = try Self.tree.consistencyProof(from: 10, to: 20)
        #expect(code(try Self.note(twenty), after: ten, proof) == nil)
        #expect(code(try Self.note(ten), after: twenty, []) == .logInconsistent)
        #expect(code(try Self.note(twenty), after: ten, Array(proof.dropLast())) == .proofMismatch)
        #expect(code(try Self.note(twenty), after: nil, proof) == .proofMismatch)
        let fork = HashLevels(leaves: (0..<20).map { [UInt8($0 == 3 ? 99 : $0)] })
        let forked = try Checkpoint(origin: "example.org/hive-log", size: 20, root: try fork.root(of: 20))
        #expect(
            code(try Self.note(forked), after: ten, try fork.consistencyProof(from: 10, to: 20))
                == .logInconsistent)
        #expect(code(try Self.note(forked), after: twenty, []) == .logInconsistent)
        #expect(
            code(try Self.note(Self.checkpoint(20, origin: "example.org/other")), after: ten, proof)
                == .checkpointOrigin)
        let stranger = try LogFixtures.signer("example.org/hive-log", seed: 0x50...0x6F)
        let foreign = try SignedNote(text: twenty.text, signatures: [try stranger.signature(of: twenty.text)])
        #expect(code(foreign, after: ten, proof) == .noteUnsigned)
    }
}
