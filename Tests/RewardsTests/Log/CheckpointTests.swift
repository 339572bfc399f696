import Canonical
import Testing

@testable import Rewards

@Suite("Checkpoints")
struct CheckpointTests {
    private static let root = LogFixtures.root

    @Test("of the vector have its text")
    func vector() throws {
        let tree = HashLevels(leaves: LogFixtures.leaves)
        let checkpoint = try Checkpoint(
            origin: "example.org/hive-log", size: 3, root: try tree.root(of: 3))
        #expect(checkpoint.text == LogFixtures.text)
        #expect(try Checkpoint(text: LogFixtures.text) == checkpoint)
    }

    @Test("may have further lines, which stay as they are")
    func extensions() throws {
        let text = LogFixtures.text + Array("one more\n\u{E9}\n".utf8)
        let checkpoint = try Checkpoint(text: text)
        #expect(checkpoint.extensions == ["one more", "\u{E9}"])
        #expect(checkpoint.text == text)
    }

    @Test(
        "have three lines at least, none empty, and one way to write a number",
        arguments: [
            "", "\n", "a\n", "a\n3\n", "a\n3\n\(root)", "\n3\n\(root)\n", "a\n\n\(root)\n", "a\n3\n\n",
            "a\n3\n\(root)\n\n", "a\n3\n\(root)\n\nb\n", "a\n03\n\(root)\n", "a\n+3\n\(root)\n",
            "a\n-3\n\(root)\n",
            "a\n 3\n\(root)\n", "a\n3 \n\(root)\n", "a\n0x3\n\(root)\n", "a\n18446744073709551616\n\(root)\n",
            "a\n99999999999999999999999\n\(root)\n", "a\n3\n\(root)=\n", "a\n3\nAAAA\n", "a\n3\n \(root)\n",
            "cosignature/v1\n3\n\(root)\n",
        ])
    func refusals(text: String) {
        #expect(LogFixtures.code { _ = try Checkpoint(text: Array(text.utf8)) } == .checkpointForm)
    }

    @Test("reach to the greatest number of 64 bits")
    func greatest() throws {
        let text = LogFixtures.bytes("a\n18446744073709551615\n\(Self.root)\n")
        #expect(try Checkpoint(text: text).size == .max)
        #expect(try Checkpoint(text: text).text == text)
    }

    @Test("are written only for names that can sign", arguments: ["", "a b", "a+b", "a\nb", "waggle-log/1"])
    func origins(origin: String) throws {
        let root = try LogFixtures.hash(base64: Self.root)
        #expect(throws: LogError.self) { try Checkpoint(origin: origin, size: 3, root: root) }
    }
}
