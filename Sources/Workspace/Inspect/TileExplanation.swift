import Canonical
import Geo
import Rewards
import Stages
import Store
import Tiles

/// What stands behind a tile: whose frames, how good, and what they earned.
public struct TileExplanation: Sendable {
    /// What one drive has in the tile.
    public struct Drive: Sendable {
        /// Its name.
        public let name: String
        /// The contributor's pseudonym, 16 hexadecimal digits.
        public let contributor: String
        /// Its frames in the tile.
        public internal(set) var frames = 0
        /// Sum of their qualities, permille.
        public internal(set) var qualitySum: Int64 = 0
        /// Days of the earliest and of the latest frame; nil where only the drive's line is in the tile.
        public internal(set) var firstDay, lastDay: CalendarDay?
        /// Passes of closed epochs whose best frame is in the tile.
        public internal(set) var passes = 0
        /// Micro-points these passes earned.
        public internal(set) var points: UInt64 = 0

        /// Mean quality in permille, rounded down; nil without frames.
        public var quality: Int64? { frames == 0 ? nil : qualitySum / Int64(frames) }
    }

    /// The tile.
    public let tile: TileID
    /// Its drives by name.
    public let drives: [Drive]
    /// Whether a build would make it anew.
    public let isDirty: Bool

    /// What stands behind `tile` in `workspace`, as of the last build.
    public init(of tile: TileID, in workspace: Workspace) throws {
        self.tile = tile
        let catalog = workspace.catalog
        var found: [String: Drive] = [:]
        var numbers: [String: Set<UInt32>] = [:]
        for (drive, piece) in try catalog.pieces(below: tile) {
            var entry =
                found[drive.name]
                ?? Drive(
                    name: drive.name,
                    contributor: Hexadecimal.text(workspace.pseudonyms.contributor(drive.contributor)))
            for frame in try PackedFrames.frames(piece.frames) {
                let day = CalendarDay(number: Int64(frame.day))
                entry.frames += 1
                entry.qualitySum += Int64(frame.quality)
                entry.firstDay = min(entry.firstDay ?? day, day)
                entry.lastDay = max(entry.lastDay ?? day, day)
                numbers[drive.name, default: []].insert(frame.number)
            }
            found[drive.name] = entry
        }
        try Self.forEachPass(of: workspace) { line in
            // A pass belongs to the tile of its best frame: so every pass belongs to one tile of a zoom.
            guard let own = numbers[line.drive],
                let number = FrameName.number(of: line.bestFrame, drive: line.drive), own.contains(number)
            else { return }
            found[line.drive]?.passes += 1
            found[line.drive]?.points += line.pass.points
        }
        drives = found.keys.sorted { $0.precedes($1) }.compactMap { found[$0] }
        isDirty = try DirtyMap(of: workspace).tiles.contains(tile)
    }

    /// Gives the passes of closed epochs to `body`.
    private static func forEachPass(of workspace: Workspace, _ body: (PassLine) -> Void) throws {
        for sealed in try workspace.catalog.sealedEpochs() where sealed.body != nil {
            guard let epoch = Epoch(id: sealed.id) else { continue }
            try EpochFiles.forEach(
                .scores, in: EpochFiles.directory(epoch, workspace.layout),
                { line throws(JSONError) in try PassLine(line: line) }, body)
        }
    }
}
