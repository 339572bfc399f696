import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle rewards bind`.
struct RewardsBindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bind",
        abstract: "Record at which address an account is paid.",
        discussion: """
            The record is signed and published (published/bindings). The key is an operator's, which may bind every account \
            ('waggle rewards operators'), or that of a device registered for this account, once an operator has let it ('waggle \
            rewards operators add --device'), so that its owner can do it. A later record takes the place of an earlier one; none is ever removed. A record counts for the epochs \
            that are sealed after it, and cannot be dated before the last seal. What earlier epochs awarded stays payable where \
            the account was bound then; what it earned before its first record is paid there. Accounts with one address \
            have one claim, the sum of what is theirs.

            Schemes: oz (contracts with OpenZeppelin's MerkleProof), morpho (Universal Rewards Distributor), uniswap \
            (MerkleDistributor), all with EVM addresses written as EIP-55 says; jito and saber (Solana, base 58).

            The address is taken as it is: nobody can tell from here whether anybody has its key. What is paid at a wrong \
            address is lost.

            EXAMPLES:
              waggle rewards bind ada --scheme oz --address 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed --key operator.pem
              waggle rewards bind ada --scheme jito --address 4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T \\
                --key dashcam.pem --device dashcam-42
            """)

    @Argument(help: "The account: a contributor.") var account: String
    @Option(help: ArgumentHelp("How it is paid: oz, morpho, uniswap, jito or saber.", valueName: "scheme"))
    var scheme: String
    @Option(help: ArgumentHelp("Where it is paid.", valueName: "address")) var address: String
    @Option(
        help: ArgumentHelp(
            "The private key that signs, a PEM file as 'waggle bundle key' makes it.", valueName: "file"))
    var key: String
    @Option(help: ArgumentHelp("The device whose key it must be.", valueName: "id"))
    var device: String?

    @OptionGroup var asOf: DeviceTimeOption
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let key = try KeyFiles.signingKey(key)
        let report = try PayoutRecording(try workspace.open(for: .changing)).bind(
            account, scheme: scheme, address: address, at: asOf.time, key: key, device: device)
        let (output, binding) = (options.output, report.binding)
        output.line(
            report.isNew
                ? "'\(account)' is paid at \(binding.address.text) (\(scheme)) from \(binding.at) on: record \(binding.id)."
                : "Record \(binding.id) was made before; nothing has changed.")
        if !report.isKnown {
            output.note("no closed epoch has paid '\(account)' anything yet: look whether the name is right")
        }
        for other in report.sharing {
            output.note(
                "'\(other)' is paid at this address too: one claim pays both"
            )
        }
        if let former = report.former {
            output.note(
                "what sealed epochs have awarded '\(account)' stays payable at \(former.text), claimed or not"
            )
        }
        output.summary(
            PayoutReporting.members(binding).merging([
                "new": .bool(report.isNew), "known": .bool(report.isKnown),
                "former": report.former.map { .string($0.text) } ?? .null,
                "sharing": .array(report.sharing.map { .string($0) }),
            ]) { $1 })
    }
}

/// `waggle rewards bindings`.
struct RewardsBindingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bindings",
        abstract: "List where accounts are paid, and what was recorded before.",
        discussion: """
            EXAMPLES:
              waggle rewards bindings
              waggle rewards bindings --scheme oz --json
            """)

    @Option(help: ArgumentHelp("Only records of this scheme.", valueName: "scheme")) var scheme: String?
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        if let scheme { _ = try ClaimSchemes.named(scheme) }
        let output = options.output
        let payouts = try workspace.open(for: .reading).layout.payouts
        let all = try payouts.allBindings().filter { scheme == nil || $0.scheme == scheme }
            .sorted { ($0.scheme, $0.at, $0.id) < ($1.scheme, $1.at, $1.id) }
        let signers = PayoutSigners(try payouts.keys().keys)
        var books: [String: PayoutBook] = [:]
        for name in ClaimSchemes.names {
            books[name] = PayoutBook(
                all, scheme: name, before: UTCTime(milliseconds: .max), signers: signers)
        }
        func state(_ binding: PayoutBinding) -> String {
            guard signers.accept(binding) else { return "refused" }
            return books[binding.scheme]?.address(of: binding.account) == binding.address
                ? "holds" : "superseded"
        }
        if all.isEmpty {
            output.line("No account has an address.")
        } else {
            output.table(
                ["scheme", "account", "address", "from", "state", "record"],
                all.map {
                    [
                        $0.scheme, $0.account, $0.address.text, $0.at.description, state($0),
                        String($0.id.hex.prefix(16)),
                    ]
                })
        }
        for binding in all {
            output.record(
                "binding", PayoutReporting.members(binding).merging(["state": .string(state(binding))]) { $1 }
            )
        }
        output.summary(["bindings": .integer(all.count)])
    }
}

/// What is said about bindings and keys.
enum PayoutReporting {
    static func members(_ binding: PayoutBinding) -> [String: CanonicalJSON] {
        [
            "binding": .string(binding.id.hex), "account": .string(binding.account),
            "scheme": .string(binding.scheme), "address": .string(binding.address.text),
            "at": .integer(binding.at.milliseconds), "key": .string(binding.key.hex),
        ]
    }

    /// What a key for `account` may bind.
    static func scope(_ account: String?) -> String { account.map { "'\($0)'" } ?? "every account" }

    static func members(
        _ change: (key: VerifyingKey, account: String?, isNew: Bool), at time: UTCTime
    ) -> [String: CanonicalJSON] {
        [
            "key": .string(change.key.hex), "account": change.account.map { .string($0) } ?? .null,
            "at": .integer(time.milliseconds), "new": .bool(change.isNew),
        ]
    }

    static func members(_ key: PayoutKey) -> [String: CanonicalJSON] {
        [
            "key": .string(key.key.hex), "account": key.account.map { .string($0) } ?? .null,
            "from": .integer(key.from.milliseconds),
            "until": key.until.map { .integer($0.milliseconds) } ?? .null,
        ]
    }
}
