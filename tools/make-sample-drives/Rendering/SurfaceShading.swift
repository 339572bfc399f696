extension Surface {
    /// Whether the surface fills its face at (`u`, `v`).
    @inline(__always)
    func covers(_ u: Float, _ v: Float, width: Float, height: Float) -> Bool {
        switch self {
        case .wall, .roof, .plain, .vehicleEnd, .glass, .shadow: true
        case .gable: abs(u / width * 2 - 1) < 1 - v / height
        case .crown(let crown): crown.covers(u, v, width: width, height: height)
        case .vehicleSide(let shape): shape.sideCovers(u, v)
        case .board(let board): board.covers(2 * u / width - 1, 2 * v / height - 1)
        }
    }

    /// The surface's own colour at (`u`, `v`) of `face`, and whether it shines by itself.
    func colour(_ u: Float, _ v: Float, face: Face, grain: Float, light: Daylight) -> (Colour, shines: Bool) {
        switch self {
        case .wall(let facade):
            return (facade.colour(u: u, v: v, width: face.width, height: face.height, grain: grain), false)
        case .gable(let facade): return (facade.bare(u, v, grain), false)
        case .roof(let colour, let seed):
            let tiles = 1 - (v.wrapped(0.4) < 0.09 ? 0.4 : 0) * max(0, 1 - grain * 5)
            return (colour * (0.55 + 0.9 * LatticeNoise.layered(u, v, seed, octaves: 4)) * tiles, false)
        case .crown(let crown):
            let side: Float = dot(face.along, light.sun) > 0 ? 1 : -1
            return (crown.colour(u, v, width: face.width, height: face.height, sunSide: side), false)
        case .plain(let colour): return (colour * (0.8 + 0.4 * LatticeNoise.smooth(u * 2, v * 2, 3)), false)
        case .vehicleSide(let shape): return (shape.sideColour(u, v), false)
        case .vehicleEnd(let shape, let front):
            return (shape.endColour(u, v, front: front, width: face.width, height: face.height), false)
        case .glass: return (Colour(0.06, 0.07, 0.09) + Colour(0.25, 0.32, 0.4) * (v / face.height), false)
        case .board(let board): return board.colour(2 * u / face.width - 1, 2 * v / face.height - 1)
        case .shadow: return (Colour(grey: 0.035), true)
        }
    }
}
