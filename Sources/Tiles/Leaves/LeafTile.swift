import Geo

/// One drive's frames in one leaf tile.
public struct DriveInTile: Sendable {
    /// The drive's name.
    public let drive: String
    /// Salted hash of the drive's name, by which distinct drives are counted.
    public let hash: UInt64
    /// Salted pseudonym of the contributor.
    public let contributor: UInt64
    /// The day of its first frame anywhere, days since 1970-01-01 UTC.
    public let day: Int32
    /// Its frames in the tile, by time.
    public let frames: [MapFrame]
    /// Its line in the tile.
    public let parts: [LinePart]

    /// What one drive has in one tile.
    public init(
        drive: String, hash: UInt64, contributor: UInt64, day: Int32, frames: [MapFrame], parts: [LinePart]
    ) {
        self.day = day
        self.drive = drive
        self.hash = hash
        self.contributor = contributor
        self.frames = frames
        self.parts = parts
    }
}

/// Everything a leaf tile is made of.
public struct LeafTile: Sendable {
    /// The tile, at ``SquareAddress/leafZoom``.
    public let tile: TileID
    /// What drives have in it, by contributor, then by name of drive.
    public let drives: [DriveInTile]

    /// A leaf tile of what `drives` have in it, in any order.
    public init(tile: TileID, drives: [DriveInTile]) {
        self.tile = tile
        self.drives = drives.sorted {
            $0.contributor == $1.contributor
                ? $0.drive.utf8.lexicographicallyPrecedes($1.drive.utf8) : $0.contributor < $1.contributor
        }
    }

    /// How many frames it holds.
    public var frameCount: Int { drives.reduce(0) { $0 + $1.frames.count } }

    /// What its squares hold.
    public var summary: TileSummary {
        TileSummary(
            leaf: drives.map { drive in
                LeafDrive(
                    hash: drive.hash, contributor: drive.contributor,
                    frames: drive.frames.compactMap {
                        LeafFrame(square: $0.square, quality: Int($0.quality), day: Int($0.day))
                    })
            }, of: tile)
    }

    /// The lines of its drives.
    public var lines: TileLines {
        TileLines(
            leaf: drives.lazy.filter { !$0.parts.isEmpty }.compactMap { drive in
                TileLine(
                    hash: drive.hash, drive: drive.drive, contributor: drive.contributor, day: drive.day,
                    parts: drive.parts)
            })
    }
}
