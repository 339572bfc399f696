import Canonical
import Foundation
import TestSupport
import Testing

/// The awards of every epoch computed once more from docs/manifest.md alone: verdicts and ruleset in, amounts out.
/// Nothing of Rewards or Stages is used, and nothing of the published manifests but what is compared.
enum IndependentManifest {
    private struct Pass {
        var contributor = "", drive = "", cell = ""
        var octant = 0, coveredAt = 0, firstFrame = "", quality = 0, points = 0
    }

    static func check(_ published: String, _ location: SourceLocation = #_sourceLocation) throws {
        var history: [String: [Int]] = [:]
        var takedowns: [[String: Any]] = []
        #expect(!Files.names("\(published)/epochs").isEmpty, sourceLocation: location)
        for epoch in Files.names("\(published)/epochs") {
            let folder = "\(published)/epochs/\(epoch)"
            let manifest = try object(try Files.bytes("\(folder)/manifest.json"))
            let ruleset = try object(
                try Files.bytes("\(published)/rulesets/\(manifest["ruleset"] as? String ?? "").json"))
            let period = (ruleset["score"] as? [String: Any])?["freshness_period_ms"] as? Int ?? 1
            let budget =
                Int((ruleset["reward"] as? [String: Any])?["budget_micro_points"] as? String ?? "") ?? 0
            let lines = try Files.bytes("\(folder)/verdicts.jsonl").split(separator: 0x0A).map {
                try object(Array($0))
            }
            let passes = scored(lines, period: period, history: &history)
            var points: [String: Int] = [:]
            for line in lines { points[line["contributor"] as? String ?? "", default: 0] += 0 }
            for pass in passes { points[pass.contributor, default: 0] += pass.points }
            let seed = ContentHash(hex: manifest["seed"] as? String ?? "")?.bytes ?? []
            let amounts = split(budget, points, seed: seed)
            let awards = manifest["awards"] as? [[String: Any]] ?? []
            #expect(awards.count == points.count, sourceLocation: location)
            for award in awards {
                let name = award["contributor"] as? String ?? ""
                #expect(
                    award["points"] as? String == points[name].map(String.init), "\(epoch) \(name)",
                    sourceLocation: location)
                #expect(
                    award["amount"] as? String == amounts[name].map(String.init), "\(epoch) \(name)",
                    sourceLocation: location)
                #expect(
                    award["passes"] as? Int == passes.count { $0.contributor == name }, "\(epoch) \(name)",
                    sourceLocation: location)
            }
            let verdicts = manifest["verdicts"] as? [String: Any] ?? [:]
            for verdict in ["accepted", "duplicate", "rejected"] {
                #expect(
                    verdicts[verdict] as? Int == lines.count { $0["verdict"] as? String == verdict },
                    sourceLocation: location)
            }
            #expect(verdicts["total"] as? Int == lines.count, sourceLocation: location)
            let published = try #require(manifest["takedowns"] as? [[String: Any]])
            takedowns += published
            try IndependentTakedowns.check(published, after: takedowns, lines, location)
        }
    }

    private static func object(_ bytes: [UInt8]) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    private static func scored(
        _ lines: [[String: Any]], period: Int, history: inout [String: [Int]]
    ) -> [Pass] {
        var passes: [String: Pass] = [:]
        for line in lines where line["verdict"] as? String == "accepted" {
            guard let octant = line["heading_octant"] as? Int, let cell = line["cell"] as? String,
                let time = line["captured_at"] as? Int, let drive = line["drive"] as? String,
                let frame = line["frame"] as? String
            else { continue }
            let key = "\(drive) \(cell) \(octant)"
            var pass = passes[key] ?? Pass()
            if pass.drive.isEmpty || (time, frame) < (pass.coveredAt, pass.firstFrame) {
                (pass.coveredAt, pass.firstFrame) = (time, frame)
            }
            (pass.drive, pass.cell, pass.octant) = (drive, cell, octant)
            pass.contributor = line["contributor"] as? String ?? ""
            pass.quality = max(pass.quality, line["quality"] as? Int ?? 0)
            passes[key] = pass
        }
        let ordered = passes.values.sorted { ($0.coveredAt, $0.drive) < ($1.coveredAt, $1.drive) }
        let before = history
        return ordered.enumerated().map { number, pass in
            var pass = pass
            let coverage = "\(pass.cell) \(pass.octant)"
            let own = ordered[..<number].filter { "\($0.cell) \($0.octant)" == coverage }.map(\.coveredAt)
            let earlier = before[coverage, default: []].filter { $0 <= pass.coveredAt }
            let freshness =
                (own + earlier).max().map { min(1000, (pass.coveredAt - $0) * 1000 / period) } ?? 1000
            pass.points = area(pass.cell) * pass.quality * freshness / 1000
            history[coverage, default: []].append(pass.coveredAt)
            return pass
        }
    }

    /// Cosine of the latitude of the middle of the geohash `cell`, permille.
    private static func area(_ cell: String) -> Int {
        let alphabet = Array("0123456789bcdefghjkmnpqrstuvwxyz")
        var row = 0
        var rows = 1
        var isLongitude = true
        for character in cell {
            let value = alphabet.firstIndex(of: character) ?? 0
            for bit in (0..<5).reversed() {
                if !isLongitude { (row, rows) = (row << 1 | (value >> bit & 1), rows << 1) }
                isLongitude.toggle()
            }
        }
        let south = row * 1_800_000_000 / rows - 900_000_000
        let north = (row + 1) * 1_800_000_000 / rows - 900_000_000
        let middle = (Double(south + north) / 2).rounded(.down)
        return Int((cos(middle / 1e7 * .pi / 180) * 1000).rounded())
    }

    /// Largest remainder; products stay below 2^63 for the points of a test.
    private static func split(_ budget: Int, _ points: [String: Int], seed: [UInt8]) -> [String: Int] {
        let total = points.values.reduce(0, +)
        guard total > 0 else { return points.mapValues { _ in 0 } }
        var amounts: [String: Int] = [:]
        var remainders: [(Int, String, String)] = []
        for (name, weight) in points {
            let share = total.dividingFullWidth(budget.multipliedFullWidth(by: weight))
            amounts[name] = share.quotient
            remainders.append((-share.remainder, ContentHash.of(seed + Array(name.utf8)).hex, name))
        }
        let left = budget - amounts.values.reduce(0, +)
        for (_, _, name) in remainders.sorted(by: <).prefix(left) { amounts[name, default: 0] += 1 }
        return amounts
    }
}
