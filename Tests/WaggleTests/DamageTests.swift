import SeededNumbers
import Foundation
import TestSupport
import Testing

/// One bit is turned in a file of the workspace: `check --read-data` finds it, ends with 4 and names the file.
@Suite struct DamageTests {
    private let hive: Hive

    init() throws {
        hive = try Hive()
        try hive.deliverSamples(["cleo/2026-03-11-sidecars"])
        try hive.run(expecting: 0)
    }

    /// Flips a bit at places all over `path`, one at a time, and puts it right again.
    private func flip(_ path: String, named name: String, places: Int = 6) throws {
        let intact = try Files.bytes(path)
        var random = SplitMix64(seed: UInt64(intact.count))
        let offsets =
            [0, intact.count - 1] + (0..<places).map { _ in Int.random(in: intact.indices, using: &random) }
        for offset in offsets {
            try Files.flip(path, at: offset)
            let check = try hive.check(expecting: nil)
            #expect(check.status == 4, "byte \(offset) of \(path): \(check.errors)")
            #expect((check.output + check.errors).contains(name), "byte \(offset): \(check.errors)")
            try Files.write(intact, to: path)
        }
    }

    @Test func findsTheDamage() throws {
        let published = "\(hive.path)/published"
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(published)/current")
        let generation = "\(published)/\(target)"
        for name in try Files.tree(generation).keys.sorted() {
            try flip("\(generation)/\(name)", named: target.suffix(16) + "/\(name)")
        }
        let epochs = Files.names("\(published)/epochs")
        #expect(epochs == ["2026-W11"])
        for name in ["manifest.json", "verdicts.jsonl", "inputs.jsonl", "scores.jsonl", "awards.jsonl"] {
            try flip("\(published)/epochs/2026-W11/\(name)", named: "2026-W11")
        }
        let ruleset = try #require(Files.names("\(published)/rulesets").first)
        try flip("\(published)/rulesets/\(ruleset)", named: String(ruleset.dropLast(5)), places: 2)
        let blobs = Files.paths("\(hive.path)/blobs", withPrefix: "").filter { $0.utf8.count == 67 }.sorted()
        for blob in blobs.prefix(2) { try flip("\(hive.path)/blobs/\(blob)", named: blob, places: 1) }
        _ = try hive.check()
    }

    @Test func refusesAnotherRuleset() throws {
        let path = "\(hive.path)/ruleset.json"
        let text = String(decoding: try Files.bytes(path), as: UTF8.self)
        try Files.write(
            Array(text.replacingOccurrences(of: "\"min_part_fixes\":3", with: "\"min_part_fixes\":2").utf8),
            to: path)
        for command in ["run", "build", "check"] {
            let refused = try Program.run(command, "--workspace", hive.path, expecting: 1)
            #expect(refused.errors.contains("ruleset.json"))
        }
    }

    @Test func namesWhatIsMissing() throws {
        let published = "\(hive.path)/published"
        try FileManager.default.removeItem(atPath: "\(published)/epochs/2026-W11/verdicts.jsonl")
        #expect(try hive.check(expecting: 4).output.contains("verdicts.jsonl"))
        try FileManager.default.removeItem(atPath: "\(published)/epochs/2026-W11")
        #expect(try hive.check(expecting: 4).output.contains("epoch.missing"))
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(published)/current")
        try FileManager.default.removeItem(atPath: "\(published)/\(target)/raster.pmtiles")
        let findings = try hive.check(expecting: 4)
        #expect(findings.output.contains("raster.pmtiles"))
        #expect(findings.summary()["findings"] as? Int ?? 0 >= 2)
    }

    /// A catalog that is no database any more is refused, not written over.
    @Test func refusesAForeignCatalog() throws {
        let path = "\(hive.path)/catalog.sqlite"
        try Files.write([UInt8](repeating: 0x41, count: 8192), to: path)
        let refused = try Program.run("run", "--as-of", Program.asOf, "--workspace", hive.path)
        #expect([1, 4].contains(refused.status) && !refused.errors.isEmpty)
        #expect(try Files.bytes(path) == [UInt8](repeating: 0x41, count: 8192))
    }
}
