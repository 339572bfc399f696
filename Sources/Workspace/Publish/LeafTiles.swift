import Geo
import Store
import Tiles

/// Leaf tiles put together from the catalog's pieces. The last ones stay in memory: a tile is looked at again for the
/// cells that lie across its borders.
final class LeafTiles {
    private let catalog: Catalog
    private let pseudonyms: Pseudonyms
    private var kept: [TileID: LeafTile] = [:]
    private var order: [TileID] = []
    private var names: [Int64: (hash: UInt64, contributor: UInt64)] = [:]
    /// Frames in `kept`.
    private var frames = 0
    private static let maxFrames = 500_000
    private static let maxTiles = 1024

    init(_ workspace: Workspace) {
        catalog = workspace.catalog
        pseudonyms = workspace.pseudonyms
    }

    /// What is in `tile`.
    func leaf(_ tile: TileID) throws -> LeafTile {
        if let known = kept[tile] { return known }
        var drives: [DriveInTile] = []
        for (drive, piece) in try catalog.pieces(in: tile) {
            let ids =
                names[drive.id] ?? (pseudonyms.drive(drive.name), pseudonyms.contributor(drive.contributor))
            names[drive.id] = ids
            drives.append(
                DriveInTile(
                    drive: drive.name, hash: ids.hash, contributor: ids.contributor, day: piece.day,
                    frames: try PackedFrames.frames(piece.frames),
                    parts: try LinePart.parts(packed: piece.line)))
        }
        let leaf = LeafTile(tile: tile, drives: drives)
        keep(leaf)
        return leaf
    }

    private func keep(_ leaf: LeafTile) {
        kept[leaf.tile] = leaf
        order.append(leaf.tile)
        frames += leaf.frameCount
        while order.count > 1, frames > Self.maxFrames || order.count > Self.maxTiles {
            if let old = kept.removeValue(forKey: order.removeFirst()) { frames -= old.frameCount }
        }
    }
}
