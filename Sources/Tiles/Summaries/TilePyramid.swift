import Geo

/// Derives the tiles of every zoom from the leaf tiles.
public enum TilePyramid {
    /// A tile and what it holds now.
    public typealias Entry = (tile: TileID, summary: TileSummary)

    /// New summaries of all ancestors of the changed tiles, up to zoom 0.
    ///
    /// - Parameters:
    ///   - changed: new summaries; an empty one means that the tile has no frames any more.
    ///   - stored: the summary that a tile had before, nil where it had none. It is asked only for tiles
    ///     that have not changed.
    /// - Returns: every ancestor once, deeper zooms first and by identifier within a zoom. An empty summary
    ///   means that the ancestor vanishes. A tile that `changed` itself names is not derived again.
    /// - Throws: what `stored` throws.
    public static func ancestors<Failure: Error>(
        of changed: [TileID: TileSummary], stored: (TileID) throws(Failure) -> TileSummary?
    ) throws(Failure) -> [Entry] {
        var current = changed
        var result: [Entry] = []
        guard let deepest = changed.keys.map(\.zoom).max() else { return [] }
        var zoom = deepest
        var dirty: Set<TileID> = []
        while zoom > 0 {
            for tile in changed.keys where tile.zoom == zoom { dirty.insert(tile) }
            let parents = Set(dirty.compactMap(\.parent))
            for parent in sorted(parents) where changed[parent] == nil {
                var children: [(quadrant: Quadrant, summary: TileSummary)] = []
                for child in parent.children {
                    if let summary = current[child] {
                        children.append((Quadrant(of: child), summary))
                    } else if let summary = try stored(child) {
                        children.append((Quadrant(of: child), summary))
                    }
                }
                let summary = TileSummary(merging: children)
                current[parent] = summary
                result.append((parent, summary))
            }
            dirty = parents
            zoom -= 1
        }
        return result
    }

    /// All tiles of a map with these leaf tiles, deepest zoom first and by identifier within a zoom; empty
    /// ones are left out.
    public static func all(leaves: [TileID: TileSummary]) -> [Entry] {
        let parents = ancestors(of: leaves) { (_: TileID) throws(Never) -> TileSummary? in nil }
        let given = sorted(Set(leaves.keys)).compactMap { tile in
            leaves[tile].map { (tile: tile, summary: $0) }
        }
        return (given + parents).filter { !$0.summary.isEmpty }
    }

    /// By identifier, each computed once: it costs more than a comparison.
    private static func sorted(_ tiles: Set<TileID>) -> [TileID] {
        tiles.map { (id: $0.id, tile: $0) }.sorted { $0.id < $1.id }.map(\.tile)
    }
}
