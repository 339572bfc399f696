import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle epoch`: reward weeks.
struct EpochCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "epoch",
        abstract: "List, seal, close, finalize, archive and balance reward weeks.",
        discussion: """
            An epoch is an ISO week, Monday 00:00 UTC to the next Monday, named as 2025-W51. It is

              open          uploads may still arrive, until its week and the ruleset's grace are over
              due           it can be closed
              sealed        what it counts is fixed for good, and not published yet
              provisional   its awards are published under published/epochs/<id>/ and can be challenged
              final         the challenge is over; only now can awards be claimed

            A sealed epoch never changes. What turns out to be wrong is corrected by later ones ('waggle rewards correct').
            """,
        subcommands: [
            EpochListCommand.self, EpochSealCommand.self, EpochCloseCommand.self, EpochFinalizeCommand.self,
            EpochArchiveCommand.self, EpochBalanceCommand.self,
        ])
}

/// Whether to go on without uploads that wait unread.
struct ForceOption: ParsableArguments {
    @Flag(
        help: """
            Seal the epoch even if uploads received in time wait unread in the inbox. Its manifest records how many.
            """)
    var force = false
}

/// `waggle epoch seal`.
struct EpochSealCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Fix what an epoch counts, without publishing it yet.",
        discussion: """
            From now on no frame, takedown, bounty or correction comes to the epoch or leaves it. 'waggle epoch close' or the \
            next 'waggle run' publishes it.

            EXAMPLES:
              waggle epoch seal 2025-W51 --as-of 2025-12-24T00:00:00Z
            """)

    @Argument(help: ArgumentHelp("The epoch, as 2025-W51.", valueName: "epoch")) var epoch: Epoch
    @OptionGroup var force: ForceOption
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let closing = EpochClosing(try workspace.open(for: .changing), asOf: asOf.time)
        let isNew = try closing.seal(epoch, force: force.force)
        options.output.line(
            isNew
                ? "Sealed \(epoch); 'waggle epoch close \(epoch)' publishes it."
                : "\(epoch) is sealed already.")
        options.output.summary(["epoch": .string(epoch.id), "new": .bool(isNew)])
    }
}

/// `waggle epoch close`.
struct EpochCloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Seal and publish one epoch, or all that are due.",
        discussion: """
            An epoch can be closed once its week and the ruleset's grace period are over as of --as-of. It counts \
            every frame captured before its end and received within the grace that no earlier epoch counts. Earlier \
            epochs that were never closed cannot be closed afterwards: close them in order, or all that are due at once.

            EXAMPLES:
              waggle epoch close 2025-W51 --as-of 2025-12-24T00:00:00Z
              waggle epoch close
            """)

    @Argument(
        help: ArgumentHelp("The epoch, as 2025-W51; without it, every epoch that is due.", valueName: "epoch")
    )
    var epoch: Epoch?

    @OptionGroup var force: ForceOption
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let closing = EpochClosing(try workspace.open(for: .changing), asOf: asOf.time)
        if let epoch, let earliest = try closing.earliestOpen(), earliest < epoch {
            options.output.note(
                "\(earliest) is not closed and cannot be after \(epoch) is; \(epoch) counts its frames as late"
            )
        }
        let reports =
            try epoch.map { [try closing.close($0, force: force.force)] }
            ?? closing.closeDue(force: force.force)
        for report in reports { EpochReporting.say(report, options.output) }
        if let last = reports.last {
            options.output.summary(EpochReporting.members(last))
        } else {
            options.output.line("No epoch is due.")
            options.output.summary(["epoch": .null])
        }
    }
}

/// `waggle epoch finalize`.
struct EpochFinalizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finalize",
        abstract: "Say that an epoch can be challenged no more, or all of which that is so.",
        discussion: """
            An epoch is final when the ruleset's challenge period is over as of --as-of, and every earlier one is. Only the \
            awards of final epochs can be claimed.

            EXAMPLES:
              waggle epoch finalize 2025-W51 --as-of 2025-12-27T00:00:00Z
              waggle epoch finalize
            """)

    @Argument(
        help: ArgumentHelp("The epoch, as 2025-W51; without it, every one that can be.", valueName: "epoch"))
    var epoch: Epoch?

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let finality = EpochFinality(try workspace.open(for: .changing), asOf: asOf.time)
        let ids = try epoch.map { try finality.finalize($0) ? [$0.id] : [] } ?? finality.finalizeDue()
        for id in ids { options.output.line("\(id) is final.") }
        if ids.isEmpty { options.output.line("Nothing that was not final before.") }
        options.output.summary(["final": .array(ids.map { .string($0) })])
    }
}
