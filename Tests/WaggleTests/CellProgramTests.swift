import Foundation
import Testing

/// `waggle cell`, held against a recount of the frames that `waggle explain` lists.
struct CellProgramTests {
    private static let day = 86_400_000
    /// 2026-03-20T00:00:00Z.
    private static let asOf = 1_773_964_800_000

    private static func hive() throws -> Hive {
        let hive = try Hive()
        try hive.deliverSamples()
        try hive.run(expecting: 3)
        return hive
    }

    private static func records(_ type: String, _ arguments: [String], _ hive: Hive) throws -> [[String: Any]]
    {
        try Program.run(arguments + ["--workspace", hive.path, "--json"], expecting: 0).records()
            .filter { $0["type"] as? String == type }
    }

    /// The accepted frames of all contributors.
    private static func accepted(_ hive: Hive) throws -> [[String: Any]] {
        try ["ada", "ben", "cleo", "mallory"].flatMap { contributor in
            try records("frame", ["explain", "contributor", contributor], hive)
                .filter { $0["verdict"] as? String == "accepted" }
        }
    }

    @Test func cellsAreThoseOfTheFrames() throws {
        let hive = try Self.hive()
        let frames = try Self.accepted(hive)
        let byCell = Dictionary(grouping: frames) { $0["cell"] as? String ?? "" }
        let listed = try Self.records("cell", ["cell", "list", "--as-of", Program.asOf], hive)
        #expect(listed.map { $0["cell"] as? String ?? "" } == byCell.keys.sorted() && !listed.isEmpty)
        for cell in listed {
            let own = byCell[cell["cell"] as? String ?? ""] ?? []
            #expect(cell["frames"] as? Int == own.count)
            #expect(cell["drives"] as? Int == Set(own.map { $0["drive"] as? String }).count)
            #expect(cell["contributors"] as? Int == Set(own.map { $0["contributor"] as? String }).count)
            #expect(cell["last_at"] as? Int == own.compactMap { $0["captured_at"] as? Int }.max())
            let octants = own.compactMap { $0["heading_centidegrees"] as? Int }.map { ($0 + 2250) / 4500 % 8 }
            #expect(cell["octants"] as? Int == Set(octants).count)
        }
        let stale = try Self.records(
            "cell", ["cell", "list", "--stale", "10d", "--as-of", Program.asOf], hive)
        let old = byCell.filter { entry in
            (entry.value.compactMap { $0["captured_at"] as? Int }.max() ?? 0) <= Self.asOf - 10 * Self.day
        }
        #expect(stale.map { $0["cell"] as? String ?? "" } == old.keys.sorted())
        #expect(!stale.isEmpty && stale.count < listed.count)
        let prefix = String((byCell.keys.min() ?? "").prefix(6))
        let part = try Self.records("cell", ["cell", "list", "--bbox", prefix], hive)
        #expect(
            part.map { $0["cell"] as? String ?? "" } == byCell.keys.filter { $0.hasPrefix(prefix) }.sorted())
    }

    @Test func aCellTellsItsPasses() throws {
        let hive = try Self.hive()
        let frames = try Self.accepted(hive)
        let byCell = Dictionary(grouping: frames) { $0["cell"] as? String ?? "" }
        let busiest = try #require(byCell.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) })
        let passes = try Self.records("pass", ["cell", "show", busiest.key, "--as-of", Program.asOf], hive)
        let expected = Set(
            busiest.value.compactMap { frame -> String? in
                guard let heading = frame["heading_centidegrees"] as? Int,
                    let drive = frame["drive"] as? String
                else { return nil }
                return "\(drive) \((heading + 2250) / 4500 % 8)"
            })
        #expect(passes.count == expected.count && !passes.isEmpty)
        let counted = passes.compactMap { $0["frames"] as? Int }.reduce(0, +)
        #expect(counted == busiest.value.filter { $0["heading_centidegrees"] is Int }.count)
        let octants = try Self.records(
            "octant", ["cell", "show", busiest.key, "--as-of", Program.asOf], hive)
        #expect(octants.map { $0["octant"] as? String } == ["N", "NE", "E", "SE", "S", "SW", "W", "NW"])
        for octant in octants {
            let last = passes.filter { $0["octant"] as? String == octant["octant"] as? String }
                .compactMap { $0["covered_at"] as? Int }.max()
            #expect(octant["last_at"] as? Int == last)
            // Linear over seven days, rounded down; never covered is fresh.
            let elapsed = last.map { min(1000, (Self.asOf - $0) * 1000 / (7 * Self.day)) }
            #expect(octant["freshness"] as? Int == elapsed ?? 1000)
        }
        try Program.run("cell", "show", "u28", "--workspace", hive.path, expecting: 64)
        try Program.run("cell", "list", "--bbox", "1,2,3", "--workspace", hive.path, expecting: 64)
        try Program.run("cell", "list", "--stale", "3", "--workspace", hive.path, expecting: 64)
    }
}
