import Rewards
import Stages
import Store

/// Compares the observations that are new with all there are, and decides who came first.
///
/// The new ones are indexed in memory, a bounded number at a time, and all hashes of the catalog are streamed past
/// them: memory does not grow with the map, no pair is missed, and since every frame ends up with the *earliest*
/// equal one, the order in which uploads arrive decides nothing.
struct Deduplication {
    private let catalog: Catalog
    private let rules: DeduplicateRules

    init(_ workspace: Workspace) {
        catalog = workspace.catalog
        rules = workspace.ruleset.deduplicate
    }

    /// Observations indexed at a time.
    private static let batch = 16_384

    /// The earliest equal found so far for one frame.
    private struct Best {
        let original: CatalogPicture
        let match: PictureMatch
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
        let index = DHashIndex(new.map(\.hashes.dHash), maxDistance: Int(clamping: rules.maxDHashDistance))
        var best: [Int64: Best] = [:]
        var candidates: [(old: Int64, new: Int)] = []
        try catalog.forEachDHash { hashes in
            for (id, hash) in hashes {
                index.forEach(near: hash) { if new[$0].id != id { candidates.append((id, $0)) } }
                // Many copies of one picture are near each other, all of them.
                if candidates.count >= Self.batch { try note(&candidates, new, in: &best) }
            }
            try note(&candidates, new, in: &best)
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
        _ candidates: inout [(old: Int64, new: Int)], _ new: [CatalogPicture], in best: inout [Int64: Best]
    ) throws {
        if candidates.isEmpty { return }
        let ids = Set(candidates.map(\.old)).sorted()
        let old = Dictionary(uniqueKeysWithValues: try catalog.pictures(ids).map { ($0.id, $0) })
        for candidate in candidates {
            guard let other = old[candidate.old] else { continue }
            note(new[candidate.new], other, in: &best)
        }
        candidates.removeAll(keepingCapacity: true)
    }

    /// Notes that the later of two equal pictures has the earlier one as a possible original.
    private func note(_ left: CatalogPicture, _ right: CatalogPicture, in best: inout [Int64: Best]) {
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
