import Canonical
import Foundation
import Glibc
import TestSupport
import Testing

private let opensslPath = "/usr/bin/openssl"

/// `waggle bundle` through the real program.
@Suite struct BundleProgramTests {
    /// What a frame's record says that depends on the frame and not on the file it came in.
    private static func facts(_ hive: Hive) throws -> [String] {
        var facts: [String] = []
        for contributor in ["ada", "ben", "cleo", "mallory"] {
            let records = try Program.run(
                "explain", "contributor", contributor, "--json", "--workspace", hive.path, expecting: 0
            ).records()
            for record in records where record["type"] as? String == "frame" {
                let wanted = [
                    "contributor", "sha256", "bytes", "verdict", "rule", "value", "limit", "captured_at",
                    "received_at", "latitude_e7", "longitude_e7", "heading_centidegrees",
                    "horizontal_error_mm", "position_from", "quality",
                ]
                facts.append(wanted.map { "\($0)=\(record[$0] ?? "none")" }.joined(separator: " "))
            }
        }
        return facts.sorted()
    }

    /// A sample drive of each format as it is, and as the bundle made of it: the same frames with the same verdicts.
    @Test func aBundleIsJudgedAsItsSource() throws {
        let good: Set<String> = [
            "ada/2026-03-05-framekm", "ben/2026-03-06-photos", "cleo/2026-03-07-photos-and-trace",
            "mallory/2026-03-09-sidecars",
        ]
        let (plain, bundled) = (try Hive(), try Hive())
        try plain.deliverSamples(good)
        for upload in good.sorted() {
            let made = "\(bundled.inbox)/\(upload)"
            try Files.copy("\(Program.samples)/\(upload).receipt.json", to: "\(made).receipt.json")
            let summary = try Program.run(
                "bundle", "create", "\(Program.samples)/\(upload)", "-o", made, "--json", expecting: 0
            ).summary()
            #expect(summary["remarks"] as? [String] == [], "\(upload)")
            try Program.run("bundle", "verify", made, expecting: 0)
        }
        for hive in [plain, bundled] {
            try Program.run("ingest", "--as-of", Program.asOf, "--workspace", hive.path, expecting: 0)
        }
        let (expected, found) = (try Self.facts(plain), try Self.facts(bundled))
        #expect(expected.count == 110)
        #expect(found == expected)
        _ = try bundled.check()
    }

    private func openssl(_ words: String...) throws -> ChildProcess.End {
        try ChildProcess([opensslPath] + words).wait()
    }

