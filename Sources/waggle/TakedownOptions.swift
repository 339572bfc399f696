import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// What every `waggle takedown` but `list` takes, and does.
struct TakedownOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Why.", valueName: "reason"))
    var reason: Takedown.Reason

    @Option(
        help: ArgumentHelp("By whose request, up to 100 bytes. Is published.", valueName: "who"))
    var by: String

    @Option(help: ArgumentHelp("More in words, up to 1000 bytes. Is published.", valueName: "text"))
    var note: String?

    @Flag(name: .customLong("dry-run"), help: "Only say what would be withdrawn; change nothing.")
    var isDryRun = false

    @Flag(name: .customLong("build"), help: "Rebuild and publish the map at once.")
    var buildsMap = false

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "When it was asked for, as 2026-03-20T00:00:00Z (RFC 3339). Without it, the clock's time.",
            valueName: "time"))
    var asOf: UTCTime?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if isDryRun, buildsMap {
            throw ValidationError("--dry-run changes nothing, so there is nothing to --build")
        }
    }

    /// Takes down `target`; where it is not there, says so with what `missing` says of the workspace.
    func run(_ target: Takedown.Target, missing: (Workspace) throws -> String) throws {
        let takedown = try Takedown(target, reason: reason, note: note, by: by, at: asOf ?? AsOfOption.clock)
        let workspace = try workspace.open(for: .changing)
        guard try workspace.catalog.has(target) else { throw ValidationError(try missing(workspace)) }
        let recording = TakedownRecording(workspace)
        if isDryRun {
            TakedownReporting.say(try recording.preview(takedown), as: .planned, options.output)
            return
        }
        let report = try recording.record(takedown)
        // Built after the record is safe: whatever happens now, the next build shows none of it.
        let build = buildsMap ? try MapBuild(workspace).run(full: false) : nil
        TakedownReporting.say(report, as: build == nil ? .recorded : .published, options.output)
        if let build { BuildReporting.say(build, options.output, totals: "build") }
        TakedownReporting.sum(report, isDryRun: false, options.output)
    }
}

extension Takedown.Reason: ExpressibleByArgument {}

/// What is said about a takedown.
enum TakedownReporting {
    /// How far it has come.
    enum Stage {
        case planned, recorded, published
    }

    static func say(_ report: TakedownReport, as stage: Stage, _ output: Output) {
        let (takedown, effect) = (report.takedown, report.effect)
        output.line("Takedown \(summary(takedown))")
        let counts =
            "\(effect.frames) frames withdrawn, \(effect.drives) drives to be laid on the map anew, \(report.copies) copies"
        switch stage {
        case .planned where effect.isNew: output.line("  would be: \(counts) to remove. Nothing was changed.")
        case .recorded where effect.isNew:
            let next = effect.drives > 0 ? "; run 'waggle build' to take them off the published map" : ""
            output.line("  \(counts) removed" + next)
        case .published where effect.isNew: output.line("  \(counts) removed")
        default: output.line("  was recorded before; nothing has changed")
        }
        if let original = effect.someOriginal {
            output.note(
                "\(effect.originals) frames that stay show the same picture as a withdrawn duplicate of theirs, as "
                    + "\(original) does; if the picture must go, take down those, too")
        }
        for path in report.deliveries {
            output.note(
                "\(path) still holds what was delivered; Waggle changes no delivery, so remove it yourself")
        }
        if stage == .planned { sum(report, isDryRun: true, output) }
    }

    static func sum(_ report: TakedownReport, isDryRun: Bool, _ output: Output) {
        output.summary(
            members(report.takedown).merging([
                "new": .bool(report.effect.isNew), "dry_run": .bool(isDryRun),
                "frames": .integer(report.effect.frames), "drives": .integer(report.effect.drives),
                "copies": .integer(report.copies), "originals": .integer(report.effect.originals),
                "deliveries": .array(report.deliveries.map { .string($0) }),
            ]) { $1 })
    }

    /// Id, target, reason, who and when in one line.
    static func summary(_ takedown: Takedown) -> String {
        "\(takedown.id) of \(takedown.target.kind) \(takedown.target.text): \(takedown.reason.rawValue), by "
            + "\(takedown.by), \(takedown.at)" + (takedown.note.map { " (\($0))" } ?? "")
    }

    static func members(_ takedown: Takedown) -> [String: CanonicalJSON] {
        var members: [String: CanonicalJSON] = [
            "takedown": .string(takedown.id), "kind": .string(takedown.target.kind),
            "target": .string(takedown.target.text), "reason": .string(takedown.reason.rawValue),
            "by": .string(takedown.by), "at": .integer(takedown.at.milliseconds),
        ]
        members["note"] = takedown.note.map { .string($0) }
        return members
    }
}
