import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle takedown`: shows frames no more, and says so.
struct TakedownCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "takedown",
        abstract: "Take frames off the map for good, and leave a record of it.",
        discussion: """
            Withdraws a frame, a drive, what a contributor has delivered so far, or all there is and will be in a zone. \
            Duplicates of what is withdrawn go with it: they show the same picture. The map counts withdrawn frames \
            nowhere from the next 'waggle build' on, and their kept copies are removed at once. A frame that no closed \
            epoch counts is rejected by the rule 'takedown' and not paid; a closed epoch never changes.

            The record (what, when, why, by whose request) is published with the manifest of the epoch that is closed \
            next, note and all, and can never be deleted: name an office or a case number, not a private person, and \
            make a zone larger than what it is to hide.

            EXAMPLES:
              waggle takedown frame 0f3a91c2b4d5e6f7-0-00012 --reason privacy --by case-117
              waggle takedown drive 0f3a91c2b4d5e6f7-0 --reason error --note "upside down" --by ops
              waggle takedown contributor mallory --reason fraud --by ops --dry-run
              waggle takedown zone u281z7h --reason privacy --by case-118 --build
              waggle takedown zone 48.2,11.04,48.21,11.05 --reason legal --by case-119
              waggle takedown list
            """,
        subcommands: [
            TakedownFrameCommand.self, TakedownDriveCommand.self, TakedownContributorCommand.self,
            TakedownZoneCommand.self, TakedownListCommand.self,
        ])
}

/// `waggle takedown frame`.
struct TakedownFrameCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frame", abstract: "Take down one frame and its duplicates.",
        discussion: """
            A frame that is a duplicate itself goes alone; the one it is a duplicate of shows the same picture and \
            stays until it is taken down, too.
            """)

    @Argument(help: "The frame's id, as 'waggle explain frame FILE' gives it.") var frame: String
    @OptionGroup var takedown: TakedownOptions

    func run() throws {
        try takedown.run(.frame(frame)) { workspace in
            let precision = workspace.cellPrecision
            let others = try workspace.catalog.frames(.named(frame), cellPrecision: precision).map(\.name)
            return others.isEmpty
                ? "no frame '\(frame)'; 'waggle drive show DRIVE' names those of a drive"
                : "'\(frame)' is a file and not a frame's id; it holds \(others.joined(separator: ", "))"
        }
    }
}

/// `waggle takedown drive`.
struct TakedownDriveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drive", abstract: "Take down all frames of a drive and their duplicates.")

    @Argument(help: "The drive, as 'waggle drive list' names it.") var drive: String
    @OptionGroup var takedown: TakedownOptions

    func run() throws {
        try takedown.run(.drive(drive)) { _ in "no drive '\(drive)'; 'waggle drive list' names them" }
    }
}

/// `waggle takedown contributor`.
struct TakedownContributorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contributor",
        abstract: "Take down everything a contributor has delivered so far, and its duplicates.",
        discussion: "What is received after the takedown (--as-of) counts again.")

    @Argument(help: "The contributor.") var contributor: String
    @OptionGroup var takedown: TakedownOptions

    func run() throws {
        try takedown.run(.contributor(contributor)) { _ in
            "'\(contributor)' has delivered nothing; 'waggle drive list' names who has"
        }
    }
}

/// `waggle takedown zone`.
struct TakedownZoneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zone", abstract: "Take down all frames in a part of the world, now and in future.",
        discussion: """
            A zone is a geohash, or a box of degrees: its southern, western, northern and eastern edge. South and west \
            edge belong to it, north and east edge do not. Where the western edge is east of the eastern one, the zone \
            crosses the 180th meridian. A zone that begins in the southern hemisphere is written behind '--':

              waggle takedown zone --reason legal --by ops -- -33.9,18.4,-33.8,18.5
            """)

    @Argument(help: ArgumentHelp("A geohash, or SOUTH,WEST,NORTH,EAST in degrees.", valueName: "zone"))
    var text: String
    @OptionGroup var takedown: TakedownOptions

    func run() throws {
        guard let zone = Zone(text) else {
            throw ValidationError(
                "'\(text)' is no zone: give a geohash (as u281z7h), or SOUTH,WEST,NORTH,EAST in degrees with up to "
                    + "seven decimals (as 48.2,11.04,48.21,11.05), of which the first is less than the third")
        }
        try takedown.run(.zone(zone)) { _ in "" }
    }
}

/// `waggle takedown list`.
struct TakedownListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all takedowns, the earliest first.")

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let takedowns = try workspace.open(for: .reading).catalog.takedowns()
        if takedowns.isEmpty {
            output.line("Nothing was taken down.")
        } else {
            output.table(
                ["takedown", "at", "kind", "target", "reason", "by", "frames", "published by", "note"],
                takedowns.map { view in
                    let takedown = view.takedown
                    return [
                        takedown.id, takedown.at.description, takedown.target.kind, takedown.target.text,
                        takedown.reason.rawValue, takedown.by, String(view.frames),
                        view.epoch ?? "the next epoch", takedown.note ?? "",
                    ]
                })
        }
        for view in takedowns {
            output.record(
                "takedown",
                TakedownReporting.members(view.takedown).merging([
                    "frames": .integer(view.frames), "epoch": view.epoch.map { .string($0) } ?? .null,
                ]) { $1 })
        }
        output.summary(["takedowns": .integer(takedowns.count)])
    }
}
