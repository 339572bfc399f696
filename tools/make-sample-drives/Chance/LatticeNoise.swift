/// Values that look random but depend on the place alone.
enum LatticeNoise {
    /// A number in 0..<1 for the lattice point (`x`, `y`) in the pattern `seed`.
    @inline(__always)
    static func value(_ x: Int32, _ y: Int32, _ seed: UInt32) -> Float {
        var bits =
            UInt32(bitPattern: x) &* 0x9E37_79B1 ^ UInt32(bitPattern: y) &* 0x85EB_CA77 ^ seed &* 0xC2B2_AE3D
        bits = (bits ^ bits >> 15) &* 0x2C1B_3C6D
        bits = (bits ^ bits >> 12) &* 0x297A_2D39
        bits ^= bits >> 15
        return Float(bits >> 8) * (1.0 / 16_777_216.0)
    }

    /// The value of the unit square that holds (`x`, `y`).
    @inline(__always)
    static func square(_ x: Float, _ y: Float, _ seed: UInt32) -> Float {
        value(whole(x), whole(y), seed)
    }

    /// Lattice values joined smoothly, 0..<1; details have the size of one unit.
    @inline(__always)
    static func smooth(_ x: Float, _ y: Float, _ seed: UInt32) -> Float {
        let (column, row) = (whole(x), whole(y))
        let (fx, fy) = (x - Float(column), y - Float(row))
        let (sx, sy) = (fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy))
        let low = value(column, row, seed) * (1 - sx) + value(column &+ 1, row, seed) * sx
        let high = value(column, row &+ 1, seed) * (1 - sx) + value(column &+ 1, row &+ 1, seed) * sx
        return low * (1 - sy) + high * sy
    }

    /// Noise with `octaves` sizes of detail, each half as large as the one before; 0..<1.
    static func layered(_ x: Float, _ y: Float, _ seed: UInt32, octaves: Int) -> Float {
        var (sum, weight, total, scale): (Float, Float, Float, Float) = (0, 1, 0, 1)
        for octave in 0..<octaves {
            sum += weight * smooth(x * scale, y * scale, seed &+ UInt32(octave) &* 101)
            total += weight
            weight *= 0.5
            scale *= 2.03
        }
        return sum / total
    }

    @inline(__always)
    private static func whole(_ value: Float) -> Int32 {
        Int32(value.rounded(.down))
    }
}
