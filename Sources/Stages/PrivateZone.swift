import Geo

/// A part of the world of which a contributor shows nothing: a home, a yard, a school.
public enum PrivateZone: Hashable, Sendable {
    /// Everything at most `radius` millimetres from `center`, measured on the ground at every latitude.
    case circle(center: Coordinate, radius: Int64)
    /// Everything inside the polygon and on its edges. Edges are straight in degrees and go the short way round; the
    /// last corner is joined to the first.
    case polygon([Coordinate])

    /// Metres that a circle's radius may have.
    public static let radii: ClosedRange<Int64> = 1...100_000
    /// Corners that a polygon may have.
    public static let corners = 3...1000

    /// Whether `position` is in the zone.
    public func contains(_ position: Coordinate) -> Bool {
        switch self {
        case .circle(let center, let radius): Geodesy.distanceMillimetres(center, position) <= radius
        case .polygon(let corners): Self.isInside(position, corners)
        }
    }

    /// Counts how often a ray to the east crosses the outline. Corners are taken relative to the position, one after the
    /// other, so that an outline may lie across the 180th meridian.
    private static func isInside(_ position: Coordinate, _ corners: [Coordinate]) -> Bool {
        guard let first = corners.first, let last = corners.last else { return false }
        func north(_ corner: Coordinate) -> Int { Int(corner.latitudeE7) - Int(position.latitudeE7) }
        var from = last
        var fromEast = position.longitudeDifferenceE7(to: first) - last.longitudeDifferenceE7(to: first)
        var isInside = false
        for corner in corners {
            let east = fromEast + from.longitudeDifferenceE7(to: corner)
            let (a, b) = (north(from), north(corner))
            // Twice the signed area of position, from and to; an outline may be wound about the globe more than once.
            let side = Int128(fromEast) * Int128(b) - Int128(east) * Int128(a)
            if side == 0, min(a, b) <= 0, max(a, b) >= 0, min(fromEast, east) <= 0, max(fromEast, east) >= 0 {
                return true
            }
            if (a > 0) != (b > 0), (side > 0) == (b > a) { isInside.toggle() }
            (from, fromEast) = (corner, east)
        }
        return isInside
    }
}
