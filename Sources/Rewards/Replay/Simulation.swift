import Canonical
import Stages

/// Why a ruleset cannot be tried on a chain.
public enum SimulationError: Error, Equatable, CustomStringConvertible {
    /// The epoch's cells have another precision than the ruleset's.
    case cellPrecision(epoch: String, published: Int64, ruleset: Int64)
    /// What is published of the epoch does not follow from its own ruleset.
    case unsound(epoch: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .cellPrecision(let epoch, let published, let ruleset):
            "the cells of \(epoch) have \(published) characters and the ruleset's \(ruleset): what a frame would cover then "
                + "cannot be told from what is published"
        case .unsound(let epoch):
            "what is published of \(epoch) is not what its own ruleset gives; 'waggle rewards verify' says what differs"
        }
    }
}

/// Pays a published chain once more by another ruleset, and says who gains and who loses.
///
/// The verdicts stay: which frames are accepted, their qualities, cells and epochs, and the flags of their drives. Before the
/// first epoch of the range everything is as it was; from there on fresh, trusted, owed and paid is what the new ruleset makes
/// so.
public struct Simulation {
    /// What somebody is paid in all epochs of the range.
    public struct Outcome: Sendable, Equatable {
        /// Who.
        public let contributor: String
        /// Micro-points as published, and by the new ruleset.
        public internal(set) var published, simulated: UInt128

        /// What it gains; negative where it loses.
        public var difference: Int128 { Int128(simulated) - Int128(published) }
    }

    /// One epoch, both ways.
    public struct EpochOutcome: Sendable {
        /// The manifest as published, and by the new ruleset.
        public let published, simulated: Manifest
    }

    /// The epochs of the range, in their order.
    public private(set) var epochs: [EpochOutcome] = []
    private var paid: [ByteKey: Outcome] = [:]
    private let range: ClosedRange<Epoch>?
    private var own: ChainReplay
    private var other: ChainReplay

    /// A simulation of `ruleset` in the epochs `range`, all of them where there is none. `rulesets` are those published.
    public init(_ ruleset: Ruleset, in range: ClosedRange<Epoch>?, rulesets: [ContentHash: [UInt8]]) {
        self.range = range
        own = ChainReplay(rulesets: rulesets)
        other = ChainReplay(rulesets: rulesets) { epoch, own in
            guard epoch >= range?.lowerBound ?? epoch else { return own }
            let precision = own.first.score.cellPrecision
            guard precision == ruleset.score.cellPrecision else {
                throw SimulationError.cellPrecision(
                    epoch: epoch.id, published: precision, ruleset: ruleset.score.cellPrecision)
            }
            return own.replaced(by: ruleset, in: range)
        }
    }

    /// Takes in the next epoch of the chain, from its first one on.
    ///
    /// - Throws: ``SimulationError``, ``ReplayError``, and what reading throws.
    public mutating func append(_ published: PublishedEpoch) throws {
        var (before, after): ([Award], [Award]) = ([], [])
        let manifest = try own.next(published) { file, line in
            if file == .awards { before.append(try Award(line: line)) }
        }.manifest
        guard manifest.json == published.manifest else {
            throw SimulationError.unsound(epoch: manifest.epoch.id)
        }
        let simulated = try other.next(published) { file, line in
            if file == .awards { after.append(try Award(line: line)) }
        }.manifest
        guard range?.contains(manifest.epoch) ?? true else { return }
        for award in before { add(award.contributor) { $0.published += UInt128(award.paid) } }
        for award in after { add(award.contributor) { $0.simulated += UInt128(award.paid) } }
        epochs.append(EpochOutcome(published: manifest, simulated: simulated))
    }

    private mutating func add(_ contributor: String, _ change: (inout Outcome) -> Void) {
        change(
            &paid[
                ByteKey(contributor), default: Outcome(contributor: contributor, published: 0, simulated: 0)])
    }

    /// Everyone with an award in the range: who gains most first, who loses most last, equals by the bytes of their ids.
    public var outcomes: [Outcome] {
        paid.values.sorted {
            $0.difference == $1.difference
                ? $0.contributor.precedes($1.contributor) : $0.difference > $1.difference
        }
    }
}
