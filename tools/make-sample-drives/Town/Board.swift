/// The looks of a flat thing on a post: a traffic sign, a poster, a lamp, a traffic light.
struct Board: Sendable {
    enum Kind: Sendable {
        case stop, warning, speed, parking, poster, streetName, lamp, trafficLight(isRed: Bool)
    }

    var kind: Kind
    var colour: Colour
    var seed: UInt32

    /// Whether the board reaches to (`x`, `y`), both -1...1 from its middle.
    func covers(_ x: Float, _ y: Float) -> Bool {
        switch kind {
        case .stop: max(abs(x), abs(y)) < 1 && abs(x) + abs(y) < 1.41
        case .warning: y > -0.9 && abs(x) < (1 - y) / 1.9
        case .speed: x * x + y * y < 1
        case .parking, .poster, .streetName, .lamp, .trafficLight: true
        }
    }

    /// The board's colour at (`x`, `y`), and whether it shines by itself.
    func colour(_ x: Float, _ y: Float) -> (colour: Colour, shines: Bool) {
        switch kind {
        case .stop:
            let text = abs(y) < 0.25 && abs(x) < 0.75 && (x * 2.7).wrapped(1) > 0.35
            let rim = max(abs(x), abs(y)) > 0.9 || abs(x) + abs(y) > 1.28
            return (text || rim ? Colour(grey: 0.85) : Colour(0.62, 0.03, 0.04), false)
        case .warning:
            let inner = y > -0.68 && abs(x) < (0.62 - y) / 1.9
            let mark = abs(x) < 0.09 && y > -0.5 && y < 0.25
            return (mark ? Colour(grey: 0.03) : inner ? Colour(grey: 0.85) : Colour(0.65, 0.04, 0.04), false)
        case .speed:
            let distance = (x * x + y * y).squareRoot()
            let aside = abs(abs(x) - 0.28)
            let hole = aside < 0.06 && abs(y) < 0.24
            let digit = aside < 0.18 && abs(y) < 0.4 && !hole
            return (distance > 0.76 ? Colour(0.65, 0.04, 0.04) : Colour(grey: digit ? 0.03 : 0.88), false)
        case .parking:
            let stem = abs(x + 0.3) < 0.13 && abs(y) < 0.65
            let bars = abs(x) < 0.4 && (abs(y - 0.62) < 0.12 || abs(y - 0.05) < 0.12)
            let bow = abs(x - 0.35) < 0.12 && y > 0 && y < 0.65
            let letter = stem || bars || bow
            return (letter ? Colour(grey: 0.88) : Colour(0.04, 0.14, 0.55), false)
        case .poster:
            if abs(x) > 0.92 || abs(y) > 0.92 { return (Colour(grey: 0.4), false) }
            let blob = LatticeNoise.layered(x * 1.7, y * 1.7, seed, octaves: 2)
            let text = y < -0.45 && LatticeNoise.square(x * 9, y * 8, seed &+ 1) > 0.45
            return (
                text
                    ? Colour(grey: 0.9)
                    : blob > 0.52 ? colour : Colour(colour.z, colour.x, colour.y) * 0.6 + 0.2, false
            )
        case .streetName:
            let text = abs(y) < 0.5 && abs(x) < 0.85 && LatticeNoise.square(x * 11, y * 2.4, seed) > 0.4
            return (Colour(text ? [0.85, 0.85, 0.85] : [0.04, 0.10, 0.35]), false)
        case .lamp: return (Colour(grey: y < -0.3 ? 0.75 : 0.25), false)
        case .trafficLight(let isRed):
            let centres: [Float] = [0.62, 0, -0.62]
            let wide: Float = x * x * 0.16
            let lamp = centres.firstIndex { (centre: Float) -> Bool in
                let off: Float = y - centre
                return wide + off * off < 0.06
            }
            switch lamp {
            case 0: return isRed ? (Colour(0.95, 0.08, 0.05), true) : (Colour(0.12, 0.02, 0.02), false)
            case 1: return (Colour(0.12, 0.09, 0.02), false)
            case 2: return isRed ? (Colour(0.02, 0.10, 0.04), false) : (Colour(0.10, 0.85, 0.45), true)
            default: return (Colour(grey: 0.02), false)
            }
        }
    }

    /// A traffic sign or poster at random.
    static func random(_ chance: inout SplitMix64) -> Board {
        let kinds: [Kind] = [.warning, .speed, .parking, .poster, .poster, .streetName, .stop]
        return Board(
            kind: kinds[chance.index(kinds.count)], colour: Facade.signColour(&chance),
            seed: UInt32(truncatingIfNeeded: chance.next()))
    }
}
