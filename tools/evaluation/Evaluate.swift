import ArgumentParser
import Canonical
import DriveFormats
import ForgedTraces
import Glibc
import Rewards
import Store

/// Runs the stages on sets whose truth is known, and writes how often they are right.
@main
struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure how often Waggle is right on sets whose truth is known.")

    @Option(help: "The sample drives.") var samples = "SampleDrives"

    @Option(help: "A directory with JPEG frames of a real drive, in the order of their names.")
    var drives: String?

    @Option(help: "A table of real trips with the columns trip,time,lat,lon.")
    var trips: String?

    @Option(
        help: "The part to make, to standard output: duplicates, frames or traces; all where it is not given."
    )
    var only: Part?

    @Option(help: "The file to write; - for standard output.") var output = "docs/accuracy.md"

    /// A part of docs/accuracy.md.
    enum Part: String, ExpressibleByArgument {
        case duplicates, frames, traces
    }

    private static let maxTableBytes = 1 << 26

    func run() throws {
        let rules = Ruleset.standard
        var sets: [LabelledSet] = []
        if let drives { sets.append(try .realDrive(drives)) }
        sets.append(try .motorway(frames: 60))
        let all = sets + [try .sampleDrives(samples)]
        var sections = [AccuracyReport.opening]
        if drives == nil { sections.append(AccuracyReport.withoutRealFrames) }
        var isKept = true
        if only ?? .duplicates == .duplicates {
            let outcomes = try all.map { set in
                Self.tell("attacking \(set.frames.count) frames: \(set.name)")
                return try DuplicateOutcome(of: set, rules: rules)
            }
            sections.append(AccuracyReport.duplicates(outcomes, rules: rules.deduplicate))
            isKept = isKept && outcomes.allSatisfy(\.keepsPromises)
        }
        if only ?? .frames == .frames {
            let outcomes = try all.map { set in
                Self.tell("spoiling \(set.frames.count) frames: \(set.name)")
                return try FaultOutcome(of: set, rules: rules)
            }
            let dirt = try sets.map { try DirtOutcome(of: $0, rules: rules) }
            let hoods = try sets.map { try HoodOutcome(of: $0, rules: rules) }
            sections.append(FaultReport.text(outcomes, dirt, hoods))
            isKept = isKept && outcomes.allSatisfy(\.keepsPromises) && dirt.allSatisfy(\.keepsPromises)
            isKept = isKept && hoods.allSatisfy(\.keepsPromises)
        }
        if only ?? .traces == .traces {
            let outcome = try traces(rules)
            let imagery = try sets.map { set in
                Self.tell("freezing \(set.frames.count) frames: \(set.name)")
                return try ImageryOutcome(of: set, rules: rules)
            }
            sections.append(TraceReport.text(outcome, isReal: trips != nil, imagery))
            isKept = isKept && outcome.keepsPromises && imagery.allSatisfy(\.keepsPromises)
        }
        let text = sections.joined(separator: "\n\n") + "\n"
        if output == "-" || only != nil {
            print(text, terminator: "")
        } else {
            try DurableWrite.file(Array(text.utf8), at: output)
        }
        guard isKept else { throw ExitCode(1) }
    }

    private func traces(_ rules: Ruleset) throws -> TraceOutcome {
        var honest: [[RawFix]]
        if let trips {
            let table = try StoredFile.read(trips, maxBytes: Self.maxTableBytes)
            honest = HonestTrips.read(String(decoding: table, as: UTF8.self))
            guard honest.count > 1 else { throw EvaluationError("\(trips) has no two trips") }
        } else {
            honest = (0..<300).map { number in
                HonestTrips.driven(
                    400, noise: 3, seed: UInt64(number),
                    time: UTCTime(milliseconds: 1_765_800_000_000 + Int64(number) * 3_600_000),
                    east: Double(number) * 40)
            }
        }
        Self.tell("forging \(honest.count) trips")
        return TraceOutcome(
            name: trips == nil
                ? "\(honest.count) made trips" : "\(honest.count) trips of the shuttle buses of Chicago",
            trips: honest,
            rules: rules)
    }

    private static func tell(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}

/// Why an evaluation could not be made.
struct EvaluationError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
