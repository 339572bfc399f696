@testable import Imaging

extension LumaPlane {
    /// The plane with left and right exchanged.
    func mirrored() -> LumaPlane {
        var mirror: [UInt8] = []
        mirror.reserveCapacity(samples.count)
        for row in 0..<height {
            mirror.append(contentsOf: samples[row * width..<(row + 1) * width].reversed())
        }
        return LumaPlane(width: width, height: height, samples: mirror) ?? self
    }

    /// What is left when `permille` thousandths of width and height, rounded to whole samples, are cut off at each of
    /// the four sides; the plane itself where nothing would be left.
    func cropped(permille: Int) -> LumaPlane {
        let share = min(max(permille, 0), 1000)
        let (across, down) = ((width * share + 500) / 1000, (height * share + 500) / 1000)
        guard width > 2 * across, height > 2 * down else { return self }
        var middle: [UInt8] = []
        middle.reserveCapacity((width - 2 * across) * (height - 2 * down))
        for row in down..<height - down {
            middle.append(contentsOf: samples[row * width + across..<(row + 1) * width - across])
        }
        return LumaPlane(width: width - 2 * across, height: height - 2 * down, samples: middle) ?? self
    }
}
