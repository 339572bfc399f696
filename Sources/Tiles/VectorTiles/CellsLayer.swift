import Canonical
import Geo

/// The layer `cells`: a polygon for every geohash cell that holds frames, cut where the tile ends.
///
/// A cell across the border of two tiles is in both, each time with the numbers of the whole cell.
public enum CellsLayer {
    /// The layer's name.
    public static let name = "cells"
    /// The cell's geohash.
    public static let cellKey = "cell"
    /// Drives through the cell, each once for every octant of heading; an unsigned integer.
    public static let passesKey = "passes"
    /// Day of the latest frame, an ISO 8601 date.
    public static let lastDayKey = "last_day"
    /// The zooms that have the layer.
    public static let zooms: ClosedRange<UInt8> = SquareAddress.leafZoom - 1...SquareAddress.leafZoom

    private static let keys = [cellKey, passesKey, lastDayKey]

    /// What `vector_layers` says about the layer.
    public static let description = LayerDescription(
        id: name, description: "Geohash cells, their passes and the day of their latest frame",
        fields: [cellKey: .string, passesKey: .number, lastDayKey: .string], minZoom: zooms.lowerBound,
        maxZoom: zooms.upperBound)

    /// The cells that tiles of `zoom` show, where the ruleset's have `precision` characters; nil at zooms without
    /// the layer. At the deepest zoom they are those of the ruleset, of at most eight characters; at the one above they
    /// have one character less. Tiles in which those are more than ``LeafDetail`` allows show the `coarse` ones, of
    /// one character less again, but never ones wider than the tile.
    public static func grids(zoom: UInt8, precision: Int) -> (fine: CellGrid, coarse: CellGrid)? {
        guard zooms.contains(zoom) else { return nil }
        let above = Int(zooms.upperBound - zoom)
        let fine = min(precision, 8) - above
        return (CellGrid(precision: fine), CellGrid(precision: min(fine, max(fine - 1, 6 - above))))
    }

    /// The layer of `tile`, which shows `tallies`.
    static func encoder(for tallies: [CellTally], in tile: TileID, grid: CellGrid) -> LayerEncoder {
        var layer = LayerEncoder(name: name, extent: CoverageLayer.extent, keys: keys)
        var days: [Int32: UInt32] = [:]
        var rows: [UInt32: (north: Int, south: Int)] = [:]
        let shift = 32 - UInt64(tile.zoom) - 12
        let extent = Int(CoverageLayer.extent)
        let (top, left) = (Int(tile.row) * extent, Int(tile.column) * extent)
        let columnShift = Int(grid.columnBits) - Int(tile.zoom) - 12
        // Row by row, so that neighbours have much in common.
        let places = tallies.map(\.cell.columnAndRow)
        let order = tallies.indices.map {
            (key: UInt64(~places[$0].row) << 32 | UInt64(places[$0].column), index: $0)
        }
        .sorted { $0.key < $1.key }
        layer.reserve(tallies.count * 32)
        // Used again for every feature; what stays the same is written once.
        var tags: [UInt32] = [0, 0, 1, 0, 2, 0]
        var outline = emptyOutline
        var text: [UInt8] = []
        for (_, index) in order {
            let tally = tallies[index]
            let (column, row) = places[index]
            let edges =
                rows[row]
                ?? {
                    let edges = grid.edges(ofRow: row)
                    return (
                        max(0, Int(edges.north >> shift) - top), min(extent, Int(edges.south >> shift) - top)
                    )
                }()
            rows[row] = edges
            // A cell that only just reaches over the border is all in the tile beside this one.
            guard edges.north < edges.south else { continue }
            let (west, east) = (
                max(0, scaled(Int(column), by: columnShift) - left),
                min(extent, scaled(Int(column) + 1, by: columnShift) - left)
            )
            let day =
                days[tally.lastDay]
                ?? layer.index(ofValue: .string(CalendarDay(number: Int64(tally.lastDay)).description))
            days[tally.lastDay] = day
            text.removeAll(keepingCapacity: true)
            tally.cell.appendText(to: &text)
            tags[1] = layer.index(ofUnique: text)
            tags[3] = layer.index(ofNumber: tally.passes)
            tags[5] = day
            // Clockwise on the screen from the north-west corner. Zigzag of a number that is not negative is its
            // double, of a negative one its double minus one.
            let (width, height) = (
                UInt32(clamping: east - west), UInt32(clamping: edges.south - edges.north)
            )
            outline[1] = UInt32(clamping: west) * 2
            outline[2] = UInt32(clamping: edges.north) * 2
            outline[4] = width * 2
            outline[7] = height * 2
            outline[8] = width * 2 - 1
            layer.add(tags: tags.span, type: .polygon, commands: outline.span)
        }
        return layer
    }

    private static func scaled(_ column: Int, by shift: Int) -> Int {
        shift >= 0 ? column >> shift : column << -shift
    }

    /// The commands of a rectangle; its place and its sides are still to be filled in.
    private static let emptyOutline: [UInt32] = [
        VectorCommand.integer(VectorCommand.moveTo, count: 1), 0, 0,
        VectorCommand.integer(VectorCommand.lineTo, count: 3), 0, 0, 0, 0, 0, 0,
        VectorCommand.integer(VectorCommand.closePath, count: 1),
    ]
}
