/// The looks of a tree's crown.
struct Crown: Sendable {
    enum Outline: Sendable { case round, cone, poplar, bare }

    var outline: Outline
    var colour: Colour
    var seed: UInt32

    /// Whether there are leaves or twigs at (`u`, `v`) of a crown of this size.
    func covers(_ u: Float, _ v: Float, width: Float, height: Float) -> Bool {
        let (x, y) = (2 * u / width - 1, v / height)
        let ragged = LatticeNoise.layered(u * 1.1, v * 1.1, seed, octaves: 3) - 0.5
        switch outline {
        case .round:
            let (dx, dy) = (x, 2 * y - 1)
            return (dx * dx + dy * dy).squareRoot() < 0.82 + ragged * 0.9
        case .cone:
            return abs(x) < (1 - y) * (0.86 + 0.3 * (y * height).wrapped(0.9)) + ragged * 0.35
        case .poplar:
            let dy = 2 * y - 1
            return x * x + dy * dy * dy * dy < 0.7 + ragged * 1.1
        case .bare:
            let (dx, dy) = (x, 2 * y - 1)
            guard (dx * dx + dy * dy).squareRoot() < 0.95 + ragged * 0.5 else { return false }
            // Twigs: the ridges of two noises that fan out from the trunk.
            let fan = x / (0.35 + y)
            let one = abs(LatticeNoise.smooth(fan * 7, y * 3.1, seed &+ 5) - 0.5)
            let two = abs(LatticeNoise.smooth(u * 3.2 + v, v * 2.2 - u, seed &+ 9) - 0.5)
            return one < 0.055 || two < 0.05
        }
    }

    /// The colour of leaves at (`u`, `v`), lighter towards the sun at `sunSide` (-1 left, 1 right).
    func colour(_ u: Float, _ v: Float, width: Float, height: Float, sunSide: Float) -> Colour {
        if outline == .bare { return colour * (0.5 + 0.6 * LatticeNoise.smooth(u * 4, v * 4, seed)) }
        let lump = LatticeNoise.layered(u * 1.6, v * 1.6, seed &+ 13, octaves: 4)
        let leaf = LatticeNoise.smooth(u * 8, v * 8, seed &+ 19)
        let light = 0.45 + 0.35 * (v / height) + 0.25 * sunSide * (2 * u / width - 1)
        return colour * (max(0.12, light + (lump - 0.5) * 1.5) * (0.45 + 1.1 * leaf))
    }

    /// A crown at random.
    static func random(_ chance: inout SplitMix64) -> Crown {
        let outlines: [Outline] = [.round, .round, .cone, .poplar, .bare, .bare]
        let outline = outlines[chance.index(outlines.count)]
        let greens: [Colour] = [
            [0.16, 0.26, 0.07], [0.10, 0.18, 0.08], [0.32, 0.34, 0.10], [0.55, 0.36, 0.38],
            [0.25, 0.22, 0.06],
            [0.40, 0.40, 0.30],
        ]
        let seed = UInt32(truncatingIfNeeded: chance.next())
        return Crown(
            outline: outline,
            colour: outline == .bare ? Colour(0.16, 0.12, 0.09) : greens[chance.index(greens.count)],
            seed: seed)
    }
}
