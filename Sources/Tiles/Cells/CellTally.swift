import Geo

/// What is known about the frames of one cell.
public struct CellTally: Hashable, Sendable {
    /// The cell.
    public let cell: Geohash
    /// Its frames.
    public internal(set) var frames: UInt64 = 0
    /// Drives through it, each counted once for every octant of heading it has there. A frame without a heading
    /// makes no pass.
    public internal(set) var passes: UInt64 = 0
    /// Distinct drives.
    public internal(set) var drives: UInt64 = 0
    /// Distinct contributors.
    public internal(set) var contributors: UInt64 = 0
    /// Sum of the frames' qualities in permille.
    public internal(set) var qualitySum: UInt64 = 0
    /// The highest of the frames' qualities, permille.
    public internal(set) var bestQuality: UInt16 = 0
    /// Day of the earliest frame, days since 1970-01-01 UTC.
    public internal(set) var firstDay: Int32 = .max
    /// Day of the latest frame, days since 1970-01-01 UTC.
    public internal(set) var lastDay: Int32 = .min

    init(cell: Geohash) {
        self.cell = cell
    }

    /// Mean quality in permille, rounded down.
    public var meanQuality: UInt64 { frames == 0 ? 0 : qualitySum / frames }
}

/// A part of a ``CellGrid``.
public struct CellWindow: Sendable {
    /// The grid.
    public let grid: CellGrid
    /// Columns of cells.
    let columns: ClosedRange<UInt32>
    /// Rows of cells.
    let rows: ClosedRange<UInt32>

    /// The cells that touch `tile`.
    public init(_ grid: CellGrid, touching tile: TileID) {
        self.grid = grid
        let shift = 32 - UInt64(tile.zoom)
        let west = UInt64(tile.column) << shift
        let east = (UInt64(tile.column) + 1) << shift - 1
        let drop = 32 - UInt64(grid.columnBits)
        columns = UInt32(truncatingIfNeeded: west >> drop)...UInt32(truncatingIfNeeded: east >> drop)
        rows = grid.rows(from: UInt64(tile.row) << shift, to: (UInt64(tile.row) + 1) << shift)
    }

    /// The cells inside `block`, a cell of fewer characters than those of `grid`.
    public init(_ grid: CellGrid, inside block: Geohash) {
        self.grid = grid
        let outer = CellGrid(precision: block.precision)
        let (column, row) = block.columnAndRow
        let (wide, high) = (grid.columnBits - outer.columnBits, grid.rowBits - outer.rowBits)
        columns = column << wide...(column + 1) << wide - 1
        rows = row << high...(row + 1) << high - 1
    }

    /// The leaf tiles that may hold frames of these cells.
    public var leaves: [TileID] {
        let drop = 32 - UInt64(grid.columnBits)
        let shift = UInt64(MapFrame.placeBits)
        let west = (UInt64(columns.lowerBound) << drop) >> shift
        let east = ((UInt64(columns.upperBound) + 1) << drop - 1) >> shift
        let last = UInt64(1) << UInt64(SquareAddress.leafZoom) - 1
        // A frame exactly on an edge, which is rounded, may lie one row beyond it.
        let north = min((max(grid.edges(ofRow: rows.upperBound).north, 1) - 1) >> shift, last)
        let south = min((grid.edges(ofRow: rows.lowerBound).south + 1) >> shift, last)
        var tiles: [TileID] = []
        for row in north...max(north, south) {
            for column in west...east {
                if let tile = TileID(
                    zoom: Int(SquareAddress.leafZoom), column: Int(column), row: Int(row))
                {
                    tiles.append(tile)
                }
            }
        }
        return tiles
    }
}

