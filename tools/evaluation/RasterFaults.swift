/// What goes wrong with frames, done to pictures. All in integers.
extension Raster {
    /// The picture with every sample changed by `change`, which is told where the pixel lies and which channel it is.
    func changed(_ change: (_ sample: Int, _ x: Int, _ y: Int) -> Int) -> Raster {
        var result = self
        for y in 0..<height {
            for x in 0..<width {
                let start = (y * width + x) * 3
                for index in start..<start + 3 {
                    result.samples[index] = UInt8(clamping: change(Int(samples[index]), x, y))
                }
            }
        }
        return result
    }

    /// Differences to a light gray times `permille` thousandths, as fog and a dirty windscreen in the sun do it.
    func veiled(permille: Int) -> Raster {
        changed { sample, _, _ in 170 + (sample - 170) * permille / 1000 }
    }

    /// `permille` thousandths of the width covered by something dark, from the left.
    func covered(permille: Int) -> Raster {
        changed { sample, x, y in
            x * 1000 < width * permille ? 24 + (x &* 31 ^ y &* 17) & 3 : sample
        }
    }

    /// A light at (`x`, `y`) thousandths of width and height that burns out what lies within about `radius` thousandths of the
    /// width and spills over what lies beyond. Nothing gets brighter than the picture's own white.
    func dazzled(x: Int, y: Int, radius: Int) -> Raster {
        let white = samples.max().map { Int($0) } ?? 255
        let (centreX, centreY) = (width * x / 1000, height * y / 1000)
        let near = (width * radius / 1000) * (width * radius / 1000)
        return changed { sample, column, row in
            let (dx, dy) = (column - centreX, row - centreY)
            let all = near + dx * dx + dy * dy
            return min(max(white, sample), sample + 900 * near / all * near / all + 150 * near / all)
        }
    }

    /// A bonnet of the gray `tone` that hides the lowest `share` thousandths of the height, a twentieth of the height less at
    /// the sides, and mirrors what stands above the road by `mirror` thousandths.
    func hooded(share: Int, tone: Int, mirror: Int) -> Raster {
        var result = self
        for x in 0..<width {
            let aside = (2 * x - width) * 1000 / width
            let top = height * (1000 - share + 50 * aside / 1000 * aside / 1000) / 1000
            for y in max(0, top)..<height {
                let seen = max(0, height * 45 / 100 - (y - top) * 6 / 5)
                for channel in 0..<3 {
                    let mirrored = Int(samples[(seen * width + x) * 3 + channel])
                    result.samples[(y * width + x) * 3 + channel] = UInt8(
                        clamping: (tone * (1000 - mirror) + mirrored * mirror) / 1000)
                }
            }
        }
        return result
    }

    /// What a camera sees that looks up by `share` thousandths of the height: all of it lower, and above it more of the sky.
    func raised(share: Int) -> Raster {
        var result = self
        for y in 0..<height {
            let from = max(0, y - height * share / 1000) * width * 3
            result.samples.replaceSubrange(
                y * width * 3..<(y + 1) * width * 3, with: samples[from..<from + width * 3])
        }
        return result
    }

    /// Something dark on the windscreen: a round spot of `radius` thousandths of the
    /// width at (`x`, `y`) thousandths that fades over another third of that.
    func soiled(x: Int, y: Int, radius: Int) -> Raster {
        let (centreX, centreY) = (width * x / 1000, height * y / 1000)
        let inner = max(1, width * radius / 1000)
        let (full, none) = (inner * inner, inner * inner * 16 / 9)
        return changed { sample, column, row in
            let (dx, dy) = (column - centreX, row - centreY)
            let away = min(max(dx * dx + dy * dy, full), none)
            return 45 + (sample - 45) * (away - full) / max(1, none - full)
        }
    }
}

extension Raster {
    /// A lorry's side before the camera, from `left` thousandths of the width on, `width` of them wide.
    func passed(left: Int, width share: Int) -> Raster {
        changed { sample, x, y in
            let isLorry =
                x * 1000 >= width * left && x * 1000 < width * (left + share)
                && (height / 4..<height * 4 / 5).contains(y)
            return isLorry ? 90 + y * 60 / height + (x / 8 + y / 40) % 5 : sample
        }
    }
}
