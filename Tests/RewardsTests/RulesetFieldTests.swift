import Canonical
import Foundation
import Stages
import Testing

@testable import Rewards

/// The list of a ruleset's numbers, its schema, and numbers that contradict each other.
struct RulesetFieldTests {
    /// The paths of all members of `value` that are no part, in canonical order.
    private static func paths(_ value: JSONValue) -> Set<String> {
        guard case .object(let parts) = value else { return [] }
        var paths: Set<String> = []
        for (part, value) in parts {
            guard case .object(let members) = value else { continue }
            for key in members.keys { paths.insert("\(part).\(key)") }
        }
        return paths
    }

    @Test func everyNumberIsListedWithItsMeaning() throws {
        let listed = Ruleset.fields.map(\.path)
        let written = Self.paths(try JSONReader.read(Ruleset.standard.canonicalJSON.bytes))
        #expect(Set(listed) == written && listed.count == written.count)
        #expect(Ruleset.fields.allSatisfy { !$0.meaning.isEmpty })
        #expect(Set(RulesetMeanings.texts.keys) == written, "nothing that is not there has a meaning")
        for field in Ruleset.fields { #expect(Ruleset.standard.value(of: field) != nil, "\(field.path)") }
    }

    @Test func theSchemaIsTheDocumentedOne() throws {
        let path = #filePath.replacing(
            "Tests/RewardsTests/RulesetFieldTests.swift", with: "docs/ruleset.schema.json")
        let documented = try String(contentsOfFile: path, encoding: .utf8)
        #expect(documented == Ruleset.schema.text + "\n", "write it anew: waggle ruleset schema")
    }

    @Test(arguments: [
        (
            "\"sharpness_permille\":{\"full\":400,\"zero\":0}",
            "\"sharpness_permille\":{\"full\":0,\"zero\":400}", "measure.sharpness_permille"
        ),
        (
            "\"accuracy_mm\":{\"full\":5000,\"zero\":40000}",
            "\"accuracy_mm\":{\"full\":40000,\"zero\":5000}", "measure.accuracy_mm"
        ),
        (
            "\"exposure_dark_luma_thousandths\":{\"full\":80000,",
            "\"exposure_dark_luma_thousandths\":{\"full\":200000,",
            "measure.exposure_dark_luma_thousandths.full"
        ),
        (
            "\"min_shorter_side_pixels\":160", "\"min_shorter_side_pixels\":60000",
            "measure.min_shorter_side_pixels"
        ),
        ("\"heading_distance_mm\":3000", "\"heading_distance_mm\":100001", "locate.heading_distance_mm"),
        ("\"witness_distance_mm\":20000", "\"witness_distance_mm\":60001", "sources.witness_distance_mm"),
        ("\"max_clock_witnesses\":300", "\"max_clock_witnesses\":4", "sources.min_clock_witnesses"),
        (
            "\"max_turn_centidegrees\":3500", "\"max_turn_centidegrees\":799",
            "plausibility.min_turn_centidegrees"
        ),
        ("\"dark_luma\":26", "\"dark_luma\":251", "measure.dark_luma"),
    ])
    func contradictionsAreRefused(_ good: String, _ bad: String, _ place: String) throws {
        let text = Ruleset.standard.canonicalJSON.text
        try #require(text.contains(good))
        #expect { try Ruleset(json: Array(text.replacing(good, with: bad).utf8)) } throws: {
            ($0 as? JSONError)?.place == "$.\(place)"
        }
    }
}
