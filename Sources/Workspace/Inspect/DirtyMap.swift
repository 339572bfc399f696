import Geo
import Store
import Tiles

/// What the next build would make anew, and why.
public struct DirtyMap: Sendable {
    /// Drives whose frames on the map have changed since they were laid on it.
    public let drives: [DriveOnMap]
    /// The tiles it would make, with all above them.
    public let tiles: Set<TileID>
    /// The files of cells it would make.
    public let blocks: [Geohash]

    /// What a build of `workspace` would make anew now. Frames that wait to be compared with all others are taken as
    /// they are.
    public init(of workspace: Workspace) throws {
        drives = try workspace.catalog.dirtyDrives()
        var pieces = PieceBuild(workspace)
        var stale = try pieces.preview()
        stale.tiles.formUnion(try workspace.catalog.dirtyTiles())
        for (block, cells) in try workspace.catalog.dirtyBlocks() { stale.insert(cells, of: block) }
        let map = StaleMap(tiles: stale.tiles, blocks: stale.blocks)
        tiles = map.tiles
        blocks = map.blocks.keys.sorted()
    }
}
