import SeededNumbers
import Testing

@testable import Canonical

@Suite("ContentHash")
struct ContentHashTests {
    /// FIPS 180-4 examples as published by NIST; the last one by Python's hashlib.
    @Test(
        "is SHA-256",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
                    + "klmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
            ("Wäggle 🐝", "ff6280258189828c3348c9e8448870ac1961bc5888c9c36aaa4044ad69a3a6cc"),
        ])
    func vectors(text: String, hex: String) {
        #expect(ContentHash.of(text).hex == hex)
        #expect(ContentHash.of(Array(text.utf8)).description == hex)
    }

    @Test("does not depend on how the bytes are cut", arguments: [1, 2, 3] as [UInt64])
    func pieces(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        let bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &numbers) }
        var hasher = ContentHasher()
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 0...200, using: &numbers))
            hasher.update(Array(bytes[start..<end]))
            start = end
        }
        #expect(hasher.finish() == ContentHash.of(bytes))
    }

    @Test("can go on after it was asked for the hash so far")
    func goesOn() {
        var hasher = ContentHasher()
        hasher.update("a")
        #expect(hasher.finish() == ContentHash.of("a"))
        hasher.update("bc")
        #expect(hasher.finish() == ContentHash.of("abc"))
    }

    @Test("comes back from its bytes and its text")
    func roundTrip() throws {
        let hash = ContentHash.of("abc")
        #expect(hash.bytes.count == 32)
        #expect(hash.bytes.prefix(4) == [0xBA, 0x78, 0x16, 0xBF])
        #expect(hash.bytes.suffix(2) == [0x15, 0xAD])
        #expect(ContentHash(bytes: hash.bytes) == hash)
        #expect(ContentHash(hex: hash.hex) == hash)
    }

    @Test("refuses what is no hash")
    func refusals() {
        let hex = ContentHash.of("abc").hex
        #expect(ContentHash(hex: String(hex.dropLast())) == nil)
        #expect(ContentHash(hex: hex + "00") == nil)
        #expect(ContentHash(hex: hex.uppercased()) == nil)
        #expect(ContentHash(hex: " " + hex.dropFirst()) == nil)
        #expect(ContentHash(bytes: [UInt8](repeating: 0, count: 31)) == nil)
        #expect(ContentHash(bytes: [UInt8](repeating: 0, count: 33)) == nil)
    }

    @Test("appends its digits and its bytes", arguments: 0..<256)
    func appends(value: Int) throws {
        let bytes = (0..<32).map { UInt8(truncatingIfNeeded: value &* (2 * $0 + 1) &+ $0 * 17) }
        let hash = try #require(ContentHash(bytes: bytes))
        var text: [UInt8] = [1]
        text.append(addingCapacity: 64) { (output: inout OutputSpan<UInt8>) in hash.appendHex(to: &output) }
        #expect(text == [1] + Array(Hexadecimal.text(bytes).utf8))
        var copy: [UInt8] = [1]
        hash.append(to: &copy)
        #expect(copy == [1] + bytes)
    }

    @Test("is ordered and told apart by every byte", arguments: 0..<32)
    func order(place: Int) throws {
        var bytes = [UInt8](repeating: 0x7F, count: 32)
        let middle = try #require(ContentHash(bytes: bytes))
        bytes[place] = 0x80
        let greater = try #require(ContentHash(bytes: bytes))
        bytes[place] = 0x7E
        // What follows weighs less than the byte in question.
        for later in place + 1..<max(32, place + 1) { bytes[later] = 0xFF }
        let lesser = try #require(ContentHash(bytes: bytes))
        #expect(lesser < middle && middle < greater)
        #expect(middle != greater && middle != lesser)
        #expect(
            [greater, lesser, middle].sorted().map(\.hex) == [greater, lesser, middle].map(\.hex).sorted())
    }
}
