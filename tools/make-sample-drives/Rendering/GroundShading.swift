/// The colour of the ground: asphalt with its markings, kerbs, pavements and gardens.
enum GroundShading {
    /// The ground at (`x`, `y`), where a pixel covers `grain` metres.
    static func colour(_ x: Float, _ y: Float, grain: Float) -> Colour {
        let (column, dx) = RoadNetwork.nearest(RoadNetwork.eastings, x)
        let (row, dy) = RoadNetwork.nearest(RoadNetwork.northings, y)
        let (sideX, sideY) = (abs(dx), abs(dy))
        let kerb = RoadNetwork.kerb
        // The corner of the kerb is rounded, 3 m.
        let corner = (max(0, kerb + 3 - sideX), max(0, kerb + 3 - sideY))
        let isInCorner = corner.0 > 0 && corner.1 > 0 && corner.0 < 3 && corner.1 < 3
        let rounded = isInCorner && corner.0 * corner.0 + corner.1 * corner.1 > 9
        if sideX < kerb || sideY < kerb || rounded {
            let marked = marking(sideX: sideX, sideY: sideY, dx: dx, dy: dy, x: x, y: y)
            let worn = LatticeNoise.smooth(x * 2.3, y * 2.3, 77).step(0.12, 0.4)
            let base = asphalt(x, y, UInt32(column * 3 + row), grain)
            return marked ? base.mixed(Colour(grey: 0.72), worn) : base
        }
        let outside = min(sideX, sideY) - kerb
        if outside < 0.28 { return Colour(grey: (x + y).wrapped(1) < 0.06 ? 0.3 : 0.56) }
        if min(sideX, sideY) < RoadNetwork.buildingLine { return pavement(x, y, grain) }
        return garden(x, y)
    }

    private static func marking(sideX: Float, sideY: Float, dx: Float, dy: Float, x: Float, y: Float) -> Bool
    {
        let kerb = RoadNetwork.kerb
        guard max(sideX, sideY) > kerb else { return false }
        // Across and along the street one is in; a positive `across` is the right of who drives to the
        // crossing.
        let isNorthStreet = sideX < kerb
        let (across, away) = isNorthStreet ? (sideX, sideY) : (sideY, sideX)
        let place = isNorthStreet ? y : x
        let signed = isNorthStreet ? (dy < 0 ? dx : -dx) : (dx < 0 ? -dy : dy)
        if away > 6.6, away < 9.4 { return (across + 0.25).wrapped(1) < 0.5 }
        if away > 10.6, away < 11.1 { return signed > 0 && across < RoadNetwork.parkingLine }
        guard away > 11.1 else { return false }
        if away < 24 { return across < 0.09 || (across > 0.22 && across < 0.36 && away < 18) }
        if across < 0.09 { return place.wrapped(7) < 3.6 }
        if abs(across - RoadNetwork.parkingLine) < 0.06 { return true }
        if across > RoadNetwork.parkingLine { return place.wrapped(6.5) < 0.12 }
        // An arrow in the lane before some crossings.
        let tip = away - 27
        if tip > 0, tip < 5, signed > 0 {
            let beside = abs(across - RoadNetwork.laneOffset)
            return tip < 1.6 ? beside < tip * 0.35 : beside < 0.11
        }
        return false
    }

    private static func asphalt(_ x: Float, _ y: Float, _ street: UInt32, _ grain: Float) -> Colour {
        var tone: Float = 0.15 + 0.11 * LatticeNoise.layered(x * 0.16, y * 0.16, 5, octaves: 4)
        tone += (LatticeNoise.square(x * 14, y * 14, 6) - 0.5) * 0.08 * max(0, 1 - grain * 7)
        // Mended patches, tar in the cracks, manhole covers, oil.
        let patch = LatticeNoise.square(x * 0.19, y * 0.23, 8 &+ street)
        if patch > 0.8 { tone *= 0.62 } else if patch < 0.1 { tone *= 1.35 }
        if abs(LatticeNoise.layered(x * 0.3, y * 0.3, 9, octaves: 3) - 0.5) < 0.004 { tone *= 0.45 }
        tone *= 0.86 + 0.28 * LatticeNoise.smooth(x * 0.9, y * 0.9, 12)
        let (cellX, cellY) = ((x / 9).rounded(.down), (y / 9).rounded(.down))
        if LatticeNoise.value(Int32(cellX), Int32(cellY), 10) > 0.6 {
            let (offX, offY) = (x - cellX * 9 - 3.4, y - cellY * 9 - 3.4)
            let distance = (offX * offX + offY * offY).squareRoot()
            if distance < 0.42 {
                tone = distance > 0.34 ? 0.05 : 0.12 + ((x * 9).wrapped(1) < 0.4 ? 0.09 : 0)
            }
        }
        return Colour(tone, tone * 1.01, tone * 1.04)
    }

    private static func pavement(_ x: Float, _ y: Float, _ grain: Float) -> Colour {
        let sharp = max(0, 1 - grain * 5)
        var tone = 0.34 + 0.16 * LatticeNoise.layered(x * 0.5, y * 0.5, 14, octaves: 3)
        tone *= 1 + (LatticeNoise.square(x * 1.6, y * 1.6, 15) - 0.5) * 0.35 * sharp
        if (x * 1.6).wrapped(1) < 0.07 || (y * 1.6).wrapped(1) < 0.07 { tone *= 1 - 0.4 * sharp }
        let warm = LatticeNoise.square(x * 0.06, y * 0.06, 16)
        return Colour(tone * (0.95 + 0.16 * warm), tone, tone * (1.02 - 0.18 * warm))
    }

    private static func garden(_ x: Float, _ y: Float) -> Colour {
        let lush = LatticeNoise.layered(x * 0.9, y * 0.9, 18, octaves: 4)
        if LatticeNoise.square(x * 0.07, y * 0.07, 19) > 0.66 {
            return Colour(0.36, 0.32, 0.26) * (0.6 + 0.8 * lush)
        }
        return Colour(0.14, 0.20, 0.06) * (0.4 + 1.3 * lush)
    }
}
