import Canonical
import Testing

@testable import Rewards

@Suite("Policies")
struct LogPolicyTests {
    /// Six witnesses of two organisations, as the example of c2sp.org/tlog-policy has them.
    private static func witness(_ number: Int) throws -> NoteSigner {
        let first = UInt8(number)
        return try LogFixtures.signer("witness\(number).example", seed: first...(first + 31))
    }

    private static func witnessLines(_ count: Int = 6) throws -> [String] {
        try (1...count).map { "witness W\($0) \(try witness($0).noteKey(.cosignature).vkey)" }
    }

    private static func policy(_ lines: [String]) throws -> LogPolicy {
        try LogPolicy(parsing: Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    private static func note(cosignedBy numbers: [Int]) throws -> SignedNote {
        var note = try SignedNote(
            text: LogFixtures.text, signatures: [try LogFixtures.log().signature(of: LogFixtures.text)])
        for number in numbers {
            note = try note.adding(try witness(number).cosignature(of: note.text, at: 1_700_000_000))
        }
        return note
    }

    @Test("ask for the quorum of the specification's example, for every set of witnesses")
    func example() throws {
        let policy = try Self.policy(
            ["# An example.", "log \(LogFixtures.logKey) https://example.org/", ""] + Self.witnessLines()
                + [
                    "group X-witnesses 2 W1 W2 W3", "\tgroup  Y-witnesses \t any W4 W5 W6  ",
                    "group X-and-Y all X-witnesses Y-witnesses", "quorum X-and-Y", "  # The end.",
                ])
        for set in 0..<64 {
            let numbers = (1...6).filter { set >> ($0 - 1) & 1 == 1 }
            let isEnough = numbers.count { $0 <= 3 } >= 2 && numbers.contains { $0 > 3 }
            let note = try Self.note(cosignedBy: numbers)
            if isEnough {
                #expect(try policy.verify(note).cosignatures.count == numbers.count)
            } else {
                #expect(LogFixtures.code { _ = try policy.verify(note) } == .policyQuorum, "\(numbers)")
            }
        }
    }

    @Test("may ask for one witness or none")
    func simple() throws {
        let none = try Self.policy(["log \(LogFixtures.logKey)", "quorum none"])
        #expect(try none.verify(Self.note(cosignedBy: [])).checkpoint.size == 3)
        let one = try Self.policy(["log \(LogFixtures.logKey)"] + Self.witnessLines(2) + ["quorum W2"])
        #expect(LogFixtures.code { _ = try one.verify(Self.note(cosignedBy: [1])) } == .policyQuorum)
        #expect(try one.verify(Self.note(cosignedBy: [2])).cosignatures.map(\.time) == [1_700_000_000])
        let published = try SignedNote(parsing: LogFixtures.note)
        let vector = try Self.policy([
            "log \(LogFixtures.logKey)", "witness w \(LogFixtures.witnessKey)", "quorum w",
        ])
        #expect(try vector.verify(published).checkpoint.origin == "example.org/hive-log")
    }

    @Test("need the signature of a log that is the checkpoint's origin")
    func logs() throws {
        let stranger = try LogFixtures.signer("example.net/log", seed: 0x70...0x8F)
        let foreign = try Self.policy(["log \(try stranger.noteKey(.note).vkey)", "quorum none"])
        #expect(LogFixtures.code { _ = try foreign.verify(Self.note(cosignedBy: [])) } == .noteUnsigned)
        // Another log's key is trusted, and has signed a checkpoint of this origin.
        let note = try SignedNote(
            text: LogFixtures.text, signatures: [try stranger.signature(of: LogFixtures.text)])
        #expect(LogFixtures.code { _ = try foreign.verify(note) } == .checkpointOrigin)
        // Only a witness has signed.
        let witnessed = try SignedNote(
            text: LogFixtures.text, signatures: [try Self.witness(1).cosignature(of: LogFixtures.text, at: 1)]
        )
        let policy = try Self.policy(["log \(LogFixtures.logKey)"] + Self.witnessLines(1) + ["quorum W1"])
        #expect(LogFixtures.code { _ = try policy.verify(witnessed) } == .noteUnsigned)
    }

    @Test(
        "have one meaning or none",
        arguments: [
            [], ["log LOG"], ["quorum W1"], ["quorum none", "quorum none"], ["quorum"], ["quorum none none"],
            ["quorum W1", "witness W1 WITNESS1"], ["frob LOG", "quorum none"], ["Log LOG", "quorum none"],
            ["log", "quorum none"], ["log LOG a b", "quorum none"], ["log LOG", "log LOG", "quorum none"],
            ["log x+00000000+AAAA", "quorum none"], ["log WITNESS1", "quorum none"],
            ["witness W1 LOG", "quorum none"], ["witness W1", "quorum none"],
            ["witness none WITNESS1", "quorum none"],
            ["witness W1 WITNESS1", "witness W2 WITNESS1", "quorum none"],
            ["witness W1 WITNESS1", "witness W1 WITNESS2", "quorum none"],
            ["witness W1 WITNESS1", "group g any", "quorum none"],
            ["witness W1 WITNESS1", "group g 0 W1", "quorum none"],
            ["witness W1 WITNESS1", "group g 2 W1", "quorum none"],
            ["witness W1 WITNESS1", "group g 01 W1", "quorum none"],
            ["witness W1 WITNESS1", "group g -1 W1", "quorum none"],
            ["witness W1 WITNESS1", "group g ALL W1", "quorum none"],
            ["witness W1 WITNESS1", "group g any W1 W1", "quorum g"],
            ["witness W1 WITNESS1", "group g any W2", "quorum g"],
            ["witness W1 WITNESS1", "group g any g", "quorum g"],
            ["witness W1 WITNESS1", "group W1 any W1", "quorum W1"],
            ["witness W1 WITNESS1", "group none any W1", "quorum none"],
            ["witness W1 WITNESS1", "group g any W1 none", "quorum g"],
            ["witness W1 WITNESS1", "group g any W1", "group h any W1", "quorum h"],
            ["quorum none\r"], ["quorum\u{0} none"], ["quorum none\u{7F}"], ["# \u{1}", "quorum none"],
        ])
    func refusals(lines: [String]) throws {
        let text = lines.map { "\($0)\n" }.joined()
            .replacing("LOG", with: LogFixtures.logKey)
            .replacing("WITNESS1", with: try Self.witness(1).noteKey(.cosignature).vkey)
            .replacing("WITNESS2", with: try Self.witness(2).noteKey(.cosignature).vkey)
        let code = LogFixtures.code { _ = try LogPolicy(parsing: Array(text.utf8)) }
        #expect(code == .policyForm || code == .keyForm)
    }

    @Test("take names as bytes, and end with a line feed")
    func names() throws {
        let key = try Self.witness(1).noteKey(.cosignature).vkey
        let kelvin = Array("witness \u{212A} \(key)\n".utf8)
        #expect(throws: Never.self) { try LogPolicy(parsing: kelvin + Array("quorum \u{212A}\n".utf8)) }
        #expect(
            LogFixtures.code { _ = try LogPolicy(parsing: kelvin + Array("quorum K\n".utf8)) } == .policyForm)
        let raw =
            Array("witness ".utf8) + [0xFF, 0xFE] + Array(" \(key)\nquorum ".utf8) + [0xFF, 0xFE, 0x0A]
        #expect(throws: Never.self) { try LogPolicy(parsing: raw) }
        #expect(LogFixtures.code { _ = try LogPolicy(parsing: Array(raw.dropLast())) } == .policyForm)
    }
}
