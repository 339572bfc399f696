extension VehicleShape {
    /// Whether the side, seen from the right or the left, reaches to (`u`, `v`); `u` runs from back to front.
    func sideCovers(_ u: Float, _ v: Float) -> Bool {
        if v < 0.3 { return wheelDistance(u, v) < 0.33 }
        if isBox || v < 0.9 { return true }
        let (share, rise) = (u / length, (v - 0.9) / (height - 0.9))
        return share > 0.14 + 0.12 * rise && share < 0.72 - 0.16 * rise
    }

    /// The colour of the side.
    func sideColour(_ u: Float, _ v: Float) -> Colour {
        let distance = wheelDistance(u, v)
        if distance < 0.33 { return Colour(grey: distance < 0.19 ? 0.42 : 0.02) }
        if distance < 0.42, v < 0.75 { return Colour(grey: 0.015) }
        if isBox {
            if v > 1.2, v < height - 0.35, u > length - 1.5, u < length - 0.3 {
                return Colour(0.05, 0.06, 0.07)
            }
            let band = v > 1.0 && v < 1.7 && u > 0.5 && u < length - 2
            return band && LatticeNoise.square(u * 1.6, v * 3, seed) > 0.55
                ? Colour(0.1, 0.15, 0.4) : dusty(u, v)
        }
        let (share, rise) = (u / length, (v - 0.9) / (height - 0.9))
        if rise > 0.08, rise < 0.86, share > 0.17 + 0.12 * rise, share < 0.69 - 0.16 * rise,
            abs(share - 0.44) > 0.012
        {
            return Colour(0.05, 0.06, 0.08) + Colour(0.2, 0.25, 0.3) * rise
        }
        if abs(share - 0.44) < 0.004 || abs(v - 0.62) < 0.02 { return paint * 0.5 }
        return dusty(u, v) * (0.75 + 0.3 * v)
    }

    /// The colour of front or back, `u` of `width` from its left.
    func endColour(_ u: Float, _ v: Float, front: Bool, width: Float, height: Float) -> Colour {
        let x = abs(u - width / 2)
        if v < 0.12 { return Colour(grey: 0.03) }
        if isBox, v > 1.0, v < height - 0.25, x < width / 2 - 0.15 {
            return front ? Colour(0.05, 0.06, 0.07) : (x < 0.03 ? paint * 0.4 : dusty(u, v) * 0.9)
        }
        if x > width / 2 - 0.36, v > 0.33, v < 0.52 {
            return front ? Colour(grey: 0.9) : Colour(0.6, 0.03, 0.03)
        }
        if x < 0.27, v > 0.18, v < 0.3 { return Colour(grey: 0.85) }
        if front, x < 0.5, v > 0.32, v < 0.5 { return Colour(grey: 0.05) }
        return dusty(u, v) * (0.7 + 0.3 * v)
    }

    /// The paint with the dust and reflections of the street on it.
    private func dusty(_ u: Float, _ v: Float) -> Colour {
        let dust = LatticeNoise.layered(u * 1.4, v * 1.6, seed &+ 3, octaves: 3)
        return paint * (0.62 + 0.62 * dust) + Colour(grey: 0.03) * dust
    }

    private func wheelDistance(_ u: Float, _ v: Float) -> Float {
        let nearest = u < length / 2 ? length * 0.19 : length * 0.81
        return ((u - nearest) * (u - nearest) + (v - 0.33) * (v - 0.33)).squareRoot()
    }
}
