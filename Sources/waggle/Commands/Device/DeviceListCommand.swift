import ArgumentParser
import Canonical
import Store
import Workspace

/// `waggle device list`.
struct DeviceListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all keys that were ever registered.")

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let catalog = try workspace.open(for: .reading).catalog
        let keys = try catalog.deviceKeys()
        let chains = try keys.map { try catalog.chain(of: $0.key) }
        if keys.isEmpty {
            output.line("No device is registered.")
        } else {
            output.table(
                ["device", "contributor", "key", "from", "revoked", "bundles", "to look at"],
                zip(keys, chains).map { key, chain in
                    [
                        key.device, key.contributor, key.key.hex, key.registeredAt.description,
                        key.revokedAt?.description ?? "", String(chain.count),
                        String(DeviceChain.findings(chain).count),
                    ]
                })
        }
        for (key, chain) in zip(keys, chains) {
            output.record("device", DeviceReporting.members(key, chain))
        }
        output.summary(["devices": .integer(keys.count)])
    }
}

/// `waggle device show`.
struct DeviceShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the keys of a device, and every bundle they signed.",
        discussion: """
            'bundle.gap' says that the bundle with the number before has not been received. 'bundle.replayed', \
            'bundle.forked' and 'bundle.out_of_order' are refused when a bundle is read; they stand here where the \
            bundle that was received first was read last.
            """)

    @Argument(help: "The device's name.") var device: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let catalog = try workspace.open(for: .reading).catalog
        let keys = try catalog.deviceKeys().filter { $0.device.hasSameBytes(as: device) }
        if keys.isEmpty {
            throw ValidationError(
                "no device '\(device)' is registered; 'waggle device list' names those that are")
        }
        var findings = 0
        for key in keys {
            let chain = try catalog.chain(of: key.key)
            let found = DeviceChain.findings(chain)
            findings += found.count
            let end = key.revokedAt.map { ", revoked as of \($0)" } ?? ""
            output.line("Key \(key.key) of \(key.contributor), from \(key.registeredAt)\(end)")
            output.record("device", DeviceReporting.members(key, chain))
            output.table(
                ["number", "upload", "contributor", "received at", "to look at"],
                chain.map { link in
                    [
                        String(link.sequence), link.upload, link.contributor, link.receivedAt.description,
                        found.first { $0.link == link }?.fault.rawValue ?? "",
                    ]
                })
            for link in chain {
                output.record("bundle", DeviceReporting.members(link, found.first { $0.link == link }))
            }
        }
        output.summary([
            "device": .string(device), "keys": .integer(keys.count), "findings": .integer(findings),
        ])
    }
}

/// What is said about devices and what they signed.
enum DeviceReporting {
    static func members(_ key: DeviceKey, _ chain: [ChainLink]) -> [String: CanonicalJSON] {
        [
            "device": .string(key.device), "contributor": .string(key.contributor),
            "key": .string(key.key.hex), "registered_at": .integer(key.registeredAt.milliseconds),
            "revoked_at": key.revokedAt.map { .integer($0.milliseconds) } ?? .null,
            "bundles": .integer(chain.count),
            "findings": .integer(DeviceChain.findings(chain).count),
        ]
    }

    static func members(_ link: ChainLink, _ finding: DeviceChain.Finding?) -> [String: CanonicalJSON] {
        [
            "upload": .string(link.upload), "contributor": .string(link.contributor),
            "received_at": .integer(link.receivedAt.milliseconds), "sequence": .integer(link.sequence),
            "sha256": .string(link.statement.hex),
            "previous": link.previous.map { .string($0.hex) } ?? .null,
            "code": finding.map { .string($0.fault.rawValue) } ?? .null,
            "other": finding?.other.map { .string($0.upload) } ?? .null,
        ]
    }
}