    /// Keys and signatures of ours are OpenSSL's, and the other way round.
    @Test(.enabled(if: access(opensslPath, X_OK) == 0)) func opensslAgrees() throws {
        let folder = try TemporaryFolder()
        let path = folder.path
        try Program.run("bundle", "key", "-o", "\(path)/ours", expecting: 0)
        #expect(
            try openssl("pkey", "-in", "\(path)/ours", "-pubout", "-out", "\(path)/ours.again") == .exited(0))
        #expect(try Files.bytes("\(path)/ours.again") == Files.bytes("\(path)/ours.pub"))
        #expect(try openssl("genpkey", "-algorithm", "ed25519", "-out", "\(path)/theirs") == .exited(0))
        #expect(
            try openssl("pkey", "-in", "\(path)/theirs", "-pubout", "-out", "\(path)/theirs.pub")
                == .exited(0))
        let source = "\(Program.samples)/cleo/2026-03-11-sidecars"
        for key in ["ours", "theirs"] {
            let made = "\(path)/bundle-\(key)"
            try Program.run(
                "bundle", "create", source, "-o", made, "--device", "cam", "--key", "\(path)/\(key)",
                expecting: 0)
            try Program.run("bundle", "verify", made, "--key", "\(path)/\(key).pub", expecting: 0)
            let message = Array("waggle-bundle-signature/1\n".utf8) + (try Files.bytes("\(made)/upload.json"))
            try folder.write(message, to: "message")
            func verified(by key: String) throws -> ChildProcess.End {
                try openssl(
                    "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "\(path)/\(key).pub", "-in",
                    "\(path)/message", "-sigfile", "\(made)/upload.sig")
            }
            #expect(try verified(by: key) == .exited(0))
            #expect(try verified(by: key == "ours" ? "theirs" : "ours") != .exited(0))
            // A signature that OpenSSL makes is the same one.
            let signed = try openssl(
                "pkeyutl", "-sign", "-rawin", "-inkey", "\(path)/\(key)", "-in", "\(path)/message", "-out",
                "\(path)/signature")
            #expect(signed == .exited(0))
            #expect(try Files.bytes("\(path)/signature") == Files.bytes("\(made)/upload.sig"))
        }
    }

    @Test func signedAndVerified() throws {
        let folder = try TemporaryFolder()
        let (path, made) = (folder.path, "\(folder.path)/bundle")
        try Program.run("bundle", "key", "-o", "\(path)/key", expecting: 0)
        try Program.run("bundle", "key", "-o", "\(path)/other", expecting: 0)
        var status = stat()
        #expect(stat("\(path)/key", &status) == 0 && status.st_mode & 0o777 == 0o600)
        try Program.run("bundle", "key", "-o", "\(path)/key", expecting: 64)
        let source = "\(Program.samples)/cleo/2026-03-07-photos-and-trace"
        try Program.run("bundle", "create", source, "-o", made, "--device", "cam", expecting: 0)
        try Program.run("bundle", "create", source, "-o", made, expecting: 64)
        try Program.run("bundle", "verify", made, "--key", "\(path)/key.pub", expecting: 12)
        let first = try Program.run("bundle", "sign", made, "--key", "\(path)/key", "--json", expecting: 0)
            .summary()
        #expect(first["sequence"] as? Int == 1 && first["previous"] is NSNull)
        #expect(first["sha256"] as? String == ContentHash.of(try Files.bytes("\(made)/upload.json")).hex)
        let sound = try Program.run(
            "bundle", "verify", made, "--key", "\(path)/key.pub", "--json", expecting: 0
        ).summary()
        #expect(sound["sound"] as? Bool == true && sound["device"] as? String == "cam")
        #expect(sound["traces"] as? Int == 1)
        try Program.run("bundle", "verify", made, "--key", "\(path)/other.pub", expecting: 12)
        // The private key is no public one, and a photo is none at all.
        try Program.run("bundle", "verify", made, "--key", "\(path)/key", expecting: 12)
        try Program.run("bundle", "sign", made, "--key", "\(path)/key.pub", expecting: 12)

        let next = "\(path)/next"
        try Program.run(
            "bundle", "create", source, "-o", next, "--device", "cam", "--key", "\(path)/key", "--previous",
            made,
            expecting: 0)
        let second = try Program.run("bundle", "verify", next, "--json", expecting: 0).summary()
        #expect(second["sequence"] as? Int == 2)
        #expect(second["previous"] as? String == first["sha256"] as? String)
        for words in [
            ["--key", "\(path)/other", "--previous", made], ["--key", "\(path)/key", "--sequence", "2"],
            ["--key", "\(path)/key", "--sequence", "0"], ["--key", "\(path)/key", "--device", "another"],
            ["--key", "\(path)/key", "--previous", String(repeating: "0", count: 64)],
            ["--key", "\(path)/key", "--sequence", "1", "--previous", made],
        ] { try Program.run(["bundle", "sign", next] + words, expecting: 64) }
        #expect(
            try Program.run("bundle", "verify", next, "--json", expecting: 0).summary()["sequence"] as? Int
                == 2)
    }

    @Test func damageAndItsStatus() throws {
        let folder = try TemporaryFolder()
        let (path, made) = (folder.path, "\(folder.path)/bundle")
        try Program.run("bundle", "key", "-o", "\(path)/key", expecting: 0)
        try Program.run(
            "bundle", "create", "\(Program.samples)/ada/2026-03-05-framekm", "-o", made, "--device", "cam",
            "--key", "\(path)/key", expecting: 0)
        func verify(_ status: Int32, _ code: String, after change: (String) throws -> Void) throws {
            let copy = "\(path)/copy"
            try Files.copy(made, to: copy)
            defer { Files.remove(copy) }
            try change(copy)
            let result = try Program.run("bundle", "verify", copy, "--json", expecting: status)
            #expect(result.records().first?["code"] as? String == code)
            #expect(result.summary()["sound"] as? Bool == false)
        }
        try verify(4, "bundle.file_differs") { try Files.flip("\($0)/frames/0-00003.jpg", at: 2000) }
        try verify(4, "bundle.file_missing") { Files.remove("\($0)/frames/0-00003.jpg") }
        try verify(4, "bundle.unlisted_file") { try Files.write([1], to: "\($0)/frames/x.jpg") }
        try verify(4, "bundle.bad_json") { try Files.flip("\($0)/upload.json", at: 0) }
        try verify(12, "bundle.signature_wrong") { try Files.flip("\($0)/upload.sig", at: 63) }
        try verify(12, "bundle.signature_wrong") { try Files.write([], to: "\($0)/upload.sig") }
        try verify(12, "bundle.signature_stripped") { Files.remove("\($0)/upload.sig") }
        try verify(12, "bundle.signature_wrong") { copy in
            let bytes = try Files.bytes("\(copy)/upload.json")
            let text = String(decoding: bytes, as: UTF8.self)
            let moved = text.replacingOccurrences(of: "\"latitude_e7\":48", with: "\"latitude_e7\":49")
            #expect(moved != text)
            try Files.write(Array(moved.utf8), to: "\(copy)/upload.json")
        }
        // What is signed must be whole.
        Files.remove("\(made)/frames/0-00003.jpg")
        try Program.run("bundle", "sign", made, "--key", "\(path)/key", expecting: 1)
        try Program.run("bundle", "verify", path, expecting: 64)
        try Program.run("bundle", "verify", "\(path)/nowhere", expecting: 1)
        try Program.run("bundle", "create", path, "-o", "\(path)/new", expecting: 1)
        #expect(!Files.names(path).contains("new"))
    }
}
