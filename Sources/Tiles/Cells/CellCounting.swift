import Geo

/// Cells while their frames are counted.
struct CellCounting {
    private let window: CellWindow
    private var cells: [Counted] = []
    /// Position in ``cells`` plus one by cell of the window: 0 for cells not yet met, ``unwanted`` for those not to be
    /// counted.
    private var dense: [Int32] = []
    private var sparse: [UInt64: Int] = [:]
    private let selection: Set<UInt64>?
    private let width: Int
    private var drive: UInt32 = 0
    private var contributor: UInt32 = 0

    private static let unwanted: Int32 = -1

    /// A cell, with the drive and the contributor that came last and the octants of that drive.
    fileprivate struct Counted {
        var tally: CellTally
        var drive: UInt32 = 0
        var contributor: UInt32 = 0
        var octants: UInt8 = 0
    }

    /// Frames of one drive that follow each other in one cell.
    fileprivate struct Run {
        let column: UInt32
        let row: UInt32
        var frames: UInt64 = 0
        var qualitySum: UInt64 = 0
        var bestQuality: UInt16 = 0
        var firstDay = Int32.max
        var lastDay = Int32.min
        var octants: UInt8 = 0

        @inline(__always)
        mutating func add(_ frame: MapFrame) {
            frames &+= 1
            qualitySum &+= UInt64(frame.quality)
            bestQuality = max(bestQuality, frame.quality)
            let day = frame.day
            firstDay = min(firstDay, day)
            lastDay = max(lastDay, day)
            // Octant 0 is centred on north, as in the rewards.
            if let heading = frame.heading {
                octants |= UInt8(1) << UInt8(truncatingIfNeeded: (UInt32(heading) + 2250) % 36_000 / 4500)
            }
        }
    }

    /// - Parameter selection: the cells to count, as bits of geohashes; nil for all.
    init(_ window: CellWindow, only selection: Set<UInt64>?) {
        self.window = window
        self.selection = selection
        width = window.columns.count
        // Cells of nine and ten characters are too many for a table of a whole block.
        if width * window.rows.count <= 1 << 20 {
            dense = [Int32](repeating: 0, count: width * window.rows.count)
        }
    }

    /// What comes next is of another drive.
    mutating func begin(isNewContributor: Bool) {
        drive += 1
        if isNewContributor { contributor += 1 }
    }

    /// Counts frames of the drive in the leaf tile `tile`.
    mutating func add(_ frames: [MapFrame], in tile: TileID) {
        let grid = window.grid
        var run: Run?
        // Frames are close to each other: most are in the cell of the one before.
        for frame in frames {
            let column = grid.column(of: frame, in: tile)
            let row = grid.row(of: frame)
            if let last = run, last.column != column || last.row != row {
                add(last)
                run = nil
            }
            if run == nil { run = Run(column: column, row: row) }
            run?.add(frame)
        }
        if let run { add(run) }
    }

    private mutating func add(_ run: Run) {
        guard window.columns.contains(run.column), window.rows.contains(run.row),
            let index = index(run.column, run.row)
        else { return }
        cells[index].add(run, drive, contributor)
    }

    private mutating func index(_ column: UInt32, _ row: UInt32) -> Int? {
        let place = Int(row - window.rows.lowerBound) * width + Int(column - window.columns.lowerBound)
        if !dense.isEmpty {
            let known = dense[place]
            if known != 0 { return known > 0 ? Int(known) - 1 : nil }
        } else if let known = sparse[UInt64(place)] {
            return known
        }
        guard let cell = Geohash(column: column, row: row, precision: window.grid.precision) else {
            return nil
        }
        if let selection, !selection.contains(cell.bits) {
            if !dense.isEmpty { dense[place] = Self.unwanted }
            return nil
        }
        cells.append(Counted(tally: CellTally(cell: cell)))
        if dense.isEmpty {
            sparse[UInt64(place)] = cells.count - 1
        } else {
            dense[place] = Int32(truncatingIfNeeded: cells.count)
        }
        return cells.count - 1
    }

    /// The tallies, by ascending cell.
    func finish() -> [CellTally] {
        // Numbers are sorted in place of tallies, which are large: cells of one length are ordered as their bits are.
        cells.indices.map { (bits: cells[$0].tally.cell.bits, index: $0) }.sorted { $0.bits < $1.bits }
            .map { cells[$0.index].tally }
    }
}

extension CellCounting.Counted {
    fileprivate mutating func add(_ run: CellCounting.Run, _ drive: UInt32, _ contributor: UInt32) {
        tally.frames += run.frames
        tally.qualitySum += run.qualitySum
        tally.bestQuality = max(tally.bestQuality, run.bestQuality)
        tally.firstDay = min(tally.firstDay, run.firstDay)
        tally.lastDay = max(tally.lastDay, run.lastDay)
        if self.contributor != contributor {
            self.contributor = contributor
            tally.contributors += 1
        }
        if self.drive != drive {
            self.drive = drive
            octants = 0
            tally.drives += 1
        }
        tally.passes += UInt64((run.octants & ~octants).nonzeroBitCount)
        octants |= run.octants
    }
}
