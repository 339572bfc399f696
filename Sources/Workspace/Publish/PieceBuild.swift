import Canonical
import Geo
import Store
import Tiles

/// Lays drives on the map: cuts what each has on it into the pieces of the leaf tiles it crosses.
///
/// The tiles are made from pieces alone. A drive's pieces are a function of its own frames, so what one upload brings
/// or a takedown removes changes no other drive's.
struct PieceBuild {
    private let catalog: Catalog
    private var reach: CellReach

    /// - Parameter namesCells: Whether to note which cells change, and not only in which blocks. Where all is made anew
    ///   nobody asks.
    init(_ workspace: Workspace, namesCells: Bool = true) {
        catalog = workspace.catalog
        reach = CellReach(precision: workspace.cellPrecision, namesCells: namesCells)
    }

    /// Frames whose pieces are stored in one transaction.
    private static let batch = 50_000

    /// Brings the pieces of all dirty drives up to date and notes which tiles and files of cells that makes stale.
    mutating func run() throws {
        var changes: [(drive: DriveOnMap, pieces: [StoredPiece])] = []
        var (stale, waiting) = (StaleParts(), 0)
        for drive in try catalog.dirtyDrives() {
            let frames = try catalog.framesOnMap(of: drive)
            let pieces = try Self.pieces(of: frames)
            try note(pieces, insteadOf: try catalog.pieces(of: drive), in: &stale)
            changes.append((drive, pieces))
            waiting += frames.count
            if waiting >= Self.batch {
                try catalog.replacePieces(changes, stale: stale)
                (changes, stale, waiting) = ([], StaleParts(), 0)
            }
        }
        if !changes.isEmpty { try catalog.replacePieces(changes, stale: stale) }
    }

    /// What building would make stale now, without changing anything.
    mutating func preview() throws -> StaleParts {
        var stale = StaleParts()
        for drive in try catalog.dirtyDrives() {
            try note(
                try Self.pieces(of: try catalog.framesOnMap(of: drive)),
                insteadOf: try catalog.pieces(of: drive),
                in: &stale)
        }
        return stale
    }

    /// The pieces of a drive with these frames, by tile.
    static func pieces(of frames: [FrameOnMap]) throws -> [StoredPiece] {
        guard let first = frames.first else { return [] }
        let day = Int32(clamping: first.capturedAt.day.number)
        var inTiles: [TileID: [MapFrame]] = [:]
        let shift = MapFrame.placeBits
        var start = 0
        while start < frames.count {
            let (column, row) = (frames[start].column >> shift, frames[start].row >> shift)
            var end = start
            var some: [MapFrame] = []
            while end < frames.count, frames[end].column >> shift == column, frames[end].row >> shift == row {
                let frame = frames[end]
                guard
                    let onMap = MapFrame(
                        number: frame.number, capturedAt: frame.capturedAt.milliseconds, column: frame.column,
                        row: frame.row, latitudeE7: frame.latitudeE7, heading: frame.heading,
                        quality: frame.quality)
                else { throw WorkspaceError.catalogDamage("a frame on the map has an impossible value") }
                some.append(onMap)
                end += 1
            }
            guard let tile = TileID(zoom: Int(SquareAddress.leafZoom), column: Int(column), row: Int(row))
            else { throw WorkspaceError.catalogDamage("a frame on the map is in no tile") }
            inTiles[tile, default: []] += some
            start = end
        }
        let way = frames.map {
            WayPoint(column: $0.column, row: $0.row, capturedAt: $0.capturedAt.milliseconds)
        }
        var lines: [TileID: [LinePart]] = [:]
        for (tile, parts) in LineSplit.parts(of: way) { lines[tile] = parts }
        return Set(inTiles.keys).union(lines.keys).map { (id: $0.id, tile: $0) }.sorted { $0.id < $1.id }.map
        {
            StoredPiece(
                tile: $0.tile, day: day, frames: PackedFrames.bytes(inTiles[$0.tile] ?? []),
                line: LinePart.packed(lines[$0.tile] ?? []))
        }
    }

    /// Notes what the pieces that differ make stale.
    private mutating func note(
        _ new: [StoredPiece], insteadOf old: [StoredPiece], in stale: inout StaleParts
    ) throws {
        let before = Dictionary(uniqueKeysWithValues: old.map { ($0.tile, $0) })
        let after = Set(new.map(\.tile))
        for piece in new where before[piece.tile] != piece {
            try reach.note(piece.frames, in: piece.tile, &stale)
            if let gone = before[piece.tile] { try reach.note(gone.frames, in: gone.tile, &stale) }
        }
        for piece in old where !after.contains(piece.tile) {
            try reach.note(piece.frames, in: piece.tile, &stale)
        }
    }
}

/// Which tiles and files show the cells that frames lie in.
struct CellReach {
    private let precision: Int
    private let namesCells: Bool
    private var rowsOfTiles: [UInt8: [UInt32: ClosedRange<UInt32>]] = [:]

    init(precision: Int, namesCells: Bool) {
        self.precision = precision
        self.namesCells = namesCells
    }

    /// Notes the leaf tile `tile`, every tile that shows a cell of one of `packed` frames in it, and the files of
    /// these cells.
    mutating func note(_ packed: [UInt8], in tile: TileID, _ stale: inout StaleParts) throws {
        stale.tiles.insert(tile)
        let frames = try PackedFrames.frames(packed)
        for zoom in CellsLayer.zooms {
            // The rows of coarse cells hold those of fine ones.
            guard let grid = CellsLayer.grids(zoom: zoom, precision: precision)?.coarse else { continue }
            var last: UInt32?
            for frame in frames {
                let row = grid.row(of: frame)
                if row == last { continue }
                last = row
                let column = tile.column >> UInt32(SquareAddress.leafZoom - zoom)
                for tileRow in tileRows(row, grid, zoom) {
                    if let touched = TileID(zoom: Int(zoom), column: Int(column), row: Int(tileRow)) {
                        stale.tiles.insert(touched)
                    }
                }
            }
        }
        noteCells(frames, in: tile, &stale)
    }

    private func noteCells(_ frames: [MapFrame], in tile: TileID, _ stale: inout StaleParts) {
        let grid = CellGrid(precision: namesCells ? precision : CellDocument.namePrecision)
        var found: [Geohash: Set<UInt64>] = [:]
        var last: (column: UInt32, row: UInt32)?
        for frame in frames {
            let place = (column: grid.column(of: frame, in: tile), row: grid.row(of: frame))
            if let last, last == place { continue }
            last = place
            if let cell = Geohash(column: place.column, row: place.row, precision: grid.precision) {
                found[cell.prefix(CellDocument.namePrecision), default: []].insert(cell.bits)
            }
        }
        for (block, cells) in found { stale.insert(namesCells ? .some(cells) : .all, of: block) }
    }

    /// The rows of tiles of `zoom` that a row of cells lies in.
    private mutating func tileRows(_ row: UInt32, _ grid: CellGrid, _ zoom: UInt8) -> ClosedRange<UInt32> {
        if let known = rowsOfTiles[zoom]?[row] { return known }
        let edges = grid.edges(ofRow: row)
        let shift = 32 - UInt64(zoom)
        let last = UInt64(1) << UInt64(zoom) - 1
        let north = min(edges.north >> shift, last)
        let south = min((max(edges.south, edges.north + 1) - 1) >> shift, last)
        let rows = UInt32(truncatingIfNeeded: north)...UInt32(truncatingIfNeeded: max(north, south))
        rowsOfTiles[zoom, default: [:]][row] = rows
        return rows
    }
}
