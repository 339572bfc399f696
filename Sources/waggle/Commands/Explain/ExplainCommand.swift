import ArgumentParser
import Canonical
import Geo
import Imaging
import Rewards
import Stages
import Store
import Workspace

/// `waggle explain`: every rule, value, limit and factor.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why: every rule, value, limit and factor behind a verdict.",
        discussion: """
            A frame's explanation goes through it step by step: which file and bytes it is, which fields were read and             from where, each check with what was measured and the limit, what was repaired and why, and the verdict.             As long as the upload lies where it was delivered, fields are read again from there; what was kept is in             the catalog.

            EXAMPLES:
              waggle explain frame 1765835621771_37.79_-122.39.jpg
              waggle explain frame 0f3a91c2b4d5e6f7-0-00012 --json
              waggle explain drive 0f3a91c2b4d5e6f7-0
              waggle explain upload 2026-03-05-framekm
              waggle explain contributor ada
              waggle explain cell u281z7hd
            """,
        subcommands: [
            ExplainUploadCommand.self, ExplainDriveCommand.self, ExplainFrameCommand.self,
            ExplainCellCommand.self,
            ExplainContributorCommand.self,
        ])
}

/// `waggle explain frame`.
struct ExplainFrameCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frame", abstract: "Explain the verdict of a frame.")

    @Argument(help: "The frame's id, or its file's name or path in the upload.") var frame: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        let frames = try workspace.catalog.frames(
            .named(frame), cellPrecision: workspace.cellPrecision)
        if frames.isEmpty {
            throw ValidationError("no frame '\(frame)'; 'waggle drive show DRIVE' names those of a drive")
        }
        var reading = SourceReading(workspace)
        for frame in frames {
            let takedown = try frame.withdrawnBy.flatMap { try workspace.catalog.takedown($0) }
            let explanation = try FrameExplanation(of: frame, in: workspace, &reading)
            FrameStory(explanation, explanation.ruleset.locate, options.output).tell(withdrawnBy: takedown)
        }
        options.output.summary(["frames": .integer(frames.count)])
    }
}

/// `waggle explain drive`.
struct ExplainDriveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drive", abstract: "Explain what became of the frames of a drive.")

    @Argument(help: "The drive, as 'waggle drive list' names it.") var drive: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        for view in try workspace.catalog.drives(named: drive) {
            try DriveStory(workspace, options.output).tell(view)
        }
        try FrameSetExplanation(workspace, options.output).run(.drive(drive), "drive \(drive)")
    }
}

/// `waggle explain upload`.
struct ExplainUploadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload", abstract: "Explain what became of the frames of an upload.")

    @Argument(help: "The upload's id, or the folder's name as delivered.") var upload: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        let uploads = try workspace.catalog.uploads(named: upload)
        if uploads.isEmpty {
            throw ValidationError("no upload '\(upload)'; 'waggle drive list' names their folders")
        }
        for upload in uploads {
            options.output.line(
                "Upload \(upload.name) of \(upload.contributor): folder \(upload.source), read as \(upload.format), "
                    + "received \(upload.receivedAt), contents \(upload.content)")
            for directory in try workspace.catalog.directories(ofUpload: upload.name) {
                let state = DirectoryListing.isDirectory(directory) ? "lies in" : "lay in"
                options.output.line("  \(state) \(directory)")
            }
            for drive in try workspace.catalog.drives(ofUpload: upload) {
                try DriveStory(workspace, options.output).tell(drive)
            }
            try FrameSetExplanation(workspace, options.output).run(
                .upload(upload.name), "upload \(upload.name)")
        }
    }
}

/// `waggle explain cell`.
struct ExplainCellCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cell", abstract: "Explain who covered a cell, and what counts.")

    @Argument(help: "The cell's geohash.") var cell: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        guard let cell = Geohash(cell), cell.precision == workspace.cellPrecision else {
            throw ValidationError("a cell here is a geohash of \(workspace.cellPrecision) characters")
        }
        try FrameSetExplanation(workspace, options.output).run(.cell(cell), "cell \(cell)")
    }
}

/// `waggle explain contributor`.
struct ExplainContributorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contributor",
        abstract: "Explain what became of a contributor's frames, and with which drives theirs collide.")

    @Argument(help: "The contributor.") var contributor: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let workspace = try workspace.open(for: .reading)
        try FrameSetExplanation(workspace, options.output).run(
            .contributor(contributor), "contributor \(contributor)"
        ) {
            let collisions = try DriveCollisions.found(in: workspace, of: contributor)
            CollisionStory(options.output).tell(collisions, of: contributor)
            return ["collisions": .integer(collisions.count)]
        }
    }
}

/// What became of some frames: the counts, then those that are not accepted, one by one.
private struct FrameSetExplanation {
    private let workspace: Workspace
    private let output: Output

    init(_ workspace: Workspace, _ output: Output) {
        self.workspace = workspace
        self.output = output
    }

    /// Tells of the frames of `selection`, and behind the counts what `more` tells, whose members the summary has as well.
    func run(
        _ selection: FrameSelection, _ name: String, more: () throws -> [String: CanonicalJSON] = { [:] }
    ) throws {
        let tally = try workspace.catalog.verdictTally(selection)
        if tally.total == 0 { throw ValidationError("no frames of \(name)") }
        output.line(
            "\(tally.total) frames of \(name): \(tally[.accepted]) accepted, \(tally[.duplicate]) duplicate, "
                + "\(tally[.rejected]) rejected")
        for (reason, count) in tally.reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            output.line("  \(count)  \(reason)")
        }
        let withdrawals = try workspace.catalog.withdrawals(selection)
        for (takedown, count) in withdrawals {
            output.line("\(count) withdrawn by takedown \(TakedownReporting.summary(takedown))")
        }
        let others = try more()
        let frames = try workspace.catalog.frames(selection, cellPrecision: workspace.cellPrecision)
        FrameReporting.table(frames, output)
        for frame in frames { output.record("frame", FrameReporting.members(frame)) }
        let summary: [String: CanonicalJSON] = [
            "frames": .integer(tally.total), "accepted": .integer(tally[.accepted]),
            "duplicate": .integer(tally[.duplicate]), "rejected": .integer(tally[.rejected]),
            "reasons": .object(tally.reasons.mapValues { .integer($0) }),
            "withdrawn": .integer(withdrawals.reduce(0) { $0 + $1.frames }),
        ]
        output.summary(summary.merging(others) { own, _ in own })
    }
}
