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
            The list is published (published/payout-keys.jsonl), so that anybody can see whose signatures count, and when. \
            Every change of it is signed by an operator's key and names the change before; a key is never removed, its end is \
            noted. The first key names itself, and all others rest on it: tell the world which it is. Have a second one in \
            another place, since a list without an operator's key cannot be changed any more.

            EXAMPLES:
              waggle bundle key -o operator.pem
              waggle rewards operators add operator.pem.pub --key operator.pem
              waggle rewards operators add spare.pem.pub --key operator.pem
              waggle rewards operators add --device dashcam-42 --key operator.pem
              waggle rewards operators list
              waggle rewards operators revoke operator.pem.pub --key spare.pem

            EXIT STATUS: 0 done; 4 the list cannot be read; 12 it is not signed as it must be, or was cut short.
            """,
        subcommands: [
            RewardsOperatorsAddCommand.self, RewardsOperatorsListCommand.self,
            RewardsOperatorsRevokeCommand.self,
        ])
}

/// Which key, and who says so.
struct PayoutKeyOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The public key of an operator, a PEM file.", valueName: "file"))
    var file: String?
    @Option(help: ArgumentHelp("Instead: the registered device whose key it is.", valueName: "id"))
    var device: String?
    @Option(
        help: ArgumentHelp(
            "The private key of an operator, which signs the change, a PEM file.", valueName: "file"))
    var key: String

    func validate() throws {
        if (file == nil) == (device == nil) {
            throw ValidationError("give the file of a public key, or --device")
        }
    }
}

/// `waggle rewards operators add`.
struct RewardsOperatorsAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Let a key bind every account, or a device's key its owner's.",
        discussion: """
            Whoever has an operator's private key can say where everybody is paid, and name other keys. Keep it off the \
            machine that takes uploads. The first key names itself: --key is its private half.

            EXAMPLES:
              waggle rewards operators add operator.pem.pub --key operator.pem
              waggle rewards operators add spare.pem.pub --key operator.pem
              waggle rewards operators add --device dashcam-42 --key operator.pem
            """)

    @OptionGroup var subject: PayoutKeyOptions
    @OptionGroup var asOf: DeviceTimeOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let (signer, time) = (try KeyFiles.signingKey(subject.key), asOf.time)
        let named = try subject.file.map(KeyFiles.verifyingKey)
        let recording = PayoutRecording(try workspace.open(for: .changing))
        let made: (key: VerifyingKey, account: String?, isNew: Bool)
        if let device = subject.device {
            made = try recording.addDevice(device, from: time, signedWith: signer)
        } else if let named {
            made = (
                named, nil, try recording.addOperator(named, from: time, signedWith: signer)
            )
        } else {
            return
        }
        options.output.line(
            made.isNew
                ? "Key \(made.key) binds \(PayoutReporting.scope(made.account)) from \(time) on."
                : "Key \(made.key) may do that already; nothing has changed.")
        options.output.summary(PayoutReporting.members(made, at: time))
    }
}

/// `waggle rewards operators revoke`.
struct RewardsOperatorsRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a key.",
        discussion: """
            What it has signed until then stays: bind again, with another key, who was bound wrongly. A key can end itself; \
            once the last operator's has ended, nobody can change the list or bind any more.

            EXAMPLES:
              waggle rewards operators revoke operator.pem.pub --key spare.pem
              waggle rewards operators revoke --device dashcam-42 --key operator.pem
            """)

    @OptionGroup var subject: PayoutKeyOptions
    @OptionGroup var asOf: DeviceTimeOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let (signer, time) = (try KeyFiles.signingKey(subject.key), asOf.time)
        let named = try subject.file.map(KeyFiles.verifyingKey)
        let recording = PayoutRecording(try workspace.open(for: .changing))
        let made: (key: VerifyingKey, account: String?, isNew: Bool)
        if let device = subject.device {
            made = try recording.endDevice(device, at: time, signedWith: signer)
        } else if let named {
            made = (
                named, nil, try recording.endOperator(named, at: time, signedWith: signer)
            )
        } else {
            return
        }
        options.output.line(
            made.isNew
                ? "Key \(made.key) does not bind \(PayoutReporting.scope(made.account)) any more from \(time) on."
                : "Key \(made.key) was ended before; nothing has changed.")
        options.output.summary(PayoutReporting.members(made, at: time))
    }
}

/// `waggle rewards operators list`.
struct RewardsOperatorsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the keys whose bindings count, those of devices included.",
        discussion: """
            EXAMPLES:
              waggle rewards operators list
              waggle rewards operators list --json
            """)

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let list = try workspace.open(for: .reading).layout.payouts.keys()
        if list.keys.isEmpty {
            output.line("No key may bind accounts; 'waggle rewards operators add' names one.")
        } else {
            output.table(
                ["key", "may bind", "from", "until"],
                list.keys.map {
                    [
                        $0.key.hex, PayoutReporting.scope($0.account), $0.from.description,
                        $0.until?.description ?? "",
                    ]
                })
        }
        for key in list.keys { output.record("payout_key", PayoutReporting.members(key)) }
        output.summary([
            "keys": .integer(list.keys.count), "changes": .integer(list.changes.count),
            "operator": list.root.map { .string($0.hex) } ?? .null,
            "head": list.head.map { .string($0.id.hex) } ?? .null,
        ])
    }
}
