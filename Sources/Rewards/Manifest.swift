import Canonical
import Stages

/// The record of a sealed epoch: its sums, its pools, and the roots of its files. Its canonical JSON is published as
/// `manifest.json` and named by its SHA-256; `docs/manifest.md` describes it to the byte.
public struct Manifest: Sendable, Equatable {
    /// The format of the JSON.
    public static let format = "waggle-manifest/2"

    /// Which epoch, and when it was sealed.
    public let header: EpochHeader
    /// The name of the epoch's own ruleset.
    public let ruleset: ContentHash
    /// Which ruleset holds when, as far as it was known when the epoch was sealed.
    public let rulesets: [RulesetAdoption]
    /// The SHA-256 of the manifest before; nil in the first.
    public let previous: ContentHash?
    /// What decides between equal remainders.
    public let seed: ContentHash
    /// Lines and root of every file.
    public let roots: [EpochFile: LineRoot]
    /// How many frames got which verdict.
    public let verdicts: VerdictCounts
    /// How many frames each rule refused or called a duplicate; rules that did neither are not in it.
    public let reasons: [Rule: Int64]
    /// What the budget consists of.
    public let pools: [Pool]
    /// The sum of the awards' points.
    public let pointsTotal: UInt64
    /// What is kept back for debts.
    public let recovered: UInt64
    /// What all were paid in all epochs so far.
    public let cumulativeTotal: UInt64
    /// The sum of the pools' amounts, and of what of them goes to nobody.
    public let budget, unallocated: UInt64
    /// How much goes to few.
    public let concentration: Concentration
    /// The takedowns that this manifest publishes, by time and id.
    public let takedowns: [PublishedTakedown]
    /// The bounties that it publishes, by time and id.
    public let bounties: [Bounty]

    /// The week.
    public var epoch: Epoch { header.epoch }
    /// The cutoff: what was received by then, and belongs to no earlier epoch, is in.
    public var sealedAsOf: UTCTime { header.sealedAsOf }
    /// What is paid in all.
    public var paid: UInt64 {
        budget - min(unallocated, budget) - min(recovered, budget - min(unallocated, budget))
    }
    /// Lines of `file`.
    public func count(of file: EpochFile) -> UInt64 { roots[file]?.count ?? 0 }

    /// The SHA-256 of the canonical JSON: what the next manifest names as its previous one.
    public var contentHash: ContentHash { .of(json) }

    /// SHA-256 of `waggle-seed/2`, the previous manifest's hash (in the first epoch the ruleset's genesis
    /// text), the epoch's id, the seal's milliseconds and the roots of inputs and verdicts, each on a line of its own, the
    /// last without a line feed. Nobody knows it before the inputs are sealed.
    static func seed(
        previous: ContentHash?, genesis: String, epoch: Epoch, sealedAsOf: UTCTime, inputs: ContentHash,
        verdicts: ContentHash
    ) -> ContentHash {
        let lines = [
            "waggle-seed/2", previous?.hex ?? genesis, epoch.id, String(sealedAsOf.milliseconds), inputs.hex,
            verdicts.hex,
        ]
        return .of(lines.joined(separator: "\n"))
    }
}
