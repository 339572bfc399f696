import Canonical
import Foundation
import Glibc
import TestSupport
import Testing

/// `waggle key` and `waggle log` through the real program.
@Suite struct LogProgramTests {
    private static let part: Set = ["cleo/2026-03-11-sidecars", "ben/2026-03-06-photos"]

    private let hive: Hive
    private let folder: TemporaryFolder

    init() throws {
        hive = try Hive()
        folder = try TemporaryFolder()
        try hive.deliverSamples(Self.part)
        try hive.run()
    }

    private var published: String { "\(hive.path)/published" }

    private func file(_ name: String) -> String { "\(folder.path)/\(name)" }

    private func log(_ words: String..., expecting status: Int32 = 0) throws -> Program.Result {
        try Program.run(["log"] + words + ["--json", "--workspace", hive.path], expecting: status)
    }

    /// Makes a key, and gives its public halves.
    private func key(_ name: String, named file: String) throws -> (log: String, witness: String) {
        let made = try Program.run("key", "new", self.file(file), "--name", name, "--json", expecting: 0)
            .summary()
        return (try #require(made["log"] as? String), try #require(made["witness"] as? String))
    }

    @Test func keysAreKeptFromOthers() throws {
        let made = try key("example.org/hive", named: "log.key")
        var status = stat()
        #expect(stat(file("log.key"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        let shown = try Program.run("key", "show", file("log.key"), "--json", expecting: 0).summary()
        #expect(shown["log"] as? String == made.log && made.log.hasPrefix("example.org/hive+"))
        let bytes = try Files.bytes(file("log.key"))
        try Program.run("key", "new", file("log.key"), "--name", "example.org/other", expecting: 64)
        #expect(try Files.bytes(file("log.key")) == bytes)
        #expect(chmod(file("log.key"), 0o640) == 0)
        let refused = try Program.run("key", "show", file("log.key"), expecting: 12)
        #expect(refused.errors.contains("chmod 600"))
        _ = try log("sign", "--key", file("log.key"), expecting: 12)
        #expect(!FileManager.default.fileExists(atPath: "\(published)/log/checkpoint"))
        try folder.write("no key", to: "other")
        #expect(chmod(file("other"), 0o600) == 0)
        _ = try log("sign", "--key", file("other"), expecting: 12)
        _ = try log("sign", expecting: 64)
        // OpenSSL reads it as well.
        #expect(chmod(file("log.key"), 0o600) == 0)
        let openssl = try ChildProcess(["/usr/bin/openssl", "pkey", "-in", file("log.key"), "-noout"])
        #expect(try openssl.wait() == .exited(0))
    }

    @Test func signsProvesAndVerifies() throws {
        let unsigned = try log("show").summary()
        #expect(unsigned["entries"] as? Int == 6 && unsigned["checkpoint"] is NSNull)
        _ = try log("prove", "0", expecting: 4)
        let keys = try key("example.org/hive", named: "log.key")
        let signed = try log("sign", "--key", file("log.key")).summary()
        #expect(signed["new"] as? Bool == true && signed["size"] as? Int == 6)
        #expect(signed["manifests"] as? [String] == ["2026-W10", "2026-W11"])
        let tree = try hive.published()
        #expect(tree["epochs/2026-W10/manifest.note"] != nil && tree["log/checkpoint"] != nil)
        #expect(try log("sign", "--key", file("log.key")).summary()["new"] as? Bool == false)
        #expect(try hive.published() == tree)
        let policy = try folder.write("log \(keys.log)\nquorum none\n", to: "policy")
        #expect(try log("verify", "--policy", policy).summary()["signatures_verified"] as? Bool == true)
        // Proofs of entries by number and by what they are about, verified by nothing but the file and the policy.
        let manifest = ContentHash.of(try #require(tree["epochs/2026-W10/manifest.json"])).hex
        for name in ["0", "4", manifest] {
            let proof = file("\(name.prefix(8)).tlog-proof")
            _ = try log("prove", name, "-o", proof)
            let verified = try Program.run(
                "log", "verify", "--proof", proof, "--policy", policy, "--json", "--workspace", "/nowhere",
                expecting: 0
            ).summary()
            #expect((verified["checkpoint"] as? [String: Any])?["size"] as? Int == 6)
            if name == manifest { #expect(verified["epoch"] as? String == "2026-W10") }
            for offset in [30, 90, 300] {
                try Files.flip(proof, at: offset)
                let refused = try Program.run("log", "verify", "--proof", proof, "--policy", policy)
                #expect([4, 12].contains(refused.status), "\(name), byte \(offset): \(refused.status)")
                try Files.flip(proof, at: offset)
            }
        }
        _ = try log("prove", "6", expecting: 4)
        _ = try log("prove", "nothing", expecting: 64)
        try receipts(policy)
        let stranger = try key("example.org/hive", named: "stranger.key")
        let other = try folder.write("log \(stranger.log)\nquorum none\n", to: "other")
        _ = try log("verify", "--policy", other, expecting: 12)
        _ = try log("sign", "--key", file("stranger.key"), expecting: 12)
        _ = try log("verify", "--policy", try folder.write("nonsense\n", to: "bad"), expecting: 64)
        _ = try hive.check()
    }

    /// A contributor's receipt verifies with the receipt, the policy and the program alone; with any byte changed it does not.
    private func receipts(_ policy: String) throws {
        func prove(_ who: String, expecting status: Int32) throws {
            try Program.run(
                "rewards", "prove", who, "--epoch", "2026-W10", "-o", file("award.tlog-proof"), "--workspace",
                hive.path, expecting: status)
        }
        try prove("nobody", expecting: 64)
        try prove("ben", expecting: 0)
        let receipt = file("award.tlog-proof")
        let verified = try Program.run(
            "log", "verify", "--proof", receipt, "--policy", policy, "--json", "--workspace", "/nowhere",
            expecting: 0
        ).summary()
        #expect((verified["award"] as? String ?? "").contains("\"contributor\":\"ben\""))
        let count = try Files.bytes(receipt).count
        for offset in stride(from: 0, to: count, by: max(1, count / 40)) {
            try Files.flip(receipt, at: offset)
            let refused = try Program.run("log", "verify", "--proof", receipt, "--policy", policy)
            #expect([4, 12].contains(refused.status), "byte \(offset): \(refused.status)")
            try Files.flip(receipt, at: offset)
        }
    }

    /// The key on another machine, and given by a descriptor.
    @Test func signsElsewhere() throws {
        let keys = try key("example.org/hive", named: "log.key")
        try Files.copy("\(published)/log", to: file("copy/log"))
        try Files.copy("\(published)/epochs", to: file("copy/epochs"))
        let shell = try ChildProcess([
            "/bin/sh", "-c",
            "exec \"$0\" log sign --key-fd 3 --published \"$1\" 3< \"$2\"", Program.path, file("copy"),
            file("log.key"),
        ])
        #expect(try shell.wait() == .exited(0))
        Files.remove("\(published)/log")
        Files.remove("\(published)/epochs")
        try Files.copy(file("copy/log"), to: "\(published)/log")
        try Files.copy(file("copy/epochs"), to: "\(published)/epochs")
        let policy = try folder.write("log \(keys.log)\nquorum none\n", to: "policy")
        #expect(try log("verify", "--policy", policy).summary()["notes"] as? Int == 2)
        _ = try hive.check()
    }

    @Test func isWitnessedAndRotated() throws {
        let operatorKeys = try key("example.org/hive", named: "log.key")
        let witnessKeys = try key("witness.example", named: "witness.key")
        _ = try log("sign", "--key", file("log.key"))
        let kept = try folder.write(try Files.bytes("\(published)/log/checkpoint"), to: "kept")
        let policy = try folder.write(
            "log \(operatorKeys.log)\nwitness w \(witnessKeys.witness)\nquorum w\n", to: "policy")
        _ = try log("verify", "--policy", policy, expecting: 12)
        func witness(expecting status: Int32) throws -> Program.Result {
            try Program.run(
                "log", "witness", "--key", file("witness.key"), "--state", file("state"), "--log",
                operatorKeys.log,
                "\(published)/log/checkpoint", "-o", file("cosigned"), "--as-of", Program.asOf, "--json",
                expecting: status)
        }
        #expect(try witness(expecting: 0).summary()["time"] as? Int == 1_773_964_800)
        _ = try log("adopt", file("cosigned"), "--policy", policy)
        _ = try log("verify", "--policy", policy)
        // A new key: the log goes on, and who kept a checkpoint sees that it does.
        let next = try key("example.org/hive", named: "next.key")
        let rotated = try log("rotate", "--old", file("log.key"), "--new", file("next.key")).summary()
        #expect(rotated["size"] as? Int == 7)
        _ = try log("sign", "--key", file("next.key"))
        _ = try log("sign", "--key", file("log.key"), expecting: 12)
        let newPolicy = try folder.write("log \(next.log)\nquorum none\n", to: "new-policy")
        let both = try folder.write("log \(next.log)\nlog \(operatorKeys.log)\nquorum none\n", to: "both")
        // The checkpoint that was kept is from before the rotation, which names the key that signed it.
        for policy in [newPolicy, both] {
            _ = try log("verify", "--policy", policy, "--from", kept)
            try Program.run(
                "rewards", "verify", "--policy", policy, "--from", kept, "--workspace", hive.path,
                expecting: 0)
        }
        _ = try witness(expecting: 12)
        _ = try hive.check()
        // Another log in its place does not get past who kept a checkpoint, nor past a witness.
        let other = try Hive()
        try other.deliverSamples(["cleo/2026-03-11-sidecars"])
        try other.run()
        Files.remove("\(published)/log")
        try Files.copy("\(other.path)/published/log", to: "\(published)/log")
        _ = try log("sign", "--key", file("log.key"), expecting: 4)
        Files.remove("\(published)/epochs")
        try Files.copy("\(other.path)/published/epochs", to: "\(published)/epochs")
        _ = try log("sign", "--key", file("log.key"))
        let found = try log("verify", "--from", kept, expecting: 4)
        #expect(found.output.contains("log.inconsistent"))
        _ = try witness(expecting: 4)
    }
}
