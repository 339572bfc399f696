import Glibc

/// The light of one drive.
struct Daylight: Sendable {
    /// Unit vector towards the sun.
    let sun: SIMD3<Float>
    /// Light of the sun, 0 behind thick clouds, and of the sky.
    let direct: Float
    let ambient: Float
    /// Share of the sky that clouds cover, 0...1, and which clouds.
    let cloudiness: Float
    let cloudSeed: UInt32
    /// The sun's and the sky's tint.
    let warmth: Float
    /// Where the picture's mean brightness is to lie, 0...255.
    let exposure: Float

    /// Light with the sun `azimuth` degrees clockwise from north and `elevation` degrees up.
    init(
        azimuth: Double, elevation: Double, cloudiness: Float, warmth: Float, exposure: Float,
        cloudSeed: UInt32
    ) {
        let (turn, rise) = (azimuth * .pi / 180, elevation * .pi / 180)
        sun = SIMD3(Float(sin(turn) * cos(rise)), Float(cos(turn) * cos(rise)), Float(sin(rise)))
        direct = 1.25 * (1 - cloudiness * 0.8)
        ambient = 0.34 + 0.22 * cloudiness
        self.cloudiness = cloudiness
        self.cloudSeed = cloudSeed
        self.warmth = warmth
        self.exposure = exposure
    }

    var sunColour: Colour { Colour(1.06 + 0.10 * warmth, 1.0, 0.90 - 0.16 * warmth) * direct }
    var skyLight: Colour { Colour(0.86, 0.96, 1.12) * ambient }

    /// The sky in the direction of `ray`; clouds drift on with `seconds`.
    func sky(_ ray: SIMD3<Float>, seconds: Float) -> Colour {
        let direction = ray / dot(ray, ray).squareRoot()
        let height = max(0.02, direction.z)
        let blue = Colour(0.62, 0.76, 0.92).mixed(Colour(0.16, 0.34, 0.72), height.step(-0.1, 0.75))
        let glow = max(0, dot(direction, sun))
        let near = glow * glow * glow * glow * glow * glow
        var result = blue + Colour(0.75, 0.62, 0.40) * near * near * direct * 0.7
        // Clouds lie on a plane high above.
        let (x, y) = (
            direction.x / (height + 0.12) * 1.5 + seconds * 0.004, direction.y / (height + 0.12) * 1.5
        )
        // Thin veils even where it is clear.
        result *= 0.80 + 0.36 * LatticeNoise.layered(x * 1.7, y * 1.7, cloudSeed &+ 19, octaves: 4)
        let density = LatticeNoise.layered(x, y, cloudSeed, octaves: 5)
        let edge = 0.66 - 0.34 * cloudiness
        let cover = density.step(edge - 0.06, edge + 0.16)
        let shade = LatticeNoise.layered(x * 1.3 + 3.7, y * 1.3 - sun.x, cloudSeed &+ 7, octaves: 4)
        let light = 0.38 + 0.75 * (1 - density) + 0.9 * (shade - 0.5) + 0.35 * near * direct
        result = result.mixed(Colour(grey: max(0.2, light)) * Colour(1, 1, 1.03), cover * 0.94)
        return hills(direction, over: result)
    }

    /// Wooded hills on the horizon.
    private func hills(_ direction: SIMD3<Float>, over sky: Colour) -> Colour {
        let bearing = Float(atan2(direction.x, direction.y))
        let ridge = 0.015 + 0.075 * LatticeNoise.layered(bearing * 2.6, 0, 41, octaves: 4)
        guard direction.z < ridge else { return sky }
        let wood = LatticeNoise.layered(bearing * 60, direction.z * 150, 43, octaves: 3)
        return Colour(0.16, 0.22, 0.20).mixed(Colour(0.42, 0.52, 0.62), 0.35) * (0.5 + wood)
    }
}
