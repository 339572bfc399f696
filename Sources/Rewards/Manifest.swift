import Canonical
import Stages

/// The record of a sealed epoch: who earned what, why, and from which inputs. Its canonical JSON is published
/// as `manifest.json` and named by its SHA-256; `docs/manifest.md` describes it to the byte.
public struct Manifest: Sendable, Equatable {
    /// The format of the JSON.
    public static let format = "waggle-manifest/1"

    /// The week.
    public let epoch: Epoch
    /// The cutoff: what was received by then, and belongs to no earlier epoch, is in.
    public let sealedAsOf: UTCTime
    /// The name of the ruleset.
    public let ruleset: ContentHash
    /// The SHA-256 of the manifest before; nil in the first.
    public let previous: ContentHash?
    /// What decides between equal remainders.
    public let seed: ContentHash
    /// Lines of `verdicts.jsonl`.
    public let inputCount: UInt64
    /// The RFC 6962 root over them.
    public let inputRoot: ContentHash
    /// How many frames got which verdict.
    public let verdicts: VerdictCounts
    /// How many frames each rule refused or called a duplicate; rules that did neither are not in it.
    public let reasons: [Rule: Int64]
    /// What the epoch pays out, micro-points: awarded and unallocated together.
    public let budget: UInt64
    /// The sum of the awards' amounts.
    public let awarded: UInt64
    /// What goes to nobody.
    public let unallocated: UInt64
    /// Why something goes to nobody; nil where nothing does.
    public let unallocatedReason: UnallocatedReason?
    /// The sum of the awards' points.
    public let pointsTotal: UInt64
    /// The takedowns that this manifest publishes, by time and id.
    public let takedowns: [PublishedTakedown]
    /// One award for everyone who delivered a frame, by the bytes of the contributor's id.
    public let awards: [Award]

    /// The SHA-256 of the canonical JSON: what the next manifest names as its previous one.
    public var contentHash: ContentHash { .of(json) }

    /// Adds the times at which this epoch's passes covered something to what earlier ones covered.
    public func addCoverage(to history: inout [Coverage: [UTCTime]]) {
        for award in awards {
            for pass in award.lines { history[pass.coverage, default: []].append(pass.coveredAt) }
        }
    }

    /// SHA-256 of `waggle-seed/1`, the previous manifest's hash (in the first epoch the ruleset's genesis
    /// text), the epoch's id, the seal's milliseconds and the input root, each on a line of its own, the last
    /// without a line feed. Nobody knows it before the inputs are sealed.
    static func seed(
        previous: ContentHash?, genesis: String, epoch: Epoch, sealedAsOf: UTCTime, inputRoot: ContentHash
    ) -> ContentHash {
        let lines = [
            "waggle-seed/1", previous?.hex ?? genesis, epoch.id, String(sealedAsOf.milliseconds),
            inputRoot.hex,
        ]
        return .of(lines.joined(separator: "\n"))
    }
}
