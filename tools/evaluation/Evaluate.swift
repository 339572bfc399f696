import ArgumentParser
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

    @Option(help: "The file to write; - for standard output.") var output = "docs/accuracy.md"

    func run() throws {
        let rules = Ruleset.standard
        var sets: [LabelledSet] = []
        if let drives { sets.append(try .realDrive(drives)) }
        sets += [try .motorway(frames: 60), try .sampleDrives(samples)]
        var sections = [AccuracyReport.opening]
        if drives == nil { sections.append(AccuracyReport.withoutRealFrames) }
        var outcomes: [DuplicateOutcome] = []
        for set in sets {
            Self.tell("attacking \(set.frames.count) frames: \(set.name)")
            outcomes.append(try DuplicateOutcome(of: set, rules: rules))
        }
        sections.append(AccuracyReport.duplicates(outcomes, rules: rules.deduplicate))
        let text = sections.joined(separator: "\n\n") + "\n"
        if output == "-" {
            print(text, terminator: "")
        } else {
            try DurableWrite.file(Array(text.utf8), at: output)
        }
        guard outcomes.allSatisfy(\.keepsPromises) else { throw ExitCode(1) }
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
