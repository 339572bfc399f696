import Geo

/// One row of `tiles`, checked, without its content.
struct MBTilesRow {
    let id: UInt64
    /// SQLite's number of the row; nil where it has none.
    let number: Int64?
    let length: UInt32

    /// The row that `query`, a selection of ``MBTilesReader/columns(_:)``, stands on.
    init(_ query: borrowing SQLiteQuery) throws(TileError) {
        number = query.integer(0)
        let row = number.map { UInt64(bitPattern: $0) } ?? 0
        guard let zoom = query.integer(1), let column = query.integer(2), let fromSouth = query.integer(3)
        else {
            throw TileError(.malformed, row: row, "zoom_level, tile_column or tile_row is no integer")
        }
        guard (0...Int64(TileID.maxZoom)).contains(zoom) else {
            throw TileError(
                zoom < 0 ? .malformed : .unsupported, row: row, "zoom_level \(zoom), limit \(TileID.maxZoom)")
        }
        let side = Int64(1) << zoom
        guard (0..<side).contains(column), (0..<side).contains(fromSouth),
            let tile = TileID(zoom: Int(zoom), column: Int(column), row: Int(side - 1 - fromSouth))
        else {
            throw TileError(
                .malformed, row: row,
                "zoom_level \(zoom), tile_column \(column), tile_row \(fromSouth): zoom \(zoom) has columns and rows "
                    + "0 to \(side - 1)")
        }
        guard query.text(4) == "blob", let length = query.integer(5).flatMap({ UInt32(exactly: $0) }) else {
            throw TileError(
                .malformed, row: row, "tile \(tile): tile_data is \(query.text(4)) where a blob is needed")
        }
        id = tile.id
        self.length = length
    }

    /// The row that MBTiles counts from the south.
    static func turned(_ tile: TileID) -> Int64 { Int64(1) << Int64(tile.zoom) - 1 - Int64(tile.row) }

    var run: TileRun {
        TileRun(firstID: id, count: 1, place: number.map { UInt64(bitPattern: $0) }, length: UInt64(length))
    }

    func error(_ reason: String) -> TileError {
        TileError(.malformed, row: number.map { UInt64(bitPattern: $0) } ?? 0, reason)
    }
}

extension MBTilesReader {
    /// Every tile by ascending identifier, a run of its own.
    ///
    /// - Throws: `malformed` for rows that are no tiles, or two of one tile; `overLimit` for more rows than the
    ///   file can hold.
    public func runs() throws(TileError) -> TileRuns {
        let rows = try sortedRows()
        var index = 0
        return TileRuns { () throws(TileError) in
            guard index < rows.count else { return nil }
            if index > 0, rows[index].id == rows[index - 1].id {
                let name = TileID(id: rows[index].id)?.description ?? ""
                throw rows[index].error("tile \(name) has two rows")
            }
            index += 1
            return rows[index - 1].run
        }
    }

    /// The rows that are tiles, by identifier, then by number.
    ///
    /// - Parameter isNone: is told of a row that is no tile, which is left out.
    /// - Throws: what `isNone` throws; `overLimit` for more rows than the file can hold.
    func sortedRows(
        isNone: (TileError) throws(TileError) -> Void = { (error) throws(TileError) in throw error }
    ) throws(TileError) -> [MBTilesRow] {
        let bytes = Int64(min(size, 1 << 50))
        work.allow(steps: 16 * bytes, bytes: 64 * bytes)
        // A row of a table has no less than 12 bytes: a view that gives more makes them up.
        let most = min(limits.tiles, Int(clamping: size / 12))
        var rows: [MBTilesRow] = []
        let query = try SQLiteQuery("SELECT \(Self.columns(hasRowNumbers)) FROM tiles", of: file)
        while try query.next() {
            guard rows.count < most else {
                throw TileError(.overLimit, row: 0, "more than \(most) tiles in a file of \(size) bytes")
            }
            do throws(TileError) { rows.append(try MBTilesRow(query)) } catch { try isNone(error) }
        }
        rows.sort { ($0.id, $0.number ?? 0) < ($1.id, $1.number ?? 0) }
        return rows
    }
}