extension CellTally {
    /// The tallies of the cells of `window` that hold frames of `leaves`, by ascending cell.
    public static func tallies(of leaves: [LeafTile], in window: CellWindow) -> [CellTally] {
        var counting = CellCounting(window)
        // Drive by drive, and those of one contributor together: then what is distinct can be counted by looking at
        // what came last.
        var order: [(leaf: Int, drive: Int)] = []
        for (index, leaf) in leaves.enumerated() {
            for drive in leaf.drives.indices where !leaf.drives[drive].frames.isEmpty {
                order.append((index, drive))
            }
        }
        order.sort { left, right in
            let (a, b) = (leaves[left.leaf].drives[left.drive], leaves[right.leaf].drives[right.drive])
            if a.contributor != b.contributor { return a.contributor < b.contributor }
            if a.drive != b.drive { return a.drive.utf8.lexicographicallyPrecedes(b.drive.utf8) }
            return left.leaf < right.leaf
        }
        var previous: DriveInTile?
        for place in order {
            let drive = leaves[place.leaf].drives[place.drive]
            if drive.drive != previous?.drive {
                counting.begin(isNewContributor: drive.contributor != previous?.contributor)
            }
            for frame in drive.frames { counting.add(frame, in: leaves[place.leaf].tile) }
            previous = drive
        }
        let tallies = counting.tallies
        // Numbers are sorted in place of tallies, which are large: cells of one length are ordered as their bits are.
        return tallies.indices.map { (bits: tallies[$0].cell.bits, index: $0) }.sorted { $0.bits < $1.bits }
            .map { tallies[$0.index] }
    }
}

/// Cells while their frames are counted.
private struct CellCounting {
    let window: CellWindow
    private(set) var tallies: [CellTally] = []
    /// For each of ``tallies``: the drive and the contributor that came last, and the octants of that drive.
    private var last: [(drive: Int, contributor: Int, octants: UInt8)] = []
    /// Position in ``tallies`` plus one by cell of the window; 0 for cells not yet met.
    private var dense: [Int32] = []
    private var sparse: [UInt64: Int] = [:]
    private let width: Int
    private var drive = 0
    private var contributor = 0

    init(_ window: CellWindow) {
        self.window = window
        width = window.columns.count
        // Cells of nine and ten characters are too many for a table of a whole block.
        if width * window.rows.count <= 1 << 20 {
            dense = [Int32](repeating: 0, count: width * window.rows.count)
        }
    }

    mutating func begin(isNewContributor: Bool) {
        drive += 1
        if isNewContributor { contributor += 1 }
    }

    mutating func add(_ frame: MapFrame, in tile: TileID) {
        let column = window.grid.column(of: frame, in: tile)
        let row = window.grid.row(of: frame)
        guard window.columns.contains(column), window.rows.contains(row) else { return }
        guard let index = index(column, row) else { return }
        tallies[index].frames += 1
        tallies[index].qualitySum += UInt64(frame.quality)
        tallies[index].bestQuality = max(tallies[index].bestQuality, frame.quality)
        let day = frame.day
        tallies[index].firstDay = min(tallies[index].firstDay, day)
        tallies[index].lastDay = max(tallies[index].lastDay, day)
        if last[index].contributor != contributor {
            last[index].contributor = contributor
            tallies[index].contributors += 1
        }
        if last[index].drive != drive {
            last[index].drive = drive
            last[index].octants = 0
            tallies[index].drives += 1
        }
        guard let heading = frame.heading else { return }
        // Octant 0 is centred on north, as in the rewards.
        let octant = UInt8(1) << UInt8((Int(heading) + 2250) % 36_000 / 4500)
        if last[index].octants & octant == 0 {
            last[index].octants |= octant
            tallies[index].passes += 1
        }
    }

    private mutating func index(_ column: UInt32, _ row: UInt32) -> Int? {
        let place = Int(row - window.rows.lowerBound) * width + Int(column - window.columns.lowerBound)
        if !dense.isEmpty, dense[place] > 0 { return Int(dense[place]) - 1 }
        if dense.isEmpty, let known = sparse[UInt64(place)] { return known }
        guard let cell = Geohash(column: column, row: row, precision: window.grid.precision) else {
            return nil
        }
        tallies.append(CellTally(cell: cell))
        last.append((0, 0, 0))
        if dense.isEmpty {
            sparse[UInt64(place)] = tallies.count - 1
        } else {
            dense[place] = Int32(truncatingIfNeeded: tallies.count)
        }
        return tallies.count - 1
    }
}
