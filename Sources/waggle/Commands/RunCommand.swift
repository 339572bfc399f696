import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle run`: what cron calls.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Ingest the inbox, rebuild the map, close the epochs that are due: what cron calls.",
        discussion: """
            Killed at any moment and run again, it ends where it would have ended undisturbed. A run that finds \
            nothing new changes no published byte and says so. Two runs never work at once: the second one ends with \
            status 11.

            EXAMPLES:
              waggle run --workspace /srv/hive
              17 * * * *  waggle run --workspace /srv/hive --quiet      (crontab)

            EXIT STATUS: 0 done; 3 done, but some uploads went to quarantine; 11 another run is at work.
            """)

    @OptionGroup var ingest: IngestOptions
    @OptionGroup var retention: RetentionOptions
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() async throws {
        let output = options.output
        let workspace = try workspace.open(for: .changing)
        let time = asOf.time
        let report = try await IngestRun(output, ingest, totals: "ingest").run(
            workspace, try Deliveries.inInbox(workspace.layout.inbox, isWorkspaces: true), asOf: time)
        let build = try MapBuild(workspace).run(full: false, retain: retention.retain)
        BuildReporting.say(build, output, totals: "build")
        var closed: [EpochReport] = []
        var waiting: WorkspaceError?
        do { closed = try EpochClosing(workspace, asOf: time).closeDue() } catch let error as WorkspaceError {
            // The map is published all the same; somebody has to look at what could not be read.
            guard case .epochPending = error else { throw error }
            waiting = error
            output.warn(error.description)
        }
        let final = try EpochFinality(workspace, asOf: time).finalizeDue()
        for epoch in final { output.line("\(epoch) is final.") }
        for epoch in closed { EpochReporting.say(epoch, output) }
        if closed.isEmpty, waiting == nil { output.line("No epoch is due.") }
        let isIdle =
            report.added.isEmpty && report.quarantined.isEmpty && !build.isNew && closed.isEmpty
            && final.isEmpty
        if isIdle { output.line("Nothing new: no published byte has changed.") }
        output.summary([
            "frames": .integer(report.counts.total), "generation": .string(build.generation),
            "epochs_closed": .array(closed.map { .string($0.epoch.id) }),
            "epochs_final": .array(final.map { .string($0) }), "changed": .bool(!isIdle),
            "quarantined": .integer(report.quarantined.count),
        ])
        if report.needsAttention || waiting != nil { throw Failure.quarantined }
    }
}
