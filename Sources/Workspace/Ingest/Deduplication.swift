import Rewards
import Stages
import Store

/// Compares the observations that are new with all there are, and decides who came first.
///
/// New ones, a bounded number at a time, look up what is near them in the index of stored pictures and among those that it
/// does not hold yet: memory does not grow with the map, no pair is missed, and since every frame ends up with the
/// *earliest* equal one, the order in which uploads arrive decides nothing. Copies with the same hashes are compared once.
struct Deduplication {
    private let catalog: Catalog
    private let rules: DeduplicateRules
    private let indexing: PictureIndexing
    /// Whether the index may be changed. A rehearsal has a catalog of its own, but the files are those of the workspace.
    private let isIndexing: Bool
    private let batch: Int

    /// Comparing the observations of `workspace`, `batch` at a time.
    init(
        _ workspace: Workspace, sizes: PictureIndexing.Sizes = PictureIndexing.Sizes(), batch: Int = 16_384
    ) {
        catalog = workspace.catalog
        rules = workspace.rulesets.deduplicate
        indexing = PictureIndexing(workspace, sizes: sizes)
        isIndexing = !workspace.isRehearsal
        self.batch = batch
    }

    /// Stored pictures that are in no file and in memory at a time: 20 MB of them.
    private static let mostUnindexed = 131_072
    /// Candidates looked at at a time.
    private static let mostCandidates = 16_384

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
        do {
            try compareAll()
        } catch is PictureRunDamage {
            // What is lost is made again; a second time it is more than a lost file.
            try indexing.forget()
            try compareAll()
        }
    }

    private func compareAll() throws {
        var new = try catalog.pendingPictures(limit: batch)
        if new.isEmpty { return }
        if isIndexing { try indexing.update() }
        let stored = try indexing.open()
        while !new.isEmpty {
            try compare(new, with: stored)
            new = try catalog.pendingPictures(limit: batch)
        }
    }

    private func compare(_ new: [CatalogPicture], with stored: [PictureRun]) throws {
        let alike: [PictureHashes: [CatalogPicture]] = Dictionary(
            grouping: new, by: { $0.hashes.interchangeable(rules: rules) })
        // In any order: the earliest is the earliest however one comes by it.
        var copies = alike.map { Copies($0.value, hashes: $0.key) }
        let queries = PictureQueries(
            pdq: copies.map(\.hashes.pdq), variants: copies.flatMap(\.hashes.variants.all),
            maxDistance: Int(clamping: rules.maxPDQDistance))
        var best: [Int64: Best] = [:]
        var candidates: [(old: Int64, copies: Int)] = []
        var sources: [any PictureSource] = stored
        var last = Int64.min
        // What no file has, the new ones themselves among it. It is more than a part only where the index is lost and cannot be
        // made again.
        repeat {
            let (hashes, end) = try catalog.unindexedPictures(after: last, limit: Self.mostUnindexed)
            let table = PictureTable(ids: hashes.ids, pdq: hashes.pdq, variants: hashes.variants)
            if !hashes.ids.isEmpty { sources.append(PictureTableSearch(table)) }
            try queries.forEachPair(in: sources) { number, frames in
                for frame in frames {
                    candidates.append((frame, number))
                    // Many pictures may be near each other, all of them.
                    if candidates.count >= Self.mostCandidates { try note(&candidates, &copies, in: &best) }
                }
            }
            try note(&candidates, &copies, in: &best)
            sources = []
            last = end ?? .max
        } while last != .max
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
