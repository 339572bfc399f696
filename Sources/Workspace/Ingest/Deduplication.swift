import Rewards
import Stages
import Store

/// Compares the observations that are new with all there are, and decides who came first.
///
/// The new ones are indexed in memory, a bounded number at a time, and all hashes of the catalog are streamed past
/// them: memory does not grow with the map, no pair is missed, and since every frame ends up with the *earliest*
/// equal one, the order in which uploads arrive decides nothing. Copies with the same hashes are compared once.
struct Deduplication {
    private let catalog: Catalog
    private let rules: DeduplicateRules

    init(_ workspace: Workspace) {
        catalog = workspace.catalog
        rules = workspace.rulesets.deduplicate
    }

    /// Observations indexed at a time.
    private static let batch = 16_384

    /// The earliest equal found so far for one frame.
    private struct Best {
        let original: CatalogPicture
        let match: PictureMatch
    }

    /// New frames that are the same as each other and as whatever one of them is the same as.
    private struct Copies {
        let members: [CatalogPicture]
        let hashes: PictureHashes
        /// Those of them that can be an original.
        var earliest = EarliestPictures()
        /// Those of all pictures equal to them that can be their original.
        var originals = EarliestPictures()

        init(_ members: [CatalogPicture], hashes: PictureHashes) {
            self.members = members
            self.hashes = hashes
            for member in members { earliest.add(member) }
        }
    }

    /// Compares all that wait for it.
    func run() throws {
        while true {
            let new = try catalog.pendingPictures(limit: Self.batch)
            if new.isEmpty { return }
            try compare(new)
        }
    }

    private func compare(_ new: [CatalogPicture]) throws {
        let alike: [PictureHashes: [CatalogPicture]] = Dictionary(
            grouping: new, by: { $0.hashes.interchangeable(rules: rules) })
        // In any order: the earliest is the earliest however one comes by it.
        var copies = alike.map { Copies($0.value, hashes: $0.key) }
        let index = PictureIndex(copies.map(\.hashes), rules: rules)
        var best: [Int64: Best] = [:]
        var candidates: [(old: Int64, copies: Int)] = []
        try catalog.forEachHashes { hashes in
            try index.forEachPair(hashes.pdq, variants: hashes.variants) {
                candidates.append((hashes.ids[$0], $1))
                // Many pictures may be near each other, all of them.
                if candidates.count >= Self.batch { try note(&candidates, &copies, in: &best) }
            }
            try note(&candidates, &copies, in: &best)
        }
        for group in copies {
            for member in group.members {
                for original in group.originals.all { note(member, original, in: &best) }
            }
        }
        let known = try knownOriginals(best, new)
        let findings = best.keys.sorted().compactMap { id -> DuplicateFinding? in
            guard let found = best[id] else { return nil }
            if let before = known[id], before < found.original.precedence { return nil }
            return DuplicateFinding(frame: id, original: found.original.id, match: found.match)
        }
        try catalog.apply(findings, compared: new.map(\.id), rules: rules)
    }

    /// Looks at the candidates and forgets them.
    private func note(
        _ candidates: inout [(old: Int64, copies: Int)], _ copies: inout [Copies],
        in best: inout [Int64: Best]
    ) throws {
        if candidates.isEmpty { return }
        let ids = Set(candidates.map(\.old)).sorted()
        let old = Dictionary(uniqueKeysWithValues: try catalog.pictures(ids).map { ($0.id, $0) })
        for candidate in candidates {
            guard let other = old[candidate.old],
                other.hashes.match(copies[candidate.copies].hashes, rules: rules) != nil
            else { continue }
            copies[candidate.copies].originals.add(other)
            for earlier in copies[candidate.copies].earliest.all { note(other, earlier, in: &best) }
        }
        candidates.removeAll(keepingCapacity: true)
    }

    /// Notes that the later of two equal pictures has the earlier one as a possible original.
    private func note(_ left: CatalogPicture, _ right: CatalogPicture, in best: inout [Int64: Best]) {
        if left.id == right.id { return }
        // One frame of a stop stands for the others already.
        if let stop = left.stop, stop == right.stop { return }
        guard let match = left.hashes.match(right.hashes, rules: rules) else { return }
        // Only the direction depends on what was paid: an open frame has the same original before and after the
        // epoch of some equal one was sealed.
        let isLeftFirst = left.isPaid == right.isPaid ? left.precedence < right.precedence : left.isPaid
        let (earlier, later) = isLeftFirst ? (left, right) : (right, left)
        if later.isSealed { return }
        if let found = best[later.id], found.original.precedence <= earlier.precedence { return }
        best[later.id] = Best(original: earlier, match: match)
    }

    /// The precedence of the original that each frame with a new finding has had so far.
    private func knownOriginals(_ best: [Int64: Best], _ new: [CatalogPicture]) throws -> [Int64: Precedence]
    {
        let frames = try catalog.pictures(best.keys.sorted())
        let originals = Set(frames.compactMap(\.original)).sorted()
        let precedence = Dictionary(
            uniqueKeysWithValues: try catalog.pictures(originals).map { ($0.id, $0.precedence) })
        return Dictionary(
            uniqueKeysWithValues: frames.compactMap { frame in
                frame.original.flatMap { precedence[$0] }.map { (frame.id, $0) }
            })
    }
}
