/// Trigonometry in integers: the same bits on every machine, which the mathematics library of a system does not
/// promise. Numbers are Int64 with 60 bits behind the point ("Q60"), unless a name says otherwise.
enum FixedPoint {
    /// One in Q60.
    static let one: Int64 = 1 << 60

    /// Pi in Q60, rounded.
    private static let pi: Int64 = 3_622_009_729_038_561_421

    /// `angleE7`, in units of 10^-7 degree, in radians; `angleE7` within -3_600_000_000...3_600_000_000.
    private static func radians(_ angleE7: Int) -> Int64 {
        Int64(truncatingIfNeeded: Int128(angleE7) * Int128(pi) / 1_800_000_000)
    }

    static func product(_ left: Int64, _ right: Int64) -> Int64 {
        Int64(truncatingIfNeeded: (Int128(left) * Int128(right)) >> 60)
    }

    /// Sine and cosine of `angleE7`, in units of 10^-7 degree, -1_800_000_000...1_800_000_000; within 2^-56.
    static func sineAndCosine(_ angleE7: Int) -> (sine: Int64, cosine: Int64) {
        // Fold into the first quadrant, where the series below converge fast.
        let magnitude = abs(angleE7)
        let folded = magnitude > 900_000_000 ? 1_800_000_000 - magnitude : magnitude
        let angle = radians(folded)
        let sine = series(first: angle, angle: angle, offset: 1)
        let cosine = series(first: one, angle: angle, offset: 0)
        return (angleE7 < 0 ? -sine : sine, magnitude > 900_000_000 ? -cosine : cosine)
    }

    /// The Taylor series of the sine (`first` = angle, `offset` = 1) or cosine (`first` = 1, `offset` = 0).
    private static func series(first: Int64, angle: Int64, offset: Int64) -> Int64 {
        let square = product(angle, angle)
        var term = first
        var sum = first
        var order = offset
        while term != 0 && order < 40 {
            term = -product(term, square) / ((order + 1) * (order + 2))
            sum += term
            order += 2
        }
        return sum
    }

    /// The angle from the positive x axis to (`x`, `y`), counter-clockwise, in units of 10^-2 degree, 0..<36_000;
    /// nil for (0, 0). Components within -2^40...2^40. Rounded to the nearest unit.
    ///
    /// CORDIC in vectoring mode (J. E. Volder, "The CORDIC Trigonometric Computing Technique", 1959).
    static func angleCentidegrees(x: Int64, y: Int64) -> Int? {
        guard x != 0 || y != 0 else { return nil }
        // Sixty bits, whatever the length: the shifts below would lose those of short vectors. The rotations
        // make a vector at most 2.4 times as long.
        let scale = Int64((x.magnitude | y.magnitude).leadingZeroBitCount - 4)
        var horizontal = abs(x) << scale
        var vertical = abs(y) << scale
        var angle: Int64 = 0
        for (shift, step) in arcTangents.enumerated() {
            let (across, up) = (horizontal >> Int64(shift), vertical >> Int64(shift))
            if vertical > 0 {
                horizontal += up
                vertical -= across
                angle += step
            } else {
                horizontal -= up
                vertical += across
                angle -= step
            }
        }
        let first = Int((angle * 100 + 1 << 39) >> 40)
        let half = x < 0 ? 18_000 - first : first
        let turn = y < 0 ? 36_000 - half : half
        return turn % 36_000
    }

    /// atan(2^-i) in degrees with 40 bits behind the point, rounded.
    private static let arcTangents: [Int64] = [
        49_478_023_249_920, 29_208_582_661_662, 15_433_012_903_280, 7_834_038_323_712,
        3_932_221_230_125, 1_968_027_526_446, 984_253_903_256, 492_156_985_618, 246_082_247_574,
        123_041_593_148, 61_520_855_245, 30_760_434_956, 15_380_218_395, 7_690_109_312, 3_845_054_670,
        1_922_527_337, 961_263_669, 480_631_834, 240_315_917, 120_157_959, 60_078_979, 30_039_490,
        15_019_745, 7_509_872, 3_754_936, 1_877_468, 938_734, 469_367, 234_684, 117_342, 58_671,
        29_335,
    ]

    /// The largest integer whose square is at most `value`.
    static func squareRoot(_ value: UInt128) -> UInt64 {
        guard value > 0 else { return 0 }
        var root = UInt128(1) << UInt128((128 - value.leadingZeroBitCount + 1) / 2)
        while true {
            let next = (root + value / root) >> 1
            if next >= root { return UInt64(truncatingIfNeeded: root) }
            root = next
        }
    }
}
