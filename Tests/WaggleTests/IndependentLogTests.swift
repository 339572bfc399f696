import Canonical
import Foundation
import TestSupport
import Testing

/// The log as somebody reads and writes it who has docs/log.md and nothing else: no code of Rewards is used, and OpenSSL
/// verifies the signatures.
@Suite struct IndependentLogTests {
    private let folder: TemporaryFolder
    private var published: String { "\(folder.path)/published" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        guard let only = leaves.first else { return ContentHash.of([]).bytes }
        if leaves.count == 1 { return ContentHash.of([0] + only).bytes }
        var k = 1
        while k * 2 < leaves.count { k *= 2 }
        return ContentHash.of([1] + root(leaves.prefix(k)) + root(leaves.dropFirst(k))).bytes
    }

    private static func path(_ index: Int, _ leaves: ArraySlice<[UInt8]>) -> [[UInt8]] {
        if leaves.count == 1 { return [] }
        var k = 1
        while k * 2 < leaves.count { k *= 2 }
        let (left, right) = (leaves.prefix(k), leaves.dropFirst(k))
        return index < k ? path(index, left) + [root(right)] : path(index - k, right) + [root(left)]
    }

    private func run(_ words: String..., expecting status: Int32 = 0) throws -> Program.Result {
        try Program.run(["log"] + words, expecting: status)
    }

    private func newKey() throws -> String {
        let made = try Program.run(
            "key", "new", "\(folder.path)/log.key", "--name", "example.org/hive", "--json", expecting: 0
        ).summary()
        return try #require(made["log"] as? String)
    }

    /// Whether OpenSSL finds the signature line of the note right.
    private func opensslVerifies(_ note: String, vkey: String) throws -> Bool {
        let parts = try #require(note.range(of: "\n\n", options: .backwards))
        let text = note[..<parts.lowerBound] + "\n"
        let words = note[parts.upperBound...].dropLast().split(separator: " ")
        let signature = try #require(Data(base64Encoded: String(words[2])))
        let key = try #require(Data(base64Encoded: String(vkey.split(separator: "+", maxSplits: 2)[2])))
        // The key id is no part of the signature, nor the type one of the key.
        let start: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
        let names = ["text", "signature", "key"].map { "\(folder.path)/openssl-\($0)" }
        try Files.write(Array(text.utf8), to: names[0])
        try Files.write(Array(signature.dropFirst(4)), to: names[1])
        try Files.write(start + Array(key.dropFirst()), to: names[2])
        return try ChildProcess([
            "/usr/bin/openssl", "pkeyutl", "-verify", "-rawin", "-in", names[0], "-sigfile", names[1],
            "-pubin",
            "-keyform", "DER", "-inkey", names[2],
        ]).wait() == .exited(0)
    }

