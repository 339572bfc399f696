import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle rewards export`.
struct RewardsExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write what everybody can claim of a contract, with proofs.",
        discussion: """
            Writes published/claims/<epoch>/<scheme>.json: for every address what its accounts earned over all epochs up to \
            a final one while they were bound to it, and a proof that the scheme's contract accepts; for oz and morpho also \
            <scheme>.standard-v1.json, which OpenZeppelin's library loads. The root in it is what goes into the contract. \
            Accounts without an address ('waggle rewards bind') are listed and keep what they earned.

            A file is a function of the epoch, the bindings from before its seal, and the token: made again it is the same to the byte. A file \
            that is there with other bytes is never overwritten.

            With --check a file is taken apart and held against the published epoch, bindings and keys. That needs \
            no more than the directory 'published'. Whose signatures count follows from the operator's first key: get it from \
            elsewhere, and give it with --operator.

            EXAMPLES:
              waggle rewards export --scheme oz
              waggle rewards export --scheme jito --epoch 2026-W10 --decimals 9
              waggle rewards export --scheme morpho --token 0x52908400098527886E0F7030069857D2E4169EE7 -o out
              waggle rewards export --check published/claims/2026-W10/oz.json
              waggle rewards export --check oz.json --published /mnt/mirror/published --operator operator.pem.pub

            docs/claims.md describes the files. EXIT STATUS: 0 done; 1 a checked file does not match; 4 what is there is \
            damaged; 12 the list of payout keys is not signed as it must be, or not the operator's.
            """)

    @Option(help: ArgumentHelp("How they are paid: oz, morpho, uniswap, jito or saber.", valueName: "scheme"))
    var scheme: String?
    @Option(help: "The epoch, as 2025-W51; without it, the last final one.") var epoch: Epoch?
    @Option(
        help: ArgumentHelp(
            "Decimals of the token, \(ClaimScale.decimals.lowerBound) to \(ClaimScale.decimals.upperBound): a point is a token. "
                + "Without it, 9 with jito and saber, otherwise 18.", valueName: "count"))
    var decimals: Int?
    @Option(help: ArgumentHelp("With morpho: the contract of the reward token.", valueName: "address"))
    var token: String?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The directory to write to; without it, the workspace's own.", valueName: "dir"))
    var output: String?
    @Option(help: ArgumentHelp("Check this file of claims; write nothing.", valueName: "file"))
    var check: String?
    @Option(
        help: ArgumentHelp(
            "With --check: the directory 'published' to hold it against; without it, the workspace's.",
            valueName: "dir"))
    var published: String?
    @Option(
        name: .customLong("operator"),
        help: ArgumentHelp(
            "With --check: the operator's first public key, a PEM file, on which all payout keys must rest.",
            valueName: "file"))
    var payoutOperator: String?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if check == nil, scheme == nil { throw ValidationError("say --scheme, or --check") }
        let isMaking =
            scheme != nil || epoch != nil || decimals != nil || token != nil || output != nil
        if check != nil, isMaking {
            throw ValidationError(
                "--check takes everything from the file: give nothing but --published and --operator beside it"
            )
        }
        if published != nil, check == nil { throw ValidationError("--published needs --check") }
        if payoutOperator != nil, check == nil { throw ValidationError("--operator needs --check") }
    }

    func run() throws {
        if let check { return try verify(check) }
        let scheme = try ClaimSchemes.named(scheme ?? "")
        let token = try ClaimOptions(decimals: decimals ?? scheme.usualDecimals, rewardToken: token)
        let export = ClaimExport(try workspace.open(for: output == nil ? .changing : .reading))
        let report = try export.write(
            try export.finalEpoch(epoch), scheme: scheme, options: token, to: output)
        say(report, options.output)
    }

    private func say(_ report: ClaimExportReport, _ output: Output) {
        let claims = report.claims
        output.line(
            "Claims of \(claims.epoch) by \(claims.schemeName), \(claims.scale.decimals) decimals: \(report.path)"
                + (report.isNew ? "" : ", there before"))
        output.line("  root \(claims.root?.description ?? "none: nobody has an address and points")")
        output.line("  total \(claims.total) base units for \(claims.claims.count) addresses")
        if !claims.unbound.isEmpty {
            // No epoch is closed whose totals do not add up below 2^64.
            let points = UInt64(clamping: claims.unbound.reduce(0 as UInt128) { $0 + UInt128($1.points) })
            output.line(
                "  \(claims.unbound.count) accounts without an address keep \(Points.text(points)) points: "
                    + "'waggle rewards bind'")
        }
        output.summary(
            members(claims).merging([
                "path": .string(report.path), "dump": report.dump.map { .string($0) } ?? .null,
                "new": .bool(report.isNew),
            ]) { $1 })
    }

    private func verify(_ path: String) throws {
        let output = options.output
        let payouts = try payoutsToCheckBy()
        let report = try ClaimVerification.verify(path, payouts)
        for finding in report.findings {
            output.note("\(finding.code): \(finding.detail)")
            output.record(
                "finding",
                [
                    "code": .string(finding.code), "place": .string(finding.place),
                    "detail": .string(finding.detail),
                ])
        }
        if report.findings.isEmpty, let claims = report.claims {
            output.line(
                "\(path): \(claims.claims.count) claims of \(claims.epoch), each as published; root "
                    + (claims.root?.description ?? "none"))
        } else {
            output.line("\(path): \(report.findings.count) findings.")
        }
        let root = try payouts.keys().root
        if let root, published != nil, payoutOperator == nil {
            output.note(
                "whose addresses count rests on key \(root): compare it with what the operator tells, or give --operator"
            )
        }
        output.summary(
            (report.claims.map(members) ?? [:]).merging([
                "findings": .integer(report.findings.count),
                "operator": root.map { .string($0.hex) } ?? .null,
            ]) { $1 })
        if !report.findings.isEmpty { throw Failure.mismatch }
    }

    /// What a file is held against: the workspace's own, or a copy, whose keys rest on the operator's where it is given.
    private func payoutsToCheckBy() throws -> PublishedPayouts {
        let root = try payoutOperator.map { try KeyFiles.verifyingKey($0) }
        guard let published else {
            let own = try workspace.open(for: .reading).layout.payouts
            if let root { try own.keys().require(root: root) }
            return own
        }
        return PublishedPayouts(published, trusting: root.map { .root($0) } ?? .anybody)
    }

    private func members(_ claims: ClaimSet) -> [String: CanonicalJSON] {
        [
            "epoch": .string(claims.epoch), "scheme": .string(claims.schemeName),
            "decimals": .integer(claims.scale.decimals),
            "root": claims.root.map { .string($0.description) } ?? .null, "total": .amount(claims.total),
            "addresses": .integer(claims.claims.count),
            "accounts": .integer(claims.totals.count - claims.unbound.count),
            "unbound": .integer(claims.unbound.count),
        ]
    }
}
