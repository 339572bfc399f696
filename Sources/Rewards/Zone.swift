import Canonical
import Geo

/// A part of the world nothing is to be shown of: a geohash, or a box in degrees.
///
/// Half-open, as cells are: south and west edge belong to it, north and east edge do not, but for the poles, beyond
/// which there is nothing. A box whose west edge lies east of its east edge crosses the 180th meridian.
public struct Zone: Sendable, Hashable {
    /// How a zone is given, and published.
    public enum Form: Sendable, Hashable {
        /// The cell of a geohash.
        case cell(Geohash)
        /// South, west, north and east edge in units of 10^-7 degree.
        case box(south: Int32, west: Int32, north: Int32, east: Int32)
    }

    /// How it is given.
    public let form: Form
    /// The latitudes in it, in units of 10^-7 degree.
    public let latitudes: Range<Int>
    /// The first longitude in it, and the first one behind it, in units of 10^-7 degree. Where the latter is not
    /// greater, the zone goes on over the 180th meridian.
    public let west, east: Int

    /// The cell `geohash`.
    public init(_ geohash: Geohash) {
        form = .cell(geohash)
        let positions = geohash.positionsE7
        latitudes = positions.latitudes
        (west, east) = (positions.longitudes.lowerBound, positions.longitudes.upperBound)
    }

    /// The box between these edges in units of 10^-7 degree; nil where an edge is no coordinate, or nothing lies
    /// between two of them. The 180th meridian counts as west edge in the east and as east edge in the west.
    public init?(southE7 south: Int, westE7 west: Int, northE7 north: Int, eastE7 east: Int) {
        let meridian = 1_800_000_000
        let (latitudes, longitudes) = (-900_000_000...900_000_000, -meridian...meridian)
        guard latitudes.contains(south), latitudes.contains(north), longitudes.contains(west),
            longitudes.contains(east), south < north, west != east, (west, east) != (meridian, -meridian)
        else { return nil }
        let west = west == meridian ? -meridian : west
        let east = east == -meridian ? meridian : east
        guard let edges = Self.edges(south, west, north, east) else { return nil }
        form = edges
        self.latitudes = south..<(north == 900_000_000 ? north + 1 : north)
        (self.west, self.east) = (west, east)
    }

    private static func edges(_ south: Int, _ west: Int, _ north: Int, _ east: Int) -> Form? {
        guard let south = Int32(exactly: south), let west = Int32(exactly: west),
            let north = Int32(exactly: north), let east = Int32(exactly: east)
        else { return nil }
        return .box(south: south, west: west, north: north, east: east)
    }

    /// Whether `position` lies in the zone.
    public func contains(_ position: Coordinate) -> Bool {
        let (latitude, longitude) = (Int(position.latitudeE7), Int(position.longitudeE7))
        guard latitudes.contains(latitude) else { return false }
        return west < east
            ? (west..<east).contains(longitude) : longitude >= west || longitude < east
    }
}

extension Zone: CustomStringConvertible {
    /// The geohash, or `SOUTH,WEST,NORTH,EAST` in degrees with seven decimals.
    public var description: String {
        switch form {
        case .cell(let geohash): geohash.description
        case .box(let south, let west, let north, let east):
            [south, west, north, east].map(Coordinate.degrees).joined(separator: ",")
        }
    }

    /// The zone written as a geohash or as `SOUTH,WEST,NORTH,EAST` in degrees with up to seven decimals; nil for
    /// anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        if parts.count == 1, let geohash = Geohash(text) {
            self.init(geohash)
            return
        }
        let edges = parts.compactMap { Self.degreesE7($0) }
        guard parts.count == 4, edges.count == 4 else { return nil }
        self.init(southE7: edges[0], westE7: edges[1], northE7: edges[2], eastE7: edges[3])
    }

    /// Degrees written as `[-]digits[.digits]` with up to three digits before and seven behind the point, in units
    /// of 10^-7 degree, without going through a fraction of two.
    private static func degreesE7(_ text: Substring) -> Int? {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...3).contains(parts[0].utf8.count) else { return nil }
        let fraction = parts.count == 2 ? parts[1] : "0"
        guard (1...7).contains(fraction.utf8.count) else { return nil }
        var value = 0
        let padding = String(repeating: "0", count: 7 - fraction.utf8.count)
        for byte in (parts[0] + fraction + padding).utf8 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return isNegative ? -value : value
    }
}
