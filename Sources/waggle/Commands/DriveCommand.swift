import ArgumentParser
import Canonical
import Rewards
import Stages
import Store
import Workspace

/// `waggle drive`: the drives in the catalog.
struct DriveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drive",
        abstract: "List the drives, show one with all its frames, or find those that collide.",
        discussion: """
            A drive is one continuous recording of one camera. Its name is that of its upload and a number.

            EXAMPLES:
              waggle drive list
              waggle drive show 0f3a91c2b4d5e6f7-0
              waggle drive collisions
            """,
        subcommands: [DriveListCommand.self, DriveShowCommand.self, DriveCollisionsCommand.self])
}

/// `waggle drive list`.
struct DriveListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List all drives.")

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let drives = try workspace.open(for: .reading).catalog.drives()
        options.output.table(
            [
                "drive", "contributor", "source", "format", "frames", "accepted", "duplicate", "rejected",
                "begins",
            ],
            drives.map { drive in
                [
                    drive.name, drive.contributor, drive.source, drive.format, String(drive.counts.total),
                    String(drive.counts[.accepted]), String(drive.counts[.duplicate]),
                    String(drive.counts[.rejected]),
                    drive.firstAt?.description ?? "unknown",
                ]
            })
        for drive in drives { options.output.record("drive", DriveReporting.members(drive)) }
        options.output.summary(["drives": .integer(drives.count)])
    }
}

/// `waggle drive show`.
struct DriveShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a drive with every frame's verdict.")

    @Argument(help: "The drive, as 'waggle drive list' names it.") var drive: String

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        guard let view = try workspace.catalog.drives(named: drive).first else {
            throw ValidationError("no drive '\(drive)'; 'waggle drive list' names them")
        }
        let output = options.output
        output.line("Drive \(view.name) of \(view.contributor), from \(view.source) (\(view.format))")
        output.line("  camera \(view.device ?? "unknown")")
        output.line(
            "  trace: \(view.fixes) fixes in \(view.parts) parts; \(view.refused) were no time or place, "
                + "\(view.outliers) impossible to have been at")
        output.line(
            "  frames: \(view.counts[.accepted]) accepted, \(view.counts[.duplicate]) duplicate, "
                + "\(view.counts[.rejected]) rejected")
        for flag in view.flags { output.line("  flag: \(FlagText.of(flag))") }
        let frames = try workspace.catalog.frames(
            .drive(drive), cellPrecision: workspace.cellPrecision)
        FrameReporting.table(frames, output)
        for frame in frames { output.record("frame", FrameReporting.members(frame)) }
        output.summary(DriveReporting.members(view))
    }
}

/// What is said about a drive.
enum DriveReporting {
    static func members(_ drive: DriveView) -> [String: CanonicalJSON] {
        [
            "drive": .string(drive.name), "upload": .string(drive.upload),
            "contributor": .string(drive.contributor),
            "device": drive.device.map { .string($0) } ?? .null, "format": .string(drive.format),
            "source": .string(drive.source), "parts": .integer(drive.parts), "fixes": .integer(drive.fixes),
            "refused_fixes": .integer(drive.refused), "outlier_fixes": .integer(drive.outliers),
            "first_at": drive.firstAt.map { .integer($0.milliseconds) } ?? .null,
            "last_at": drive.lastAt.map { .integer($0.milliseconds) } ?? .null,
            "frames": .integer(drive.counts.total), "accepted": .integer(drive.counts[.accepted]),
            "duplicate": .integer(drive.counts[.duplicate]), "rejected": .integer(drive.counts[.rejected]),
            "remarks": .array(drive.remarks.map { .string($0) }),
            "flags": .array(drive.flags.map(\.canonicalJSON)),
        ]
    }
}
