/// A position on WGS 84 in units of 10^-7 degree (about 11 mm on a meridian).
///
/// A coordinate is always in range: latitude -90...90 and longitude -180..<180 degrees. The meridian 180 E is
/// the meridian 180 W, so that a place has one coordinate and falls into one cell.
public struct Coordinate: Hashable, Sendable, CustomStringConvertible {
    /// Latitude, -900_000_000...900_000_000, north positive.
    public let latitudeE7: Int32
    /// Longitude, -1_800_000_000...1_799_999_999, east positive.
    public let longitudeE7: Int32

    /// The position at `latitudeE7`, `longitudeE7`; nil out of range.
    public init?(latitudeE7: Int, longitudeE7: Int) {
        guard (-900_000_000...900_000_000).contains(latitudeE7),
            (-1_800_000_000...1_800_000_000).contains(longitudeE7),
            let latitude = Int32(exactly: latitudeE7),
            let longitude = Int32(exactly: longitudeE7 == 1_800_000_000 ? -1_800_000_000 : longitudeE7)
        else { return nil }
        self.latitudeE7 = latitude
        self.longitudeE7 = longitude
    }

    /// The position nearest to `latitude`, `longitude` in degrees; nil where either is not finite or out of range.
    public init?(latitude: Double, longitude: Double) {
        guard (-90.0...90.0).contains(latitude), (-180.0...180.0).contains(longitude) else { return nil }
        self.init(
            latitudeE7: Int((latitude * 1e7).rounded(.toNearestOrEven)),
            longitudeE7: Int((longitude * 1e7).rounded(.toNearestOrEven)))
    }

    /// Degrees east to go from here to `other` the short way round, in units of 10^-7 degree:
    /// -1_800_000_000..<1_800_000_000.
    public func longitudeDifferenceE7(to other: Coordinate) -> Int {
        var difference = Int(other.longitudeE7) - Int(longitudeE7)
        if difference >= 1_800_000_000 { difference -= 3_600_000_000 }
        if difference < -1_800_000_000 { difference += 3_600_000_000 }
        return difference
    }

    /// Latitude and longitude in decimal degrees with seven decimals: `37.7968769,-122.3954125`.
    public var description: String {
        "\(Self.degrees(latitudeE7)),\(Self.degrees(longitudeE7))"
    }

    /// `valueE7` in decimal degrees with seven decimals.
    public static func degrees(_ valueE7: Int32) -> String {
        let (whole, fraction) = valueE7.magnitude.quotientAndRemainder(dividingBy: 10_000_000)
        let digits = String(fraction)
        return "\(valueE7 < 0 ? "-" : "")\(whole).\(String(repeating: "0", count: 7 - digits.count))\(digits)"
    }
}
