extension Mercator {
    /// Rows of the map of 2^32 in one band of equal scale, as many as a tile of zoom 14 has. Within a band the
    /// true scale changes by less than 0.04 %.
    private static let rowsPerBand: UInt32 = 1 << 18

    /// How many columns, and as many rows, of the map of 2^32 one kilometre on the ground takes near `row`:
    /// 107,293 at the equator, 1,243,499 at the map's edge; the middle of the row's band counts. On the sphere
    /// of ``Geodesy``.
    public static func unitsPerKilometre(row: UInt32) -> Int64 {
        let band = Int(row / rowsPerBand)
        return scales[band < scales.count ? scales.count - 1 - band : band - scales.count]
    }

    /// The scale of every band from the equator to the map's edge, the same north and south.
    ///
    /// The map is stretched by cosh(y), y = 2 pi * rows / 2^32. From one band to the next that is
    /// cosh(y + h) = 2 cosh(h) cosh(y) - cosh(y - h), summed up as differences so that only their growth
    /// 4 sinh^2(h / 2) cosh(y) is rounded, h = 2 pi / 2^14.
    private static let scales: [Int64] = {
        /// 4 sinh^2(h / 2) with 80 bits behind the point, rounded.
        let growth: Int128 = 177_794_988_991_165_463
        /// 2^32 / (2 pi * 6371.0088 km) with 24 bits behind the point, rounded.
        let equator: Int128 = 1_800_079_491_092
        // cosh(h / 2) in the middle of the first band, with 56 bits behind the point, rounded; the same in the
        // band on the other side of the equator, so that there is no difference yet.
        var stretch: Int128 = 72_057_595_362_603_819
        var difference: Int128 = 0
        return (0..<8192).map { _ in
            defer {
                difference += (growth * stretch) >> 80
                stretch += difference
            }
            return Int64(truncatingIfNeeded: (stretch * equator) >> 80)
        }
    }()
}
