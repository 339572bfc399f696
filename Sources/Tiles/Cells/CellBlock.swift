import Geo

/// What is known about the cells inside one geohash of five characters, at the lengths that the map shows.
///
/// It is what frames leave there, whatever their order. Where some change, the cells they are in are counted anew and
/// all others stay as they are.
public struct CellBlock: Hashable, Sendable {
    /// The geohash, of ``CellDocument/namePrecision`` characters.
    public let block: Geohash
    /// The cells of every length of ``lengths(_:)``, in this order, each by ascending cell.
    let levels: [[CellTally]]
    /// The lengths of the cells of ``levels``.
    let precisions: [Int]

    /// The lengths of cells that are kept of every block, longest first: that of the ruleset, `precision`, which the
    /// data set has, and those that tiles show. (Only the coarse ones at zoom 13, which next to no tile shows, are not
    /// among them.)
    public static func lengths(_ precision: Int) -> [Int] {
        var kept = [precision]
        for zoom in CellsLayer.zooms.reversed() {
            guard let fine = CellsLayer.grids(zoom: zoom, precision: precision)?.fine.precision else {
                continue
            }
            if fine < kept[kept.count - 1], fine >= CellDocument.namePrecision { kept.append(fine) }
        }
        return kept
    }

    init(block: Geohash, precisions: [Int], levels: [[CellTally]]) {
        self.block = block
        self.precisions = precisions
        self.levels = levels
    }

    /// A block without frames, in a map whose cells have `precision` characters.
    public init(empty block: Geohash, precision: Int) {
        let precisions = Self.lengths(precision)
        self.init(block: block, precisions: precisions, levels: precisions.map { _ in [] })
    }

    /// Whether no frame is in it.
    public var isEmpty: Bool { levels.allSatisfy(\.isEmpty) }

    /// How many tallies it has.
    public var count: Int { levels.reduce(0) { $0 + $1.count } }

    /// The cells of the ruleset's length, which the data set has.
    public var finest: [CellTally] { levels[0] }

    /// The cells of `window`, by ascending cell, as far as they are in this block; nil where cells of that length are not
    /// kept.
    public func tallies(in window: CellWindow) -> [CellTally]? {
        guard let level = precisions.firstIndex(of: window.grid.precision) else { return nil }
        return levels[level].filter {
            let (column, row) = $0.cell.columnAndRow
            return window.columns.contains(column) && window.rows.contains(row)
        }
    }

    /// The block after its cells `stale` have changed; `leaf` gives what is in a leaf tile now.
    public func counted(
        _ stale: StaleCells, _ leaf: (TileID) throws -> LeafTile
    ) rethrows -> CellBlock {
        var leaves: Set<TileID> = []
        var selections: [Set<UInt64>?] = []
        for precision in precisions {
            guard case .some(let cells) = stale else {
                selections.append(nil)
                continue
            }
            let drop = 5 * UInt64(precisions[0] - precision)
            selections.append(Set(cells.map { $0 >> drop }))
        }
        // Coarse cells hold the fine ones.
        let coarsest = CellGrid(precision: precisions[precisions.count - 1])
        if let cells = selections[selections.count - 1] {
            leaves = CellWindow.leaves(of: cells, coarsest)
        } else {
            leaves = Set(CellWindow(coarsest, inside: block).leaves)
        }
        let around = try leaves.map { (id: $0.id, tile: $0) }.sorted { $0.id < $1.id }.map {
            try leaf($0.tile)
        }
        var levels = self.levels
        for (index, precision) in precisions.enumerated() {
            let window = CellWindow(CellGrid(precision: precision), inside: block)
            let selection = selections[index]
            let new = CellTally.tallies(of: around, in: window, only: selection)
            levels[index] = selection.map { Self.merged(levels[index], without: $0, new) } ?? new
        }
        return CellBlock(block: block, precisions: precisions, levels: levels)
    }

    /// `old` without the cells `gone`, and `new`, which are among these; both by ascending cell.
    private static func merged(
        _ old: [CellTally], without gone: Set<UInt64>, _ new: [CellTally]
    ) -> [CellTally] {
        var result: [CellTally] = []
        result.reserveCapacity(old.count + new.count)
        // Sorted, as the others are: most cells stay, and none of them has to be looked up.
        var gone = gone.sorted()[...]
        var new = new[...]
        var start = 0
        for (index, tally) in old.enumerated() {
            while let first = gone.first, first < tally.cell.bits { gone.removeFirst() }
            let isGone = gone.first == tally.cell.bits
            guard isGone || new.first.map({ $0.cell.bits < tally.cell.bits }) == true else { continue }
            result += old[start..<index]
            start = isGone ? index + 1 : index
            while let first = new.first, first.cell.bits <= tally.cell.bits {
                result.append(first)
                new.removeFirst()
            }
        }
        result += old[start...]
        result += new
        return result
    }
}
