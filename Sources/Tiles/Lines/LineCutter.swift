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

    /// The most points of a piece; a longer one goes on as another. This bounds what simplification may cost,
    /// which grows with the square of the length: 1 microsecond a frame for the worst of lines. Straight through
    /// a tile it is some 300 frames, 8 m apart.
    static let maxPiecePoints = 512

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
        // From the tile of the start to that of the end. What a link has of a tile that it only touches is a
        // point, and left out: so a border belongs to the tile the link runs in, and what runs along it to the
        // tile in the east or in the south.
        let south = end.y - start.y
        let (isWestward, isNorthward) = (east < 0, south < 0)
        var column = start.x >> Self.tileBits
        var row = start.y >> Self.tileBits
        let lastColumn = end.x >> Self.tileBits
        let lastRow = end.y >> Self.tileBits
        var reached = start
        while column != lastColumn || row != lastRow {
            // Which border comes first is told by the shares of the link up to either, times width and height.
            let toColumn = ((isWestward ? column : column + 1) << Self.tileBits) - start.x
            let toRow = ((isNorthward ? row : row + 1) << Self.tileBits) - start.y
            let isColumnNearer = abs(Int64(toColumn) * Int64(south)) <= abs(Int64(toRow) * Int64(east))
            let isAcrossColumns = row == lastRow || (column != lastColumn && isColumnNearer)
            let crossing =
                isAcrossColumns
                ? Position(
                    x: start.x + toColumn, y: start.y + Self.rounded(toColumn, times: south, over: east))
                : Position(x: start.x + Self.rounded(toRow, times: east, over: south), y: start.y + toRow)
            extend(to: crossing, from: reached, column: column, row: row, link)
            reached = crossing
            if isAcrossColumns { column += isWestward ? -1 : 1 } else { row += isNorthward ? -1 : 1 }
        }
        extend(to: end, from: reached, column: column, row: row, link)
    }

    /// The integer nearest to `distance * factor / divisor`, of two the greater one, so that a link gives the same
    /// points forwards and backwards.
    private static func rounded(_ distance: Int32, times factor: Int32, over divisor: Int32) -> Int32 {
        let sign: Int64 = divisor < 0 ? -1 : 1
        let whole = sign * Int64(divisor)
        let (quotient, remainder) = (2 * sign * Int64(distance) * Int64(factor) + whole)
            .quotientAndRemainder(dividingBy: 2 * whole)
        return Int32(truncatingIfNeeded: remainder < 0 ? quotient - 1 : quotient)
    }

    private mutating func extend(
        to end: Position, from start: Position, column: Int32, row: Int32, _ link: UInt32
    ) {
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
