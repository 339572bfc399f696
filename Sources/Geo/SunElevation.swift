/// How high the sun stands, in integers.
///
/// The low-precision formulas of the Astronomical Almanac (section C, "Low precision formulas for the Sun's
/// coordinates"; J. J. Michalsky, Solar Energy 40, 1988): within 0.02 degree from 1950 to 2050, and still near it in
/// the centuries around. Seen from the Earth's centre and without refraction, which the definitions of the twilights
/// leave out as well.
public enum SunElevation {
    /// 2000-01-01T12:00:00Z, milliseconds since 1970.
    private static let epoch: Int64 = 946_728_000_000
    private static let day: Int128 = 86_400_000
    /// 360 degrees in units of 10^-7.
    private static let turn = 3_600_000_000

    /// Hundredths of a degree above the horizon, -9_000...9_000, at `milliseconds` since 1970.
    public static func centidegrees(at milliseconds: Int64, _ position: Coordinate) -> Int {
        let elapsed = Int128(milliseconds) - Int128(epoch)
        // Degrees of the formulas times 10^7, rates in 10^-11 degree a day.
        let meanLongitude = angle(2_804_600_000, 98_564_740_000, elapsed)
        let anomaly = angle(3_575_280_000, 98_560_030_000, elapsed)
        let sidereal = angle(2_804_606_184, 36_098_564_736_629, elapsed)
        let longitude = folded(
            meanLongitude + part(19_150_000, of: FixedPoint.sineAndCosine(anomaly).sine)
                + part(200_000, of: FixedPoint.sineAndCosine(folded(2 * anomaly)).sine))
        // 0.0000004 degree a day, and that no longer where it would tilt the Earth over.
        let tilt = min(max(4 * elapsed / day, -100_000_000), 100_000_000)
        let obliquity = FixedPoint.sineAndCosine(234_390_000 - Int(truncatingIfNeeded: tilt))
        let sun = FixedPoint.sineAndCosine(longitude)
        // Towards the equinox, 90 degrees east of it, and north.
        let (x, y) = (sun.cosine, FixedPoint.product(obliquity.cosine, sun.sine))
        let north = FixedPoint.product(obliquity.sine, sun.sine)
        let meridian = FixedPoint.sineAndCosine(folded(sidereal + Int(position.longitudeE7)))
        let latitude = FixedPoint.sineAndCosine(Int(position.latitudeE7))
        let outward = FixedPoint.product(x, meridian.cosine) + FixedPoint.product(y, meridian.sine)
        let height =
            FixedPoint.product(latitude.sine, north) + FixedPoint.product(latitude.cosine, outward)
        return elevation(sine: height)
    }

    /// `start` + `rate` a day for `elapsed` milliseconds, folded into half a turn either way.
    private static func angle(_ start: Int, _ rate: Int128, _ elapsed: Int128) -> Int {
        let moved = rate * elapsed / (day * 10_000) % Int128(turn)
        return folded(start + Int(truncatingIfNeeded: moved))
    }

    /// The same direction within -180...180 degrees.
    private static func folded(_ angle: Int) -> Int {
        let rest = angle % turn
        return rest > turn / 2 ? rest - turn : rest < -turn / 2 ? rest + turn : rest
    }

    private static func part(_ amount: Int128, of sine: Int64) -> Int {
        Int(truncatingIfNeeded: (amount * Int128(sine)) >> 60)
    }

    /// The angle of which `sine` (Q60) is the sine, within -90...90 degrees.
    private static func elevation(sine: Int64) -> Int {
        let sine = min(max(sine, -FixedPoint.one), FixedPoint.one)
        let square = Int128(FixedPoint.one) * Int128(FixedPoint.one) - Int128(sine) * Int128(sine)
        let cosine = Int64(truncatingIfNeeded: FixedPoint.squareRoot(UInt128(square)))
        // Forty bits, as the angle is taken from.
        guard let angle = FixedPoint.angleCentidegrees(x: cosine >> 20, y: sine >> 20) else { return 0 }
        return angle > 18_000 ? angle - 36_000 : angle
    }
}