    @Test func theLogOfARunIsReadByTheDocument() throws {
        let hive = try Hive()
        try hive.deliverSamples(["cleo/2026-03-11-sidecars", "ben/2026-03-06-photos"])
        try hive.run()
        let vkey = try newKey()
        _ = try run("sign", "--key", "\(folder.path)/log.key", "--workspace", hive.path)
        let tree = try hive.published()
        var bundle = try #require(tree["log/tile/entries/000.p/6"])[...]
        var entries: [[UInt8]] = []
        while bundle.count >= 2 {
            let count = Int(bundle[bundle.startIndex]) << 8 | Int(bundle[bundle.startIndex + 1])
            entries.append(Array(bundle.dropFirst(2).prefix(count)))
            bundle = bundle.dropFirst(2 + count)
        }
        #expect(tree["log/tile/0/000.p/6"] == entries.flatMap { ContentHash.of([0] + $0).bytes })
        let checkpoint = String(decoding: try #require(tree["log/checkpoint"]), as: UTF8.self)
        let lines = checkpoint.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "example.org/hive" && lines[1] == "6")
        #expect(lines[2] == Data(Self.root(entries[...])).base64EncodedString())
        #expect(try opensslVerifies(checkpoint, vkey: vkey))
        #expect(
            try !opensslVerifies(checkpoint.replacingOccurrences(of: "hive\n6", with: "hive\n7"), vkey: vkey))
        for (place, epoch) in ["2026-W10", "2026-W11"].enumerated() {
            let manifest = ContentHash.of(try #require(tree["epochs/\(epoch)/manifest.json"])).hex
            let entry = "waggle-log/1 manifest\n{\"epoch\":\"\(epoch)\",\"sha256\":\"\(manifest)\"}\n"
            #expect(entries[2 + 2 * place] == Array(entry.utf8))
            let note = String(decoding: try #require(tree["epochs/\(epoch)/manifest.note"]), as: UTF8.self)
            #expect(note.hasPrefix("waggle-manifest-note/1\n\(epoch)\n\(manifest)\n\n"))
            #expect(try opensslVerifies(note, vkey: vkey))
        }
    }

    /// A log and a receipt written by hand: the program signs the one and verifies the other.
    @Test func aReceiptWrittenByTheDocumentIsVerified() throws {
        let vkey = try newKey()
        let awards = (0..<5).map { Array("{\"amount\":\"\($0)00\",\"contributor\":\"c\($0)\"}".utf8) }
        let ruleset = ContentHash.of([1]).hex
        let manifest =
            "{\"awards\":{\"count\":5,\"root\":\"\(Hexadecimal.text(Self.root(awards[...])))\"},"
            + "\"epoch\":\"2026-W10\",\"format\":\"waggle-manifest/2\",\"ruleset\":\"\(ruleset)\","
            + "\"rulesets\":[{\"adopted_at\":null,\"from\":null,\"ruleset\":\"\(ruleset)\"}],"
            + "\"sealed_as_of\":1773100800000,\"verdicts\":{\"count\":0,\"root\":\"\(ruleset)\"}}"
        try folder.write([1], to: "published/rulesets/\(ruleset).json")
        let hash = ContentHash.of(Array(manifest.utf8)).hex
        let entries = [
            "waggle-log/1 ruleset\n{\"sha256\":\"\(ruleset)\"}\n",
            "waggle-log/1 inputs-sealed\n{\"epoch\":\"2026-W10\",\"inputs\":{\"count\":0,\"root\":\"\(ruleset)\"},"
                + "\"sealed_as_of\":1773100800000}\n",
            "waggle-log/1 manifest\n{\"epoch\":\"2026-W10\",\"sha256\":\"\(hash)\"}\n",
        ].map { Array($0.utf8) }
        try folder.write(
            entries.flatMap { [UInt8($0.count >> 8), UInt8($0.count & 255)] + $0 },
            to: "published/log/tile/entries/000.p/3")
        try folder.write(
            entries.flatMap { ContentHash.of([0] + $0).bytes }, to: "published/log/tile/0/000.p/3")
        let root = Data(Self.root(entries[...])).base64EncodedString()
        try folder.write("waggle-log-head/1\n3\n\(root)\n", to: "published/log/head")
        try folder.write(manifest, to: "published/epochs/2026-W10/manifest.json")
        _ = try run("sign", "--key", "\(folder.path)/log.key", "--published", published)
        let policy = try folder.write("log \(vkey)\nquorum none\n", to: "policy")
        _ = try run("verify", "--policy", policy, "--published", published)
        let checkpoint = String(decoding: try Files.bytes("\(published)/log/checkpoint"), as: UTF8.self)
        func receipt(_ index: Int, award: [UInt8]) throws -> String {
            let path = Self.path(index, awards[...]).map { "\"\(Hexadecimal.text($0))\"" }
            let escaped = { (text: String) in text.replacingOccurrences(of: "\"", with: "\\\"") }
            let extra =
                "{\"award\":\"\(escaped(String(decoding: award, as: UTF8.self)))\",\"format\":\"waggle-receipt/1\","
                + "\"index\":\(index),\"manifest\":\"\(escaped(manifest))\",\"path\":[\(path.joined(separator: ","))]}"
            let siblings = Self.path(2, entries[...]).map { Data($0).base64EncodedString() }
            let lines =
                ["c2sp.org/tlog-proof@v1", "extra \(Data(extra.utf8).base64EncodedString())", "index 2"]
                + siblings
            return try folder.write(
                lines.joined(separator: "\n") + "\n\n" + checkpoint, to: "award-\(index).tlog-proof")
        }
        for (index, award) in awards.enumerated() {
            let file = try receipt(index, award: award)
            let verified = try run("verify", "--proof", file, "--policy", policy, "--json").summary()
            #expect(verified["award"] as? String == String(decoding: award, as: UTF8.self))
            #expect(verified["epoch"] as? String == "2026-W10")
        }
        let forged = Array("{\"amount\":\"900\",\"contributor\":\"c3\"}".utf8)
        _ = try run("verify", "--proof", try receipt(3, award: forged), "--policy", policy, expecting: 4)
    }
}
