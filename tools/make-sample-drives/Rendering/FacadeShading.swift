extension Facade {
    /// The colour of the wall `u` metres along and `v` metres above the ground; `grain` is the size of a
    /// pixel there, in metres.
    func colour(u: Float, v: Float, width: Float, height: Float, grain: Float) -> Colour {
        if v < 0.45 { return trim * 0.6 * rough(u, v, 3, grain) }
        if height - v < 0.35 { return trim * rough(u, v, 2, grain) }
        if shop != nil, v < storey { return shopFront(u, v, width, grain) }
        let bays = max(1, (width / bay).rounded(.down))
        let step = width / bays
        let (column, floor) = ((u / step).rounded(.down), (v / storey).rounded(.down))
        let (x, y) = (u - (column + 0.5) * step, v - floor * storey)
        let window = (width: windowWidth * step / 2, low: storey * 0.28, high: storey * (0.28 + windowHeight))
        let isTop = (floor + 1) * storey > height - 0.3
        let here = LatticeNoise.value(Int32(column), Int32(floor), seed)
        if floor == 0, shop == nil, abs(here - 0.5) < 0.14 { return door(x, y, u, v, grain) }
        if !isTop, abs(x) < window.width, y > window.low, y < window.high {
            return pane(x, y, window.width, window.low, window.high, here, u, v)
        }
        if !isTop, abs(x) < window.width + 0.14, y > window.low - 0.16, y < window.high + 0.14 { return trim }
        if let shutters, !isTop, abs(x) < window.width + 0.6, y > window.low, y < window.high {
            return shutters * ((y.wrapped(0.16) < 0.05 && grain < 0.08) ? 0.55 : 1)
        }
        return bare(u, v, grain)
    }

    /// The wall without any opening.
    func bare(_ u: Float, _ v: Float, _ grain: Float) -> Colour {
        let detail = max(0, min(1, 1.4 - grain * 9))
        var result = colour * rough(u, v, 1.2, grain)
        // Rain leaves streaks, and every building has some.
        result *= 0.80 + 0.28 * LatticeNoise.smooth(u * 1.7, v * 0.25, seed &+ 3)
        switch texture {
        case .plaster: break
        case .brick:
            let row = (v / 0.24).rounded(.down)
            let x = u / 0.5 + row.wrapped(2) * 0.5
            let joint = v.wrapped(0.24) < 0.04 || x.wrapped(1) < 0.08
            result *= joint ? 1 + 0.5 * detail : 1 + (LatticeNoise.square(x, row, seed) - 0.5) * 0.5 * detail
        case .boards:
            result *= v.wrapped(0.3) < 0.06 ? 1 - 0.45 * detail : 1
            result *= 0.85 + 0.3 * LatticeNoise.value(Int32(v / 0.3), 0, seed)
        case .concrete:
            let joint = v.wrapped(storey) < 0.08 || u.wrapped(bay) < 0.08
            result *= joint ? 0.55 : 0.82 + 0.36 * LatticeNoise.square(u / bay, v / storey, seed &+ 7)
        }
        return result
    }

    private func pane(
        _ x: Float, _ y: Float, _ half: Float, _ low: Float, _ high: Float, _ here: Float, _ u: Float,
        _ v: Float
    ) -> Colour {
        let middle = (low + high) / 2
        if abs(x) < 0.05 || abs(y - middle) < 0.04 { return trim * 0.9 + 0.05 }
        // Curtains in some, the sky's reflection in all, higher up more of it.
        if here > 0.62, y > low + (high - low) * (here - 0.4) { return Colour(0.55, 0.52, 0.45) }
        let sky = LatticeNoise.smooth(u * 0.8, v * 0.9, seed &+ 11)
        return Colour(0.05, 0.06, 0.08).mixed(Colour(0.42, 0.52, 0.65), sky.step(0.35, 0.8) * 0.8)
    }

    private func door(_ x: Float, _ y: Float, _ u: Float, _ v: Float, _ grain: Float) -> Colour {
        if abs(x) < 0.55, y < 2.2 {
            return abs(x) < 0.4 && y.wrapped(0.7) > 0.14 ? trim * 0.55 : trim * 0.35
        }
        return abs(x) < 0.72 && y < 2.4 ? trim : bare(u, v, grain)
    }

    private func shopFront(_ u: Float, _ v: Float, _ width: Float, _ grain: Float) -> Colour {
        let sign = shop ?? trim
        if v > storey - 0.8 {
            // Letters nobody can read.
            let letter = LatticeNoise.square(u * 2.6, (v - storey) * 6, seed &+ 17)
            let isText = v > storey - 0.65 && v < storey - 0.2 && u.wrapped(width / 2) > width * 0.12
            return isText && letter > 0.5 ? (sign.luma > 0.4 ? Colour(grey: 0.05) : Colour(grey: 0.9)) : sign
        }
        if v > storey - 1.2, Int32(u / 0.45) & 1 == 0 { return sign * 0.8 + 0.1 }
        if v > storey - 1.2 { return Colour(grey: 0.75) }
        if u.wrapped(2.4) < 0.16 { return trim }
        let goods = LatticeNoise.square(u * 3.1, v * 2.7, seed &+ 23)
        let shelf = Colour(goods, LatticeNoise.square(u * 3.1, v * 2.7, seed &+ 29), 0.3) * 0.55
        return shelf.mixed(
            Colour(0.06, 0.07, 0.08), LatticeNoise.smooth(u * 0.6, v * 0.6, seed).step(0.2, 0.75))
    }

    private func rough(_ u: Float, _ v: Float, _ scale: Float, _ grain: Float) -> Float {
        let fine = LatticeNoise.smooth(u * 9, v * 9, seed &+ 31) - 0.5
        return 0.82 + 0.3 * LatticeNoise.layered(u / scale, v / scale, seed, octaves: 3)
            + fine * 0.16 * max(0, 1 - grain * 8)
    }
}
