/// Cuts a line at the borders of leaf tiles while it is drawn link by link.
struct LineCutter {
    /// What runs inside one tile without a break.
    struct Piece {
        /// Column and row of the leaf tile.
        let column: Int32
        let row: Int32
        let firstLink: UInt32
        fileprivate(set) var lastLink: UInt32
        /// Where its points are among all.
        fileprivate(set) var points: Range<Int>
    }

    /// A position on the map of 2^26 x 2^26 units, 4096 to a leaf tile. Columns may go on beyond the map's edge.
    struct Position: Equatable {
        var x: Int32
        var y: Int32
    }

    /// The most points of a piece; a longer one goes on as another. It bounds what simplification may cost,
    /// which grows with the square: the straight way through a tile has some 300 frames at most.
    static let maxPiecePoints = 1024

    /// Columns of leaf tiles on the map, a power of two.
    private static let tileColumns: Int32 = 1 << 14
    /// Units of a leaf tile as a shift.
    private static let tileBits: Int32 = 12

    /// The pieces in the order of links.
    private(set) var pieces: [Piece] = []
    /// The points of all pieces, in units of their tile.
    private(set) var points: [VectorPoint] = []
    /// Whether the last piece may go on.
    private var isOpen = false

    /// Ends the piece that is being drawn: the next link does not begin where the last one ended.
    mutating func lift() { isOpen = false }

    /// Draws the link `link` from one way point to the next, the short way round the Earth.
    mutating func draw(link: UInt32, from: WayPoint, to: WayPoint) {
        let start = Position(x: Int32(from.column >> 6), y: Int32(from.row >> 6))
        let east = Int32(bitPattern: (to.column >> 6 &- from.column >> 6) << 6) >> 6
        let end = Position(x: start.x + east, y: Int32(to.row >> 6))
        if start == end {
            // A part that goes on behind a border is found by its link: the one before must not end earlier.
            if isOpen { pieces[pieces.count - 1].lastLink = link }
            return
        }
        // A border belongs to the tile that the link runs into; along a border, to the east or the south.
        let (south, isWestward, isNorthward) = (end.y - start.y, east < 0, end.y < start.y)
        var column = (isWestward ? start.x - 1 : start.x) >> Self.tileBits
        var row = (isNorthward ? start.y - 1 : start.y) >> Self.tileBits
        let lastColumn = (east > 0 ? end.x - 1 : end.x) >> Self.tileBits
        let lastRow = (south > 0 ? end.y - 1 : end.y) >> Self.tileBits
        var reached = start
        while column != lastColumn || row != lastRow {
            // Where the link leaves the tile, east or west and north or south, if it does.
            let border = Position(
                x: (isWestward ? column : column + 1) << Self.tileBits,
                y: (isNorthward ? row : row + 1) << Self.tileBits)
            let turn = Self.turn(
                from: start, to: end, border, leavesColumn: column != lastColumn, leavesRow: row != lastRow)
            extend(to: turn.point, from: reached, column: column, row: row, link)
            reached = turn.point
            if turn.isAcrossColumns { column += isWestward ? -1 : 1 }
            if turn.isAcrossRows { row += isNorthward ? -1 : 1 }
        }
        extend(to: end, from: reached, column: column, row: row, link)
    }

    /// Where a link crosses the nearer of two borders, or both in one point.
    private static func turn(
        from start: Position, to end: Position, _ border: Position, leavesColumn: Bool, leavesRow: Bool
    ) -> (point: Position, isAcrossColumns: Bool, isAcrossRows: Bool) {
        let (east, south) = (Int64(end.x - start.x), Int64(end.y - start.y))
        let (toColumn, toRow) = (Int64(border.x - start.x), Int64(border.y - start.y))
        // Shares of the link up to either border, times its width and its height.
        let (columnShare, rowShare) = (abs(toColumn * south), abs(toRow * east))
        let isAcrossColumns = leavesColumn && (!leavesRow || columnShare <= rowShare)
        let isAcrossRows = leavesRow && (!leavesColumn || rowShare <= columnShare)
        let point = Position(
            x: isAcrossColumns ? border.x : start.x + rounded(toRow * east, over: south),
            y: isAcrossRows ? border.y : start.y + rounded(toColumn * south, over: east))
        return (point, isAcrossColumns, isAcrossRows)
    }

    /// The integer nearest to `numerator / denominator`, of two the greater one: so that a link gives the same
    /// points forwards and backwards.
    private static func rounded(_ numerator: Int64, over denominator: Int64) -> Int32 {
        let sign: Int64 = denominator < 0 ? -1 : 1
        let (twice, divisor) = (2 * sign * numerator + sign * denominator, 2 * sign * denominator)
        let (quotient, remainder) = twice.quotientAndRemainder(dividingBy: divisor)
        return Int32(truncatingIfNeeded: remainder < 0 ? quotient - 1 : quotient)
    }

    private mutating func extend(
        to end: Position, from start: Position, column: Int32, row: Int32, _ link: UInt32
    ) {
        // A link that passes a corner so near that both crossings are the corner.
        guard start != end else { return }
        let (west, north) = (column << Self.tileBits, row << Self.tileBits)
        let tileColumn = column & (Self.tileColumns - 1)
        if !continues(column: tileColumn, row: row) {
            points.append(VectorPoint(x: start.x - west, y: start.y - north))
            pieces.append(
                Piece(
                    column: tileColumn, row: row, firstLink: link, lastLink: link,
                    points: points.count - 1..<points.count))
            isOpen = true
        }
        points.append(VectorPoint(x: end.x - west, y: end.y - north))
        pieces[pieces.count - 1].lastLink = link
        pieces[pieces.count - 1].points = pieces[pieces.count - 1].points.lowerBound..<points.count
    }

    private func continues(column: Int32, row: Int32) -> Bool {
        guard isOpen, let piece = pieces.last else { return false }
        return piece.column == column && piece.row == row && piece.points.count < Self.maxPiecePoints
    }
}
