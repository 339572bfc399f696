import Canonical
import Testing

@testable import Rewards

@Suite("Signed notes")
struct SignedNoteTests {
    private static func keys() throws -> [NoteKey] {
        [try NoteKey(vkey: LogFixtures.logKey), try NoteKey(vkey: LogFixtures.witnessKey)]
    }

    @Test("of the vector are verified and come back")
    func vector() throws {
        let note = try SignedNote(parsing: LogFixtures.note)
        #expect(note.bytes == LogFixtures.note)
        #expect(note.text == LogFixtures.text)
        let verified = try note.verified(by: Self.keys())
        #expect(verified.signatures.map(\.key.name) == ["example.org/hive-log", "example.org/witness"])
        #expect(verified.signatures.map(\.time) == [nil, 1_700_000_000])
    }

    /// The examples of c2sp.org/signed-note and of the documentation of golang.org/x/mod/sumdb/note.
    @Test(
        "of others are verified",
        arguments: [
            (
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "example.com/foo",
                "This is an example message.\n",
                "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
            ),
            (
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann",
                "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
                "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
            ),
        ])
    func foreign(vkey: String, name: String, text: String, signature: String) throws {
        let note = try SignedNote(parsing: Array("\(text)\n\u{2014} \(name) \(signature)\n".utf8))
        #expect(try note.verified(by: [try NoteKey(vkey: vkey)]).text == Array(text.utf8))
    }

    @Test("are what their signers make, whoever signs")
    func madeHere() throws {
        let (log, witness) = (try LogFixtures.log(), try LogFixtures.witness())
        let text = LogFixtures.bytes("one\n\nthree: \u{C9}\n")
        let note = try SignedNote(
            text: text,
            signatures: [try log.signature(of: text), try witness.cosignature(of: text, at: 1_700_000_001)])
        let read = try SignedNote(parsing: note.bytes)
        #expect(read == note)
        #expect(try read.verified(by: Self.keys()).signatures.map(\.time) == [nil, 1_700_000_001])
    }

    /// Every bit of the whole note: whatever is still accepted is another note, or signed by fewer.
    @Test("with any bit flipped are not accepted as the same note")
    func bits() throws {
        let keys = try Self.keys()
        let whole = try SignedNote(parsing: LogFixtures.note).verified(by: keys)
        var refused = 0
        var fewer = 0
        for bit in 0..<(LogFixtures.note.count * 8) {
            var bytes = LogFixtures.note
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let note = try? SignedNote(parsing: bytes), let found = try? note.verified(by: keys) else {
                refused += 1
                continue
            }
            #expect(found != whole, "bit \(bit)")
            // A signer's name or id may have become that of somebody unknown. The text never changes.
            #expect(found.text == whole.text && found.signatures.count == 1, "bit \(bit)")
            fewer += 1
        }
        #expect(refused > 0 && fewer > 0)
    }

