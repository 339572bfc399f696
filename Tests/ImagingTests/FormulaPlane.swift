import Imaging

/// Planes from small integer formulas, which any language computes alike. Golden values for them come from
/// numpy and from the reference implementation of PDQ, never from our own output.
enum FormulaPlane {
    /// Formula `kind`: 0 curved waves, 1 ramp with steps, 2 noise, 3 soft cone.
    static func samples(width: Int, height: Int, kind: Int) -> [UInt8] {
        var samples: [UInt8] = []
        samples.reserveCapacity(width * height)
        for y in 0..<height {
            for x in 0..<width {
                let value =
                    switch kind {
                    case 0: (x * x * 3 + y * y * 5 + x * y * 7) / 64
                    case 1: x * 255 / width + (x / 9 * y / 7) * 11
                    case 2: (x * 7919 + y * 104_729 + x * y * 31) / 16
                    default: (abs(x - width / 2) + abs(y - height / 3)) * 255 / (width + height)
                    }
                samples.append(UInt8(value % 256))
            }
        }
        return samples
    }

    static func plane(width: Int, height: Int, kind: Int) -> LumaPlane? {
        LumaPlane(
            width: width, height: height, samples: samples(width: width, height: height, kind: kind))
    }
}
