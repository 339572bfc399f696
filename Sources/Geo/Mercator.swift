/// Web Mercator (EPSG:3857) in integers.
public enum Mercator {
    /// The highest latitude on the square map, 85.0511287 degrees, in units of 10^-7 degree, north and south.
    public static let maxLatitudeE7: Int32 = 850_511_287

    /// ln 2 / (4 pi) with 62 bits behind the point, rounded.
    private static let rowsPerOctave: Int128 = 254_375_528_097_829_751

    /// The position's column on a map of 2^32 columns, counted eastwards from 180 W.
    public static func column(of position: Coordinate) -> UInt32 {
        UInt32(
            truncatingIfNeeded: (UInt64(Int64(position.longitudeE7) + 1_800_000_000) << 32) / 3_600_000_000)
    }

    /// The position's row on a map of 2^32 rows, counted southwards from 85.0511 N; nil beyond the map's edge.
    ///
    /// row = (1/2 - ln((1 + sin lat) / (1 - sin lat)) / (4 pi)) * 2^32. The logarithm comes bit by bit from
    /// repeated squaring, the result is exact but for positions within about 2^-44 of a row's edge.
    public static func row(of position: Coordinate) -> UInt32? {
        guard position.latitudeE7.magnitude <= maxLatitudeE7.magnitude else { return nil }
        let sine = Int128(FixedPoint.sineAndCosine(Int(position.latitudeE7.magnitude)).sine)
        let one = Int128(FixedPoint.one)
        let ratio = UInt128(((one + sine) << 62) / (one - sine))
        let offset = (Int128(binaryLogarithm(ratio)) * rowsPerOctave) >> 46
        let middle = Int128(1) << 61
        let row = position.latitudeE7 < 0 ? middle + offset : middle - offset
        return UInt32(clamping: row >> 30)
    }

    /// log2 of `ratio` (62 bits behind the point, at least one) with 46 bits behind the point.
    private static func binaryLogarithm(_ ratio: UInt128) -> Int64 {
        let octave = 127 - ratio.leadingZeroBitCount - 62
        var mantissa = UInt64(truncatingIfNeeded: ratio >> UInt128(max(0, octave)))
        var result = Int64(octave)
        for _ in 0..<46 {
            let square = UInt128(mantissa) * UInt128(mantissa)
            mantissa = UInt64(truncatingIfNeeded: square >> 62)
            result <<= 1
            if mantissa >= 1 << 63 {
                mantissa >>= 1
                result |= 1
            }
        }
        return result
    }
}
