import Foundation
import HostileInputs
import Testing

/// Every hostile input through the real readers: what becomes of it is what its maker knows, and what it was before.
@Suite struct HostileInputsTests {
    private static let corpus =
        String(#filePath.split(separator: "/HostileInputsTests.swift")[0]) + "/outcomes.jsonl"

    /// Outcomes by the names of the cases, as they were recorded.
    private static func recorded() throws -> [String: String] {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: corpus)), as: UTF8.self)
        return Dictionary(text.split(separator: "\n").map { (name(of: $0), String($0)) }) { first, _ in first
        }
    }

    private static func name(of line: Substring) -> String {
        String(line.dropFirst(#"{"case":""#.count).prefix { $0 != "\"" })
    }

    @Test(arguments: HostileInputs.families.map(\.name))
    func everyCaseComesOutAsItMust(family: String) throws {
        let recorded = try Self.recorded()
        let cases = HostileInputs.cases(family)
        #expect(Set(cases.map(\.name)).count == cases.count, "names are unique")
        for input in cases {
            let reading = Reading.of(input)
            if let fault = input.expected.fault(reading) { Issue.record("\(input.name): \(fault)") }
            #expect(
                recorded[input.name] == Outcome(input, reading).line,
                "\(input.name) comes out otherwise; if it should, write outcomes.jsonl anew with 'make-hostile-inputs --outcomes'"
            )
        }
        let known = recorded.keys.filter { $0.hasPrefix("\(family)/") }
        #expect(Set(known) == Set(cases.map(\.name)), "a case was lost, or is not recorded")
    }

    /// As many as are promised.
    @Test func thereAreEnough() {
        let counts = Dictionary(
            uniqueKeysWithValues: HostileInputs.families.map { ($0.name, $0.make().count) })
        #expect(counts["jpeg", default: 0] + counts["png", default: 0] >= 500)
        #expect(counts["exif", default: 0] >= 200)
        #expect(counts["gpx", default: 0] >= 150)
        for family in ["nmea", "csv", "json"] { #expect(counts[family, default: 0] >= 100, "\(family)") }
        #expect(PathCase.all.count >= 60)
    }

    /// From the same seeds come the same bytes.
    @Test func aCaseIsTheSameEveryTime() {
        let (one, other) = (HostileInputs.cases("csv"), HostileInputs.cases("csv"))
        #expect(one.map { $0.files.map(\.bytes) } == other.map { $0.files.map(\.bytes) })
    }
}
