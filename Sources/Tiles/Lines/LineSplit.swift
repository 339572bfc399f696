import Geo

/// Splits the lines of drives at the borders of leaf tiles.
public enum LineSplit {
    /// The parts of a drive's line in every leaf tile (zoom 14) that it crosses.
    ///
    /// The line goes from way point to way point, straight on the map, where the two are near enough in time and
    /// place. Positions are rounded down to 1/4096 of a tile. A tile that the line crosses without a frame
    /// inside has its part too. Where the line crosses a border there is a point on it, the same in both tiles.
    /// What runs along a border belongs to the tile in the east or in the south, as a position there does.
    ///
    /// Parts are simplified, their ends kept.
    ///
    /// - Parameter way: the drive's way points in the order of time, at most 2^32 of them.
    /// - Returns: tiles in the order of their identifiers, parts in the order of links. A tile in which nothing
    ///   but a single point is left of the line comes without parts.
    public static func parts(of way: [WayPoint]) -> [(tile: TileID, parts: [LinePart])] {
        var simplification = LineSimplification()
        return parts(of: cutter(of: way)) { line in simplification.simplified(line) }
    }

    /// The parts before they are simplified.
    static func wholeParts(of way: [WayPoint]) -> [(tile: TileID, parts: [LinePart])] {
        parts(of: cutter(of: way), drawn: Array.init)
    }

    private static func cutter(of way: [WayPoint]) -> LineCutter {
        var cutter = LineCutter()
        var link: UInt32 = 0
        for (here, next) in zip(way, way.dropFirst()) {
            if here.isLinked(to: next) {
                cutter.draw(link: link, from: here, to: next)
            } else {
                cutter.lift()
            }
            link &+= 1
        }
        return cutter
    }

    private static func parts(
        of cutter: LineCutter, drawn: (ArraySlice<VectorPoint>) -> [VectorPoint]
    ) -> [(tile: TileID, parts: [LinePart])] {
        var found: [(id: UInt64, tile: TileID, piece: Int)] = []
        found.reserveCapacity(cutter.pieces.count)
        for (index, piece) in cutter.pieces.enumerated() {
            guard
                let tile = TileID(
                    zoom: Int(SquareAddress.leafZoom), column: Int(piece.column), row: Int(piece.row))
            else { continue }
            found.append((tile.id, tile, index))
        }
        found.sort { ($0.id, $0.piece) < ($1.id, $1.piece) }
        var result: [(tile: TileID, parts: [LinePart])] = []
        for (_, tile, index) in found {
            if result.last?.tile != tile { result.append((tile, [])) }
            let piece = cutter.pieces[index]
            let points = drawn(cutter.points[piece.points])
            guard points.count > 1 else { continue }
            result[result.count - 1].parts.append(LinePart(checked: piece.firstLink, piece.lastLink, points))
        }
        return result
    }
}
