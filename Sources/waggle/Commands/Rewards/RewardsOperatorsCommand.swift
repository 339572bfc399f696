import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle rewards operators`: whose signature binds accounts to addresses.
struct RewardsOperatorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operators",
        abstract: "Name the keys that may say where accounts are paid.",
        discussion: """
            The list is published (published/payout-keys.json), so that anybody can see whose signatures count. A key is \
            never removed from it: its end is noted. Keys of devices come to it with what they bind, for their owner's account \
            alone.

            EXAMPLES:
              waggle bundle key -o operator.pem
              waggle rewards operators add operator.pem.pub
              waggle rewards operators list
              waggle rewards operators revoke operator.pem.pub
            """,
        subcommands: [
            RewardsOperatorsAddCommand.self, RewardsOperatorsListCommand.self,
            RewardsOperatorsRevokeCommand.self,
        ])
}

/// `waggle rewards operators add`.
struct RewardsOperatorsAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Let a key bind every account.",
        discussion: """
            Whoever has the private key can say where everybody is paid. Keep it off the machine that takes uploads.
            """)

    @Argument(help: ArgumentHelp("The public key, a PEM file.", valueName: "file")) var key: String
    @OptionGroup var asOf: DeviceTimeOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let (key, time) = (try KeyFiles.verifyingKey(key), asOf.time)
        let isNew = try PayoutRecording(try workspace.open(for: .changing)).addOperator(key, from: time)
        options.output.line(
            isNew
                ? "Key \(key) binds accounts from \(time) on."
                : "Key \(key) is an operator's already; nothing has changed.")
        options.output.summary([
            "key": .string(key.hex), "at": .integer(time.milliseconds), "new": .bool(isNew),
        ])
    }
}

/// `waggle rewards operators revoke`.
struct RewardsOperatorsRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a key.",
        discussion: """
            What it has signed until then stays: bind again, with another key, who was bound wrongly.
            """)

    @Argument(help: ArgumentHelp("The public key, a PEM file.", valueName: "file")) var key: String
    @OptionGroup var asOf: DeviceTimeOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let (key, time) = (try KeyFiles.verifyingKey(key), asOf.time)
        try PayoutRecording(try workspace.open(for: .changing)).endOperator(key, at: time)
        options.output.line("Key \(key) binds accounts no more from \(time) on.")
        options.output.summary(["key": .string(key.hex), "at": .integer(time.milliseconds)])
    }
}

/// `waggle rewards operators list`.
struct RewardsOperatorsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the keys whose bindings count, those of devices included.")

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let keys = try workspace.open(for: .reading).layout.payouts.keys().keys
        if keys.isEmpty {
            output.line("No key may bind accounts; 'waggle rewards operators add' names one.")
        } else {
            output.table(
                ["key", "may bind", "from", "until"],
                keys.map {
                    [
                        $0.key.hex, $0.account ?? "every account", $0.from.description,
                        $0.until?.description ?? "",
                    ]
                })
        }
        for key in keys { output.record("payout_key", PayoutReporting.members(key)) }
        output.summary(["keys": .integer(keys.count)])
    }
}
