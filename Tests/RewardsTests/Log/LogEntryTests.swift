import Canonical
import Testing

@testable import Rewards

@Suite("Entries of the log")
struct LogEntryTests {
    static let hash = ContentHash.of([])

    static func all() throws -> [LogEntry] {
        let epoch = try #require(Epoch(id: "2026-W10"))
        let (old, new) = (
            try LogFixtures.log(), try LogFixtures.signer("example.org/hive-log", seed: 0x60...0x7F)
        )
        return [
            .ruleset(hash),
            .inputsSealed(
                SealedInputs(
                    epoch: epoch, sealedAsOf: UTCTime(milliseconds: 1_773_100_800_000), count: 7, root: hash)),
            .manifest(epoch: epoch, sha256: hash), .correction(epoch: epoch, sha256: hash),
            .final(epoch: epoch, sha256: hash), .keyRotation(try KeyRotation(from: old, to: new)),
        ]
    }

    @Test("have the bytes that are documented")
    func bytes() throws {
        let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        let texts = try Self.all().prefix(5).map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(
            texts == [
                "waggle-log/1 ruleset\n{\"sha256\":\"\(hex)\"}\n",
                "waggle-log/1 inputs-sealed\n{\"epoch\":\"2026-W10\",\"inputs\":{\"count\":7,\"root\":\"\(hex)\"},"
                    + "\"sealed_as_of\":1773100800000}\n",
                "waggle-log/1 manifest\n{\"epoch\":\"2026-W10\",\"sha256\":\"\(hex)\"}\n",
                "waggle-log/1 correction\n{\"epoch\":\"2026-W10\",\"sha256\":\"\(hex)\"}\n",
                "waggle-log/1 final\n{\"epoch\":\"2026-W10\",\"sha256\":\"\(hex)\"}\n",
            ])
    }

    @Test("come back")
    func roundTrip() throws {
        for entry in try Self.all() { #expect(try LogEntry(parsing: entry.bytes) == entry) }
    }

    /// No bit of an entry can change without its being refused or being another one; of a rotation, none at all.
    @Test("with any bit flipped are refused, or are others")
    func bits() throws {
        for entry in try Self.all() {
            for bit in 0..<(entry.bytes.count * 8) {
                var bytes = entry.bytes
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                guard let other = try? LogEntry(parsing: bytes) else { continue }
                #expect(
                    other != entry && other.bytes == bytes && entry.kind != .keyRotation,
                    "\(entry.kind), bit \(bit)")
            }
        }
    }

    @Test(
        "have one form",
        arguments: [
            "", "\n", "waggle-log/1 ruleset", "waggle-log/1 ruleset\n", "waggle-log/2 ruleset\n{}\n",
            "waggle-log/1 rulesets\n{}\n", "waggle-log/1 ruleset\n{}\n",
            "waggle-log/1 ruleset\n{\"sha256\":\"00\"}\n",
            "waggle-log/1 ruleset\n{\"sha256\":\"HASH\"}", "waggle-log/1 ruleset\n{\"sha256\":\"HASH\"}\n\n",
            "waggle-log/1 ruleset\n{ \"sha256\":\"HASH\"}\n",
            "waggle-log/1 ruleset\n{\"sha256\":\"HASH\",\"x\":1}\n",
            "waggle-log/1 ruleset\n{\"sha256\":\"HASH\",\"sha256\":\"HASH\"}\n",
            "waggle-log/1 ruleset\r\n{\"sha256\":\"HASH\"}\n",
            "waggle-log/1  ruleset\n{\"sha256\":\"HASH\"}\n",
            "waggle-log/1 manifest\n{\"sha256\":\"HASH\",\"epoch\":\"2026-W10\"}\n",
            "waggle-log/1 manifest\n{\"epoch\":\"2026-W54\",\"sha256\":\"HASH\"}\n",
            "waggle-log/1 manifest\n{\"epoch\":null,\"sha256\":\"HASH\"}\n",
            "waggle-log/1 inputs-sealed\n{\"epoch\":\"2026-W10\",\"inputs\":{\"count\":7.0,\"root\":\"HASH\"},\"sealed_as_of\":1}\n",
            "waggle-log/1 inputs-sealed\n{\"epoch\":\"2026-W10\",\"inputs\":{\"count\":-1,\"root\":\"HASH\"},\"sealed_as_of\":1}\n",
            "waggle-log/1 inputs-sealed\n{\"epoch\":\"2026-W10\",\"inputs\":{\"count\":9007199254740992,\"root\":\"HASH\"},\"sealed_as_of\":1}\n",
            "waggle-log/1 inputs-sealed\n{\"epoch\":\"2026-W10\",\"inputs\":[],\"sealed_as_of\":1}\n",
        ])
    func refusals(text: String) {
        let bytes = Array(text.replacing("HASH", with: Self.hash.hex).utf8)
        #expect(LogFixtures.code { _ = try LogEntry(parsing: bytes) } == .entryForm)
    }

    @Test("have at most 65,535 bytes")
    func longest() {
        let long = Array("waggle-log/1 ruleset\n".utf8) + [UInt8](repeating: 0x20, count: 65_536)
        #expect(LogFixtures.code { _ = try LogEntry(parsing: long) } == .entryForm)
    }

    @Test("that change keys are signed by both, in their order, under one name")
    func rotation() throws {
        let (old, new) = (
            try LogFixtures.log(), try LogFixtures.signer("example.org/hive-log", seed: 0x60...0x7F)
        )
        let rotation = try KeyRotation(from: old, to: new)
        let (first, second) = (rotation.note.signatures[0], rotation.note.signatures[1])
        func refuses(_ signatures: [NoteSignature]) throws -> Bool {
            let note = try SignedNote(text: rotation.note.text, signatures: signatures)
            return (try? KeyRotation(note: note)) == nil
        }
        #expect(try !refuses([first, second]))
        #expect(
            try refuses([first]) && refuses([second]) && refuses([second, first]) && refuses([first, first]))
        let stranger = try LogFixtures.witness().signature(of: rotation.note.text)
        #expect(try refuses([first, second, stranger]) && refuses([stranger, second]))
        let other = try LogFixtures.log().signature(of: Array("other\n".utf8))
        #expect(try refuses([other, second]))
        #expect(LogFixtures.code { _ = try KeyRotation(from: old, to: old) } == .keyForeign)
        let renamed = try LogFixtures.signer("example.org/other", seed: 0x60...0x7F)
        #expect(LogFixtures.code { _ = try KeyRotation(from: old, to: renamed) } == .keyForeign)
    }
}
