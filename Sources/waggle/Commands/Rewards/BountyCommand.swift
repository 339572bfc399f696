import ArgumentParser
import Canonical
import Geo
import Rewards
import Store
import Workspace

/// `waggle bounty`: paying for places.
struct BountyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bounty",
        abstract: "Pay for passes in a place, on top of the budget.",
        discussion: """
            A bounty adds an amount to the budget of each epoch from the first to the last, split over those who pass \
            through its cell, by their points there. Where nobody does, it goes to nobody. It is published with the epoch that \
            is closed next, pays in that one at the earliest, and can never be deleted.

            EXAMPLES:
              waggle bounty add 9q8yyk --points 500 --from 2026-W10 --to 2026-W13 --by "city of somewhere"
              waggle bounty list
            """,
        subcommands: [BountyAddCommand.self, BountyListCommand.self])
}

/// `waggle bounty add`.
struct BountyAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Put up a bounty.")

    @Argument(help: "The place: a geohash of up to 10 characters.") var cell: String
    @Option(help: ArgumentHelp("What each epoch pays, with up to six decimals.", valueName: "points"))
    var points: String
    @Option(help: ArgumentHelp("The first epoch, as 2025-W51.", valueName: "epoch")) var from: Epoch
    @Option(help: ArgumentHelp("The last epoch; without it, the first.", valueName: "epoch")) var to: Epoch?
    @Option(help: ArgumentHelp("Who funds it, up to 100 bytes. Is published.", valueName: "who")) var by:
        String
    @Option(help: ArgumentHelp("More in words, up to 1000 bytes. Is published.", valueName: "text"))
    var note: String?

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        guard let place = Geohash(cell) else {
            throw ValidationError("'\(cell)' is no geohash, as 9q8yyk is one")
        }
        guard let amount = Points.micro(points) else {
            throw ValidationError("'\(points)' is no amount: give points with up to six decimals")
        }
        let last = to ?? from
        guard from <= last else {
            throw ValidationError("the last epoch, \(last), is before the first, \(from)")
        }
        let bounty = try Bounty(
            cell: place, amount: amount, epochs: from...last, note: note, by: by, at: asOf.time)
        let workspace = try workspace.open(for: .changing)
        if let sealed = try workspace.catalog.sealedEpochs().last.flatMap({ Epoch(id: $0.id) }),
            last <= sealed
        {
            throw ValidationError("\(sealed) is sealed already: a bounty up to \(last) would pay nobody")
        }
        let isNew = try workspace.catalog.record(bounty)
        let output = options.output
        output.line(
            isNew
                ? "Bounty \(bounty.id): \(Points.text(amount)) points an epoch for \(place), \(from) to \(last)."
                : "Bounty \(bounty.id) was recorded before; nothing has changed.")
        output.summary(BountyReporting.members(bounty).merging(["new": .bool(isNew)]) { $1 })
    }
}

/// `waggle bounty list`.
struct BountyListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all bounties, the earliest first.")

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let all = try workspace.open(for: .reading).catalog.bounties()
        if all.isEmpty {
            output.line("There are no bounties.")
        } else {
            output.table(
                ["bounty", "cell", "points", "from", "to", "by", "published by", "note"],
                all.map { entry in
                    let bounty = entry.bounty
                    return [
                        bounty.id, bounty.cell.description, Points.text(bounty.amount),
                        bounty.epochs.lowerBound.id, bounty.epochs.upperBound.id, bounty.by,
                        entry.epoch ?? "the next epoch", bounty.note ?? "",
                    ]
                })
        }
        for entry in all {
            output.record(
                "bounty",
                BountyReporting.members(entry.bounty).merging([
                    "published_by": entry.epoch.map { .string($0) } ?? .null
                ]) { $1 })
        }
        output.summary(["bounties": .integer(all.count)])
    }
}

/// What is said about a bounty.
enum BountyReporting {
    static func members(_ bounty: Bounty) -> [String: CanonicalJSON] {
        [
            "bounty": .string(bounty.id), "cell": .string(bounty.cell.description),
            "amount": .amount(bounty.amount), "first": .string(bounty.epochs.lowerBound.id),
            "last": .string(bounty.epochs.upperBound.id), "by": .string(bounty.by),
            "at": .integer(bounty.at.milliseconds), "note": bounty.note.map { .string($0) } ?? .null,
        ]
    }
}
