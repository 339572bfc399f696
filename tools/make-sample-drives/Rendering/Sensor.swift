/// Turns light into a picture, as a small camera does: automatic exposure, vignette, curve and noise.
enum Sensor {
    /// The picture of `light`, `width` wide, with its mean brightness near `exposure` (0...255).
    static func picture(_ light: [Colour], width: Int, exposure: Float, noise: SplitMix64) -> Picture {
        var noise = noise
        let height = light.count / width
        let gain = gain(light, exposure: exposure)
        var rgb: [UInt8] = []
        rgb.reserveCapacity(light.count * 3)
        for (index, colour) in light.enumerated() {
            let x = Float(index % width) / Float(width) * 2 - 1
            let y = Float(index / width) / Float(height) * 2 - 1
            let vignette = 1 - 0.22 * (x * x + y * y) * 0.5
            let grain = Float(noise.bell()) * 2.6
            let tinted = Float(noise.bell()) * 0.9
            let developed = develop(colour * (gain * vignette))
            for (channel, tint) in [tinted, 0, -tinted].enumerated() {
                rgb.append(UInt8(max(0, min(255, developed[channel] + grain + tint))))
            }
        }
        return Picture(width: width, height: height, rgb: rgb)
    }

    /// The gain that brings the mean brightness to `exposure`.
    private static func gain(_ light: [Colour], exposure: Float) -> Float {
        var (low, high): (Float, Float) = (0.05, 20)
        for _ in 0..<14 {
            let middle = (low * high).squareRoot()
            var sum: Float = 0
            for index in stride(from: 0, to: light.count, by: 37) {
                sum += develop(light[index] * middle).luma
            }
            if sum / Float(light.count / 37 + 1) > exposure { high = middle } else { low = middle }
        }
        return (low * high).squareRoot()
    }

    /// A film-like curve from linear light to 0...255: square root for dark tones, a soft shoulder for
    /// bright ones.
    @inline(__always)
    private static func develop(_ colour: Colour) -> Colour {
        let bounded = colour / (colour + 1.1) * 1.55
        let root = Colour(bounded.x.squareRoot(), bounded.y.squareRoot(), bounded.z.squareRoot())
        // Some contrast back that the square root took.
        let curved = root * root * (Colour(grey: 3) - root * 2)
        return root.mixed(curved, 0.75) * 246
    }
}
