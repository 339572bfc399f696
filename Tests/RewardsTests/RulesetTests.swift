import Canonical
import Stages
import Testing

@testable import Rewards

@Suite("Ruleset")
struct RulesetTests {
    @Test("is read back from its JSON, canonical or not")
    func roundTrip() throws {
        let ruleset = Ruleset.standard
        #expect(try Ruleset(json: ruleset.canonicalJSON.bytes) == ruleset)
        let loose = ruleset.canonicalJSON.text.replacing(",", with: " ,\n\t")
        #expect(try Ruleset(json: Array(loose.utf8)).contentHash == ruleset.contentHash)
    }

    @Test("has another hash for every number changed")
    func everyNumberCounts() throws {
        let value = try JSONReader.read(Ruleset.standard.canonicalJSON.bytes)
        var hashes: Set<ContentHash> = [Ruleset.standard.contentHash]
        let changes = JSONTampering.changes(of: value)
        var refused: [String] = []
        for change in changes {
            guard let ruleset = try? Ruleset(json: CanonicalJSON(change.document).bytes) else {
                refused.append(change.path)
                continue
            }
            #expect(hashes.insert(ruleset.contentHash).inserted, "\(change.path)")
        }
        // All but the format's name can change, and grow but for what is at the end of its range.
        #expect(
            refused == [
                "$.deduplicate.max_pdq_distance_bits", "$.format", "$.measure.dirt_unknown_permille",
                "$.measure.hood_permille.zero", "$.measure.hood_unknown_permille",
                "$.measure.relative_focus_unknown_permille", "$.privacy.keep_colour_profile",
                "$.reward.account_cap_permille", "$.score.freshness_by_age_ms[1][1]",
                "$.score.late_by_ms[0][1]", "$.trust.initial_permille",
            ])
        #expect(hashes.count == changes.count - refused.count + 1)
    }

    @Test("refuses a member that is missing, unknown or of another kind, by its path")
    func structure() throws {
        let value = try JSONReader.read(Ruleset.standard.canonicalJSON.bytes)
        guard case .object(var members) = value, case .object(var verify)? = members["verify"] else {
            Issue.record("no object")
            return
        }
        verify["max_speed_mm_per_s"] = nil
        Self.expect(members.merging(["verify": .object(verify)]) { $1 }, place: "$.verify.max_speed_mm_per_s")
        verify["max_speed_mm_per_s"] = .string("55000")
        Self.expect(members.merging(["verify": .object(verify)]) { $1 }, place: "$.verify.max_speed_mm_per_s")
        verify["max_speed_mm_per_s"] = .integer(55_000)
        verify["max_speed"] = .integer(55_000)
        Self.expect(members.merging(["verify": .object(verify)]) { $1 }, place: "$.verify.max_speed")
        members["late"] = .object([:])
        Self.expect(members, place: "$.late")
    }

    @Test(
        "refuses values that make no sense",
        arguments: [
            (
                "\"max_dhash_distance_bits\":16", "\"max_dhash_distance_bits\":65",
                "$.deduplicate.max_dhash_distance_bits"
            ),
            ("\"max_speed_mm_per_s\":55000", "\"max_speed_mm_per_s\":0", "$.verify.max_speed_mm_per_s"),
            ("\"full\":400,\"zero\":0", "\"full\":0,\"zero\":0", "$.measure.sharpness_permille"),
            (
                "\"cell_precision_characters\":8", "\"cell_precision_characters\":11",
                "$.score.cell_precision_characters"
            ),
            ("\"grace_ms\":172800000", "\"grace_ms\":-1", "$.reward.grace_ms"),
            ("\"1000000000000\"", "\"01000000000000\"", "$.reward.budget_micro_points"),
            ("\"1000000000000\"", "\"18446744073709551616\"", "$.reward.budget_micro_points"),
            ("\"1000000000000\"", "\"-1\"", "$.reward.budget_micro_points"),
            ("\"genesis\":\"waggle\"", "\"genesis\":\"\"", "$.reward.genesis"),
            ("\"genesis\":\"waggle\"", "\"genesis\":\"a\\nb\"", "$.reward.genesis"),
            ("waggle-ruleset/1", "waggle-ruleset/2", "$.format"),
            ("\"min_part_fixes\":3", "\"min_part_fixes\":3.0", "$.verify.min_part_fixes"),
        ])
    func values(good: String, bad: String, place: String) throws {
        let text = Ruleset.standard.canonicalJSON.text
        try #require(text.contains(good))
        #expect { try Ruleset(json: Array(text.replacing(good, with: bad).utf8)) } throws: {
            ($0 as? JSONError)?.place == place
        }
    }

    private static func expect(_ members: [String: JSONValue], place: String) {
        #expect {
            try Ruleset(json: CanonicalJSON(.object(members)).bytes)
        } throws: {
            ($0 as? JSONError)?.place == place
        }
    }
}