    @Test("with one signature and any bit flipped are refused")
    func bitsOfOne() throws {
        let key = try NoteKey(vkey: LogFixtures.logKey)
        let note = LogFixtures.text + Array("\n\u{2014} example.org/hive-log \(LogFixtures.signature)\n".utf8)
        #expect(throws: Never.self) { try SignedNote(parsing: note).verified(by: [key]) }
        for bit in 0..<(note.count * 8) {
            var bytes = note
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: LogError.self, "bit \(bit)") {
                try SignedNote(parsing: bytes).verified(by: [key])
            }
        }
    }

    @Test("with any byte gone or twice are refused or signed by fewer")
    func lengths() throws {
        let keys = try Self.keys()
        let whole = try SignedNote(parsing: LogFixtures.note).verified(by: keys)
        for place in LogFixtures.note.indices {
            for change in 0..<3 {
                var bytes = LogFixtures.note
                switch change {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(bytes[place], at: place)
                default: bytes.removeSubrange(place...)
                }
                guard let found = try? SignedNote(parsing: bytes).verified(by: keys) else { continue }
                #expect(found != whole, "byte \(place), change \(change)")
                #expect(found.text == whole.text, "byte \(place), change \(change)")
            }
        }
    }

    @Test("count what a known key has signed, and ignore the others")
    func unknown() throws {
        let log = try NoteKey(vkey: LogFixtures.logKey)
        var note = try SignedNote(parsing: LogFixtures.note)
        #expect(try note.verified(by: [log]).signatures.count == 1)
        for number in 0..<14 {
            let other = try LogFixtures.signer("example.net/\(number)", seed: 0x40...0x5F)
            note = try note.adding(try other.signature(of: note.text))
        }
        #expect(note.signatures.count == 16)
        #expect(try SignedNote(parsing: note.bytes).verified(by: [log]).signatures.count == 1)
        #expect(
            LogFixtures.code { _ = try note.verified(by: []) } == .noteUnsigned)
        let stranger = try LogFixtures.signer("example.net/99", seed: 0x40...0x5F).noteKey(.note)
        #expect(LogFixtures.code { _ = try note.verified(by: [stranger]) } == .noteUnsigned)
    }

    @Test("are refused where a known key's signature is wrong, whoever else has signed")
    func wrongKnown() throws {
        let note = try SignedNote(parsing: LogFixtures.note)
        var damaged = note.signatures[1].bytes
        damaged[20] ^= 1
        let witness = try NoteKey(vkey: LogFixtures.witnessKey)
        let bad = try SignedNote(
            text: note.text, signatures: [note.signatures[0], NoteSignature(of: witness, bytes: damaged)])
        #expect(LogFixtures.code { _ = try bad.verified(by: Self.keys()) } == .noteSignature)
        // A right one of the same key beside it mends nothing.
        let both = try bad.adding(note.signatures[1])
        #expect(LogFixtures.code { _ = try both.verified(by: Self.keys()) } == .noteSignature)
    }

    @Test("need a key's own kind of signature")
    func kinds() throws {
        let log = try LogFixtures.log()
        let cosigner = try log.noteKey(.cosignature)
        let plain = try log.signature(of: LogFixtures.text)
        let note = try SignedNote(
            text: LogFixtures.text, signatures: [NoteSignature(of: cosigner, bytes: plain.bytes)])
        #expect(LogFixtures.code { _ = try note.verified(by: [cosigner]) } == .noteSignature)
        // A time beyond 2^63 - 1 is none.
        let stamped = [0x80] + [UInt8](repeating: 0, count: 7) + plain.bytes
        let late = try SignedNote(
            text: LogFixtures.text, signatures: [NoteSignature(of: cosigner, bytes: stamped)])
        #expect(LogFixtures.code { _ = try late.verified(by: [cosigner]) } == .noteSignature)
    }

    @Test(
        "have one form",
        arguments: [
            "", "\n", "text\n", "text\n\n", "text\n\n\n", "text\n\u{2014} a AAAAAAA=\n",
            // The text ends in no line feed of its own, or the note does not.
            "text\n\n\u{2014} a AAAAAAA=", "\u{2014} a AAAAAAA=\n",
            // No name, a plus, two spaces, no dash, another dash.
            "text\n\n\u{2014}  AAAAAAA=\n", "text\n\n\u{2014} a+b AAAAAAA=\n",
            "text\n\n\u{2014} a  AAAAAAA=\n",
            "text\n\na AAAAAAA=\n", "text\n\n- a AAAAAAA=\n",
            // No signature behind the id, no base64, base64 with loose bits.
            "text\n\n\u{2014} a AAAAAA==\n", "text\n\n\u{2014} a AAAA\n", "text\n\n\u{2014} a A\n",
            "text\n\n\u{2014} a AAAAAAB=\n", "text\n\n\u{2014} a\n",
            // Control characters.
            "te\txt\n\n\u{2014} a AAAAAAA=\n", "text\r\n\n\u{2014} a AAAAAAA=\n",
            "te\0xt\n\n\u{2014} a AAAAAAA=\n",
            // An empty line between signatures makes the first ones text, and then there is none behind.
            "text\n\n\u{2014} a AAAAAAA=\n\n",
        ])
    func refusals(text: String) {
        #expect(LogFixtures.code { _ = try SignedNote(parsing: Array(text.utf8)) } == .noteForm)
    }

    @Test("are UTF-8, and no longer than the limits")
    func limits() throws {
        let good = LogFixtures.bytes("text\n\n\u{2014} a AAAAAAA=\n")
        #expect(throws: Never.self) { try SignedNote(parsing: good) }
        #expect(LogFixtures.code { _ = try SignedNote(parsing: [0xC3] + good) } == .noteForm)
        let line = LogFixtures.bytes("\u{2014} a AAAAAAA=\n")
        let many = LogFixtures.bytes("text\n\n") + (0..<100).flatMap { _ in line }
        #expect(try SignedNote(parsing: many).signatures.count == 100)
        #expect(LogFixtures.code { _ = try SignedNote(parsing: many + line) } == .noteForm)
        let long = [UInt8](repeating: 0x61, count: SignedNote.maxBytes)
        #expect(LogFixtures.code { _ = try SignedNote(parsing: long + good) } == .noteForm)
        #expect(LogFixtures.code { _ = try SignedNote(text: [0x61], signatures: []) } == .noteForm)
    }
}
