import Foundation
import HostileInputs
import TestSupport
import Testing

/// A choice of every family of hostile inputs, and the uploads that hurt by what lies in them, through the real program.
@Suite struct HostileInputTests {
    /// Every how many cases one is taken. All of them go through the readers in `HostileInputsTests`.
    private static let step = 9
    /// A run without any of them takes about 30 MB.
    private static let mostMemory = 128 << 20

    /// Images need a place and a time to be looked at.
    private static let sidecar = Array("{\"time\":1765835621000,\"lat\":48.2,\"lon\":11}".utf8)

    @Test(arguments: HostileInputs.families.map(\.name))
    func everyUploadGetsItsReason(family: String) throws {
        let hive = try Hive()
        var cases: [String: HostileCase] = [:]
        for (number, input) in HostileInputs.cases(family).enumerated() where number % Self.step == 0 {
            let source = "case-\(number)"
            cases[source] = input
            for file in input.files {
                try Files.write(file.bytes, to: "\(hive.inbox)/mallory/\(source)/\(file.path)")
            }
            guard ["jpeg", "png"].contains(family) else { continue }
            try Files.write(Self.sidecar, to: "\(hive.inbox)/mallory/\(source)/a.json")
        }
        let run = try Program.run("ingest", "--dry-run", "--json", "--workspace", hive.path)
        #expect(run.status == 0 || run.status == 3, "\(run.errors)")
        #expect(run.peakMemory < Self.mostMemory, "\(run.peakMemory >> 20) MB")
        var (outcomes, frames) = ([String: [String: Any]](), [String: [[String: Any]]]())
        for record in run.records() {
            let source = record["source"] as? String ?? ""
            switch record["type"] as? String {
            case "upload": outcomes[source] = record
            case "frame": frames[source, default: []].append(record)
            default: break
            }
        }
        #expect(outcomes.count == cases.count)
        for (source, input) in cases {
            let outcome = try #require(outcomes[source], "\(input.name) came to nothing")
            check(input, outcome, frames[source] ?? [])
        }
    }

    private func check(_ input: HostileCase, _ outcome: [String: Any], _ frames: [[String: Any]]) {
        let code = outcome["code"] as? String
        if code != nil {
            for key in ["place", "reason", "remedy"] {
                #expect((outcome[key] as? String)?.isEmpty == false, "\(input.name) has no \(key)")
            }
        } else {
            #expect(!frames.isEmpty, "\(input.name) is silently empty: \(outcome)")
            for frame in frames { #expect(frame["verdict"] is String, "\(input.name): \(frame)") }
        }
        switch (input.family, input.expected) {
        // An image that cannot be read is a frame that is refused for it.
        case ("jpeg", .refused), ("png", .refused):
            let rules = frames.compactMap { $0["rule"] as? String }
            #expect(
                rules.count == 1 && rules.allSatisfy { $0.hasPrefix("image.") }, "\(input.name): \(rules)")
        case ("jpeg", _), ("png", _): break
        case (_, .refused(let expected, _)): #expect(code == expected, "\(input.name): \(outcome)")
        case (_, .trace), (_, .frames): #expect(code == nil, "\(input.name): \(outcome)")
        case (_, .lawful), (_, .image): break
        }
    }

    @Test func everyUnsafeUploadGetsItsReason() throws {
        let hive = try Hive()
        var cases: [String: PathCase] = [:]
        for (number, input) in PathCase.all.enumerated() where input.change == nil {
            // A contributor of its own, with one upload that is called `upload`.
            let folder = "\(hive.inbox)/mallory\(number)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            if input.make(PathMaker(folder: folder)) { cases["mallory\(number)"] = input }
        }
        let run = try hive.run(expecting: 3)
        #expect(run.peakMemory < Self.mostMemory, "\(run.peakMemory >> 20) MB")
        let printed = Array((run.output + run.errors).unicodeScalars)
        #expect(!printed.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{7}" })
        var outcomes: [String: [String: Any]] = [:]
        for record in run.records() where record["source"] as? String == "upload" {
            outcomes[record["contributor"] as? String ?? ""] = record
        }
        for (contributor, input) in cases {
            let outcome = try #require(outcomes[contributor], "\(input.name) came to nothing")
            #expect(outcome["outcome"] as? String == "quarantined", "\(input.name)")
            switch input.expected {
            case .refused(let code, let place):
                #expect(outcome["code"] as? String == code, "\(input.name): \(outcome)")
                #expect(place.isEmpty || outcome["place"] as? String == place, "\(input.name): \(outcome)")
            // Files of no known format, and one called .jpg that is none.
            case .listed: #expect(outcome["code"] as? String == "upload.unknown_format", "\(input.name)")
            case .unreadable: break
            }
        }
        #expect(try hive.check().summary()["frames"] as? Int == 0)
    }
}
