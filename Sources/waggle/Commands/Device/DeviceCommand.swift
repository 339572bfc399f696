import ArgumentParser
import Canonical
import Rewards
import Store
import Workspace

/// `waggle device`: which key a device signs with.
struct DeviceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "device",
        abstract: "Register the keys with which devices sign their bundles.",
        discussion: """
            Once a device is registered, a bundle that names it is taken in only if the registered key signed it, from \
            the contributor it is registered for. Bundles are numbered and name one another by hash, so that what is \
            sent twice, forged or put in between is refused, and what is missing is seen.

            A key holds for what is received from its registration on until it is revoked (--as-of), and no earlier \
            than anything that was read without it.

            EXAMPLES:
              waggle device register dashcam-42 --key dashcam.pem.pub --contributor ada
              waggle device list
              waggle device show dashcam-42
              waggle device revoke dashcam-42
            """,
        subcommands: [
            DeviceRegisterCommand.self, DeviceListCommand.self, DeviceShowCommand.self,
            DeviceRevokeCommand.self,
        ])
}

/// `waggle device register`.
struct DeviceRegisterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Register the key of a device.",
        discussion: """
            KEY is the public key, a PEM file; the private one stays on the device. A device has one key at a time: to \
            give it another one, or another owner, revoke the one it has.
            """)

    @Argument(help: "The device's name, as its bundles give it.") var device: String
    @Option(help: ArgumentHelp("The device's public key, a PEM file.", valueName: "file")) var key: String
    @Option(help: ArgumentHelp("Whose device it is.", valueName: "id")) var contributor: String
    @OptionGroup var asOf: DeviceTimeOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let contributor = try ContributorID(contributor)
        let key = try KeyFiles.verifyingKey(key)
        let time = asOf.time
        let isNew = try DeviceRegistration(try workspace.open(for: .changing)).register(
            device, key: key, contributor: contributor, at: time)
        options.output.line(
            isNew
                ? "Registered device \(device) of \(contributor.text) with key \(key) as of \(time)."
                : "Device \(device) is registered so already; nothing has changed.")
        options.output.summary([
            "device": .string(device), "key": .string(key.hex), "contributor": .string(contributor.text),
            "at": .integer(time.milliseconds), "new": .bool(isNew),
        ])
    }
}

/// `waggle device revoke`.
struct DeviceRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke the key of a device.",
        discussion: """
            What the key has signed and is received from then on goes to quarantine. What is in stays in; 'waggle \
            takedown' takes it off the map. The device's name stays protected: unsigned bundles that name it are \
            refused as before.

            It binds no payout address any more here; if an operator had let it, end that as well ('waggle rewards operators \
            revoke --device'), so that everybody can see it.

            EXAMPLES:
              waggle device revoke dashcam-42
              waggle device revoke dashcam-42 --as-of 2026-03-20T00:00:00Z
            """)

    @Argument(help: "The device's name.") var device: String
    @OptionGroup var asOf: DeviceTimeOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let time = asOf.time
        let workspace = try workspace.open(for: .changing)
        let key = try DeviceRegistration(workspace).revoke(device, at: time)
        options.output.line("Revoked the key \(key.key) of device \(device) as of \(time).")
        if try workspace.layout.payouts.keys().holds(key.key, of: key.contributor) {
            options.output.note(
                "the list of payout keys has it still: 'waggle rewards operators revoke --device \(device) --key' with an "
                    + "operator's key ends it there")
        }
        options.output.summary([
            "device": .string(device), "key": .string(key.key.hex),
            "contributor": .string(key.contributor), "at": .integer(time.milliseconds),
        ])
    }
}

/// From when on a change counts.
struct DeviceTimeOption: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "From when on it counts, as 2026-03-20T00:00:00Z (RFC 3339). Without it, the clock's time.",
            valueName: "time"))
    var asOf: UTCTime?

    var time: UTCTime { asOf ?? AsOfOption.clock }
}
