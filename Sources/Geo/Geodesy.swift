/// Distances and directions on the sphere of the Earth's mean radius, in integers.
public enum Geodesy {
    /// Mean radius of WGS 84 (IUGG R1 = 6 371 008.8 m), millimetres.
    private static let radius: Int128 = 6_371_008_800

    /// Millimetres between two positions along the straight line, which falls short of the great circle by about
    /// 1 mm at 10 km and 1 m at 100 km. Holds everywhere, poles and antimeridian included.
    public static func distanceMillimetres(_ from: Coordinate, _ to: Coordinate) -> Int64 {
        if from == to { return 0 }
        let (a, b) = (direction(from), direction(to))
        let (x, y, z) = (Int128(a.x - b.x), Int128(a.y - b.y), Int128(a.z - b.z))
        let chord = FixedPoint.squareRoot(UInt128(x * x + y * y + z * z))
        return Int64(truncatingIfNeeded: (Int128(chord) * radius + 1 << 59) >> 60)
    }

    /// Direction of travel from one position to a near one, clockwise from north, in hundredths of a degree,
    /// 0..<36_000; nil where the positions are equal.
    public static func headingCentidegrees(from: Coordinate, to: Coordinate) -> Int? {
        let middle = (Int(from.latitudeE7) + Int(to.latitudeE7)) / 2
        let cosine = FixedPoint.sineAndCosine(middle).cosine
        // Nine bits behind the point: all that the angle takes, and enough for a step of a few centimetres.
        let east = Int64(
            truncatingIfNeeded: (Int128(from.longitudeDifferenceE7(to: to)) * Int128(cosine) + 1 << 50) >> 51)
        let north = (Int64(to.latitudeE7) - Int64(from.latitudeE7)) << 9
        // From the north axis towards east is how a compass counts.
        return FixedPoint.angleCentidegrees(x: north, y: east)
    }

    /// The cosine of the latitude in permille, 0...1000, rounded: how much narrower a degree of longitude is here
    /// than at the equator.
    public static func cosinePermille(latitudeE7: Int32) -> Int64 {
        let cosine = FixedPoint.sineAndCosine(Int(latitudeE7)).cosine
        return Int64(truncatingIfNeeded: (Int128(max(0, cosine)) * 1000 + 1 << 59) >> 60)
    }

    private static func direction(_ position: Coordinate) -> (x: Int64, y: Int64, z: Int64) {
        let latitude = FixedPoint.sineAndCosine(Int(position.latitudeE7))
        let longitude = FixedPoint.sineAndCosine(Int(position.longitudeE7))
        return (
            FixedPoint.product(latitude.cosine, longitude.cosine),
            FixedPoint.product(latitude.cosine, longitude.sine), latitude.sine
        )
    }
}
