import Foundation
import SeededNumbers
import TestSupport
import Testing

/// Killed anywhere and run again, whatever writes keys, bindings and claims ends where it would have ended undisturbed.
@Suite struct ClaimKillTests {
    private static let (ada, ben) = (
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
    )
    /// From the seed alone: which parts of a command are hit.
    private static let seed: UInt64 = 20_260_312
    private static let rounds = 12

    /// What is done to a workspace with a final epoch, one after the other.
    private static func commands(_ keys: String) -> [[String]] {
        [
            [
                "rewards", "operators", "add", "\(keys)/spare.pub", "--key", "\(keys)/operator", "--as-of",
                "2026-03-12T00:00:00Z",
            ],
            [
                "rewards", "bind", "ben", "--scheme", "oz", "--address", ben, "--key", "\(keys)/spare",
                "--as-of", "2026-03-13T00:00:00Z",
            ],
            ["rewards", "export", "--scheme", "oz"],
            ["rewards", "export", "--scheme", "morpho", "--token", ben],
            ["rewards", "export", "--scheme", "saber"],
        ]
    }

    /// A workspace with keys in `keys`, an address for ada, and one final epoch.
    private static func template(_ keys: String) throws -> Hive {
        let hive = try Hive()
        for name in ["operator", "spare"] {
            try Program.run("bundle", "key", "-o", "\(keys)/\(name)", expecting: 0)
        }
        let start = ["--as-of", "2026-03-01T00:00:00Z", "--workspace", hive.path]
        try Program.run(
            ["rewards", "operators", "add", "\(keys)/operator.pub", "--key", "\(keys)/operator"] + start,
            expecting: 0)
        for scheme in ["oz", "morpho"] {
            let words = ["rewards", "bind", "ada", "--scheme", scheme, "--address", ada]
            try Program.run(words + ["--key", "\(keys)/operator"] + start, expecting: 0)
        }
        try hive.deliverSamples()
        try Program.run("run", "--as-of", "2026-03-12T20:00:00Z", "--workspace", hive.path, expecting: 3)
        try Program.run(
            "epoch", "finalize", "--as-of", "2026-03-14T00:00:00Z", "--workspace", hive.path, expecting: 0)
        return hive
    }

    @Test func killedAnywhereAndRunAgain() throws {
        let keys = try TemporaryFolder()
        let template = try Self.template(keys.path)
        let commands = Self.commands(keys.path)
        let undisturbed = try TemporaryFolder()
        let clean = "\(undisturbed.path)/hive"
        try Files.copy(template.path, to: clean)
        var durations: [Duration] = []
        for command in commands {
            let start = ContinuousClock.now
            try Program.run(command + ["--workspace", clean], expecting: 0)
            durations.append(ContinuousClock.now - start)
        }
        let expected = try Files.tree("\(clean)/published")
        let before = try Files.bytes("\(template.path)/published/payout-keys.jsonl")
        let head = try Files.bytes("\(clean)/payout-keys.head")
        #expect(expected.keys.contains("claims/2026-W10/morpho.standard-v1.json"))

        var random = SplitMix64(seed: Self.seed)
        var hits = 0
        for round in 0..<Self.rounds {
            let folder = try TemporaryFolder()
            let path = "\(folder.path)/hive"
            try Files.copy(template.path, to: path)
            for (command, duration) in zip(commands, durations) {
                let share = Double.random(in: 0..<1, using: &random)
                let process = try Program.start(command + ["--workspace", path])
                usleep(UInt32((duration * share) / .microseconds(1)))
                process.send(SIGKILL)
                let end = process.wait()
                let label = "seed \(Self.seed), round \(round), \(command.prefix(4))"
                if end == .killed(SIGKILL) { hits += 1 } else { #expect(end == .exited(0), "\(label)") }
                // What has its final name is whole; of the list of keys, what was there before or what comes.
                let found = try Files.tree("\(path)/published").filter { !$0.key.contains(".waggle-tmp-") }
                let wrong = found.filter { expected[$0.key] != $0.value }.keys.filter {
                    $0 != "payout-keys.jsonl"
                }
                #expect(wrong.isEmpty, "\(label): \(wrong)")
                let list = found["payout-keys.jsonl"]
                #expect(list == before || list == expected["payout-keys.jsonl"], "\(label)")
                try Program.run(command + ["--workspace", path], expecting: 0)
            }
            let label = "seed \(Self.seed), round \(round)"
            let found = try Files.tree("\(path)/published")
            #expect(found.keys.sorted() == expected.keys.sorted(), "\(label)")
            #expect(expected.keys.sorted().filter { found[$0] != expected[$0] } == [], "\(label)")
            #expect(try Files.bytes("\(path)/payout-keys.head") == head, "\(label)")
            #expect(Files.paths(path, withPrefix: ".waggle-tmp-") == [], "\(label)")
            try Program.run("check", "--workspace", path, expecting: 0)
        }
        // How many come in time depends on what else the machine does; some must.
        #expect(hits >= commands.count, "\(hits) kills")
    }

    /// A directory of one's own: what a killed export left there does not stay, and nothing else is touched.
    @Test func aFileThatWasBegunIsMadeAnew() throws {
        let keys = try TemporaryFolder()
        let hive = try Self.template(keys.path)
        let out = "\(keys.path)/out"
        let words = ["rewards", "export", "--scheme", "oz", "-o", out, "--workspace", hive.path]
        try Program.run(words, expecting: 0)
        let expected = try Files.tree(out)
        for name in ["oz.json", "oz.standard-v1.json"] {
            Files.remove("\(out)/\(name)")
            let half = try #require(expected[name])
            try Files.write(Array(half.prefix(half.count / 2)), to: "\(out)/.waggle-tmp-\(name)")
            try Program.run(words, expecting: 0)
            #expect(try Files.tree(out) == expected)
        }
        // In the workspace, whatever changes it next clears up, also what another command has left.
        let left = "\(hive.path)/published/claims/2026-W10/.waggle-tmp-jito.json"
        try Files.write([1], to: left)
        try Program.run("rewards", "export", "--scheme", "oz", "--workspace", hive.path, expecting: 0)
        #expect(
            try Files.tree("\(hive.path)/published/claims")
                == Dictionary(
                    uniqueKeysWithValues: expected.map { ("2026-W10/\($0.key)", $0.value) }))
    }
}
