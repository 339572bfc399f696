import Canonical
import Testing

@testable import Rewards

@Suite("Proofs that the log has an entry")
struct LogProofTests {
    private static func proof(extra: [UInt8]? = nil) throws -> LogProof {
        let tree = HashLevels(leaves: LogFixtures.leaves)
        return LogProof(
            extra: extra, index: 1, path: try tree.inclusionProof(of: 1, in: 3),
            checkpoint: try SignedNote(parsing: LogFixtures.note))
    }

    private static func policy() throws -> LogPolicy {
        LogPolicy(logs: [try NoteKey(vkey: LogFixtures.logKey)])
    }

    @Test("have the text of c2sp.org/tlog-proof, made of the vector")
    func text() throws {
        let start = """
            c2sp.org/tlog-proof@v1
            extra AQI=
            index 1
            dRjikG4BKe5ZRc19DqAVoXtI9L1C9MKIgCyC6Mmb1AE=
            nrbnfLr/fvkdeLotJ70AWmWPoghMAQ/mh+WcZhq96PE=


            """
        let proof = try Self.proof(extra: [1, 2])
        #expect(proof.bytes == Array(start.utf8) + LogFixtures.note)
        #expect(try LogProof(parsing: proof.bytes) == proof)
        let bare = try Self.proof()
        #expect(try LogProof(parsing: bare.bytes) == bare)
        #expect(try LogProof(parsing: try Self.proof(extra: []).bytes).extra == [])
        let witnessed = try LogPolicy(
            parsing: Array("log \(LogFixtures.logKey)\nwitness w \(LogFixtures.witnessKey)\nquorum w\n".utf8))
        #expect(try proof.verify(LogFixtures.leaves[1], policy: witnessed).checkpoint.size == 3)
    }

    @Test("are refused for another entry, place or policy")
    func refusals() throws {
        let proof = try Self.proof()
        let policy = try Self.policy()
        #expect(
            LogFixtures.code { _ = try proof.verify(LogFixtures.leaves[0], policy: policy) } == .proofMismatch
        )
        let moved = LogProof(index: 2, path: proof.path, checkpoint: proof.checkpoint)
        #expect(
            LogFixtures.code { _ = try moved.verify(LogFixtures.leaves[1], policy: policy) } == .proofMismatch
        )
        let nobody = LogPolicy(logs: [try LogFixtures.signer("a", seed: 1...32).noteKey(.note)])
        #expect(
            LogFixtures.code { _ = try proof.verify(LogFixtures.leaves[1], policy: nobody) } == .noteUnsigned)
    }

    @Test("with any bit flipped prove nothing, or the same with other extra data")
    func bits() throws {
        let proof = try Self.proof(extra: [1, 2])
        let keys = try [LogFixtures.logKey, LogFixtures.witnessKey].map { try NoteKey(vkey: $0) }
        let policy = LogPolicy(logs: [keys[0]], witnesses: [keys[1]], quorum: .witness(keys[1]))
        for bit in 0..<(proof.bytes.count * 8) {
            var bytes = proof.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let other = try? LogProof(parsing: bytes) else { continue }
            #expect(other != proof, "bit \(bit)")
            guard (try? other.verify(LogFixtures.leaves[1], policy: policy)) != nil else { continue }
            #expect(other.extra != proof.extra && other.path == proof.path && other.index == 1, "bit \(bit)")
        }
    }

    @Test(
        "have one form",
        arguments: [
            "", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v2\nindex 1\n\n",
            "c2sp.org/tlog-proof@v1\nindex\n\n", "c2sp.org/tlog-proof@v1\nindex 01\n\n",
            "c2sp.org/tlog-proof@v1\nindex -1\n\n", "c2sp.org/tlog-proof@v1\nindex 1 \n\n",
            "c2sp.org/tlog-proof@v1\nindex 18446744073709551616\n\n",
            "c2sp.org/tlog-proof@v1\nextra a\nindex 1\n\n",
            "c2sp.org/tlog-proof@v1\nindex 1\nextra AQI=\n\n", "c2sp.org/tlog-proof@v1\n\nindex 1\n\n",
            "c2sp.org/tlog-proof@v1\nindex 1\nAQI=\n\n", "c2sp.org/tlog-proof@v1\r\nindex 1\n\n",
            "c2sp.org/tlog-proof@v1\nextra AQI=\nextra AQI=\nindex 1\n\n",
        ])
    func forms(start: String) {
        #expect(
            LogFixtures.code { _ = try LogProof(parsing: Array(start.utf8) + LogFixtures.note) } == .proofForm
        )
    }

    @Test("have at most 63 hashes, and a checkpoint")
    func limits() throws {
        let proof = try Self.proof()
        let long = LogProof(
            index: 1, path: [ContentHash](repeating: proof.path[0], count: 64), checkpoint: proof.checkpoint)
        #expect(LogFixtures.code { _ = try LogProof(parsing: long.bytes) } == .proofForm)
        #expect(
            LogFixtures.code { _ = try LogProof(parsing: Array("c2sp.org/tlog-proof@v1\nindex 1\n\n".utf8)) }
                == .noteForm)
    }
}
