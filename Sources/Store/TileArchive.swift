import Tiles

/// Files with tiles in them, told apart by their contents.
public enum TileArchive {
    /// Opens `path`, a PMTiles archive or an MBTiles file, whatever its name.
    ///
    /// - Throws: ``FileFailure``, or ``TileError`` for what is neither or is damaged.
    public static func open(_ path: String) throws -> any TileSource {
        let file = try ArchiveFile(path)
        if try MBTilesReader.isDatabase(file) { return try MBTilesReader(path: path, file) }
        guard try PMTilesReader.isArchive(file) else {
            throw TileError(
                .malformed, at: 0,
                "neither a PMTiles archive, which begins with 'PMTiles', nor an MBTiles file, which begins with "
                    + "'SQLite format 3'")
        }
        return try PMTilesReader(file)
    }
}
