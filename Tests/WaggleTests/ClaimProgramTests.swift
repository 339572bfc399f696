import Foundation
import TestSupport
import Testing

/// Addresses and claims through the real program.
@Suite struct ClaimProgramTests {
    private static let (ada, ben) = (
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
    )

    @Test func fromAnAddressToAClaim() throws {
        let hive = try Hive()
        let path = hive.folder.path
        func run(_ words: String..., at time: String? = nil, status: Int32 = 0) throws -> Program.Result {
            try Program.run(
                words + (time.map { ["--as-of", $0] } ?? []) + ["--json", "--workspace", hive.path],
                expecting: status)
        }
        func bind(
            _ account: String, _ address: String, at time: String, _ status: Int32 = 0, key: [String]? = nil
        ) throws -> Program.Result {
            try Program.run(
                ["rewards", "bind", account, "--scheme", "oz", "--address", address]
                    + (key ?? ["--key", "\(path)/operator"])
                    + ["--as-of", time, "--json", "--workspace", hive.path], expecting: status)
        }
        for name in ["operator", "other"] {
            try Program.run("bundle", "key", "-o", "\(path)/\(name)", expecting: 0)
        }
        // Nobody's signature counts before it is said whose does.
        _ = try bind("ada", Self.ada, at: "2026-03-02T00:00:00Z", 64)
        func operators(
            _ change: String, _ key: String, by signer: String, at time: String, _ status: Int32 = 0
        )
            throws -> Program.Result
        {
            try run(
                "rewards", "operators", change, "\(path)/\(key).pub", "--key", "\(path)/\(signer)", at: time,
                status: status)
        }
        // The first key names itself.
        _ = try operators("add", "operator", by: "other", at: "2026-03-01T00:00:00Z", 64)
        let add = try operators("add", "operator", by: "operator", at: "2026-03-01T00:00:00Z")
        #expect(add.summary()["new"] as? Bool == true)
        _ = try operators("add", "other", by: "other", at: "2026-03-01T00:00:00Z", 64)
        _ = try bind("ada", Self.ada, at: "2026-02-28T00:00:00Z", 64)
        _ = try bind("ada", Self.ada, at: "2026-03-02T00:00:00Z", 64, key: ["--key", "\(path)/other"])
        _ = try bind("ada", Self.ada.lowercased(), at: "2026-03-02T00:00:00Z", 64)
        _ = try bind("ada", Self.ada, at: "2026-03-02T00:00:00Z", 12, key: ["--key", "\(path)/operator.pub"])
        let early = try bind("ada", Self.ada, at: "2026-03-02T00:00:00Z").summary()
        #expect(early["new"] as? Bool == true && early["known"] as? Bool == false)
        #expect(try bind("ada", Self.ada, at: "2026-03-02T00:00:00Z").summary()["new"] as? Bool == false)

        try hive.deliverSamples()
        try Program.run("run", "--as-of", "2026-03-12T20:00:00Z", "--workspace", hive.path, expecting: 3)
        // W10 is sealed as of 11 March and can be challenged for three days.
        let tooEarly = try run("rewards", "export", "--scheme", "oz", "--epoch", "2026-W10", status: 1)
        #expect(tooEarly.errors.contains("2026-03-14T00:00:00Z"))
        _ = try run("rewards", "export", "--scheme", "oz", status: 64)
        _ = try run("epoch", "finalize", at: "2026-03-14T00:00:00Z")
        _ = try bind("ben", Self.ben, at: "2026-03-10T00:00:00Z", 64)
        #expect(try bind("ben", Self.ben, at: "2026-03-12T00:00:00Z").summary()["known"] as? Bool == true)

        let made = try run("rewards", "export", "--scheme", "oz").summary()
        let file = "\(hive.path)/published/claims/2026-W10/oz.json"
        #expect(made["path"] as? String == file && made["new"] as? Bool == true)
        #expect(made["accounts"] as? Int == 1)
        let awards = try run("rewards", "show", "2026-W10").records().filter {
            $0["type"] as? String == "award"
        }
        let totals = Dictionary(
            uniqueKeysWithValues: awards.compactMap { award in
                (award["contributor"] as? String).flatMap { name in
                    (award["cumulative"] as? String).map { (name, $0) }
                }
            }.filter { $0.1 != "0" })
        let claims = try #require(
            try JSONSerialization.jsonObject(with: Data(try Files.bytes(file))) as? [String: Any])
        let own = try #require((claims["claims"] as? [[String: Any]])?.first)
        // 18 decimals: a micro-point is 10^12 base units.
        #expect(own["amount"] as? String == "\(try #require(totals["ada"]))000000000000")
        #expect(made["total"] as? String == own["amount"] as? String)
        #expect(
            own["accounts"] as? [[String: String]] == [["account": "ada", "points": totals["ada"] ?? ""]])
        #expect(own["address"] as? String == Self.ada && claims["root"] as? String == made["root"] as? String)
        // Ben's binding is from after the seal.
        let unbound = try #require(claims["unbound"] as? [[String: String]])
        #expect(unbound.map { $0["account"] } == totals.keys.filter { $0 != "ada" }.sorted())
        #expect(unbound.allSatisfy { $0["points"] == totals[$0["account"] ?? ""] })

        let before = try Files.tree("\(hive.path)/published/claims")
        #expect(before.keys.sorted() == ["2026-W10/oz.json", "2026-W10/oz.standard-v1.json"])
        #expect(try run("rewards", "export", "--scheme", "oz").summary()["new"] as? Bool == false)
        #expect(try Files.tree("\(hive.path)/published/claims") == before)
        _ = try run("rewards", "export", "--scheme", "oz", "--decimals", "6", status: 64)
        _ = try run("rewards", "export", "--scheme", "oz", "--decimals", "6", "-o", "\(path)/six")
        _ = try run("rewards", "export", "--scheme", "oz", "--decimals", "7", "-o", "\(path)/six", status: 64)
        _ = try run("rewards", "export", "--check", "\(path)/six/oz.json")
        _ = try run("rewards", "export", "--scheme", "morpho", status: 64)
        _ = try run("rewards", "export", "--scheme", "morpho", "--token", Self.ben)
        _ = try run("rewards", "export", "--scheme", "jito")
        #expect(try hive.check().summary()["claim_files"] as? Int == 3)

        // Whoever has a copy of what is published needs nothing else.
        let mirror = "\(path)/mirror"
        try Files.copy("\(hive.path)/published", to: mirror)
        let words = [
            "rewards", "export", "--check", "\(mirror)/claims/2026-W10/oz.json", "--published", mirror,
        ]
        try Program.run(words, expecting: 0)
        try Program.run(words + ["--operator", "\(path)/operator.pub"], expecting: 0)
        try Program.run(words + ["--operator", "\(path)/other.pub"], expecting: 12)
        let verify = ["rewards", "verify", "--published", mirror]
        try Program.run(verify + ["--operator", "\(path)/operator.pub"], expecting: 0)
        try Program.run(verify + ["--operator", "\(path)/other.pub"], expecting: 12)
        let list = "\(mirror)/payout-keys.jsonl"
        let lines = try Files.bytes(list)
        // A digit of the signature, which stands before "}" and a line feed.
        var forged = lines
        let digit = lines.count - 5
        forged[digit] = forged[digit] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        try Files.write(forged, to: list)
        try Program.run(words, expecting: 12)
        try Program.run(verify, expecting: 12)
        try Files.write(Array(lines.dropLast()), to: list)
        #expect(try Program.run(words).status == 4)
        try Files.write(lines, to: list)
        try Files.flip(file, at: 40)
        #expect(
            try run("rewards", "export", "--check", file, status: 1).records().first?["code"] as? String
                == "claims.unreadable")
        #expect(
            try hive.check(expecting: 4).records().compactMap { $0["code"] as? String } == [
                "claims.unreadable"
            ])
        _ = try run("rewards", "export", "--scheme", "oz", status: 4)
        #expect(try Files.bytes(file) != before["2026-W10/oz.json"])

        _ = try operators("revoke", "operator", by: "operator", at: "2026-03-10T00:00:00Z", 64)
        _ = try operators("revoke", "operator", by: "operator", at: "2026-03-13T00:00:00Z")
        _ = try bind("cleo", Self.ben, at: "2026-03-13T00:00:00Z", 64)
        #expect(try run("rewards", "operators", "list").records().first?["until"] is Int)
        #expect(
            try run("rewards", "bindings").records().compactMap { $0["state"] as? String } == [
                "holds", "holds",
            ])
    }
}
