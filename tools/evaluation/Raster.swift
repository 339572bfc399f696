import Imaging

/// A picture to attack: interleaved 8-bit RGB, rows from the top. All in integers, so that an attack gives the same
/// samples on every machine.
struct Raster {
    let width: Int
    let height: Int
    /// width x height x 3 samples.
    var samples: [UInt8]

    /// A picture of these samples.
    init(width: Int, height: Int, samples: [UInt8]) {
        self.width = width
        self.height = height
        self.samples = samples
    }

    /// The picture in the bytes of a JPEG or PNG file.
    init(decoding bytes: [UInt8]) throws {
        let image = try PixelImage(bytes)
        var rgb: [UInt8] = []
        rgb.reserveCapacity(image.width * image.height * 3)
        for pixel in stride(from: 0, to: image.samples.count, by: 4) {
            rgb.append(contentsOf: image.samples[pixel..<pixel + 3])
        }
        self.init(width: image.width, height: image.height, samples: rgb)
    }

    /// The picture as a JPEG file.
    func encoded(quality: Int) throws -> [UInt8] {
        try JPEGEncoder.encode(rgb: samples, width: width, height: height, quality: quality)
    }

    /// A picture of the given size whose sample `channel` at (`x`, `y`) is what `sample` says.
    private static func made(width: Int, height: Int, _ sample: (_ x: Int, _ y: Int, _ channel: Int) -> UInt8)
        -> Raster
    {
        var samples: [UInt8] = []
        samples.reserveCapacity(width * height * 3)
        for y in 0..<height {
            for x in 0..<width {
                for channel in 0..<3 { samples.append(sample(x, y, channel)) }
            }
        }
        return Raster(width: width, height: height, samples: samples)
    }

    private func sample(_ x: Int, _ y: Int, _ channel: Int) -> UInt8 {
        samples[(y * width + x) * 3 + channel]
    }

    /// Left and right exchanged.
    func mirrored() -> Raster {
        Self.made(width: width, height: height) { x, y, channel in sample(width - 1 - x, y, channel) }
    }

    /// What is left when these shares of width and height, in permille, are cut off at the four sides.
    func cropped(left: Int, top: Int, right: Int, bottom: Int) -> Raster {
        let (firstX, firstY) = (width * left / 1000, height * top / 1000)
        return Self.made(
            width: width - firstX - width * right / 1000, height: height - firstY - height * bottom / 1000
        ) { x, y, channel in sample(firstX + x, firstY + y, channel) }
    }

    /// Every sample times `permille` thousandths, cut at white.
    func brightened(permille: Int) -> Raster {
        Raster(
            width: width, height: height,
            samples: samples.map { UInt8(clamping: Int($0) * permille / 1000) })
    }

    /// Scaled to `permille` thousandths of width and height, each sample the mean of the area it covers.
    func resized(permille: Int) -> Raster {
        let (columns, rows) = (max(1, width * permille / 1000), max(1, height * permille / 1000))
        return Self.made(width: columns, height: rows) { x, y, channel in
            let across = x * width / columns..<max(x * width / columns + 1, (x + 1) * width / columns)
            let down = y * height / rows..<max(y * height / rows + 1, (y + 1) * height / rows)
            var sum = 0
            for row in down { for column in across { sum += Int(sample(column, row, channel)) } }
            return UInt8(clamping: sum / (across.count * down.count))
        }
    }

    /// Two passes of a box of `radius` pixels along each axis, about a Gaussian; edges are repeated.
    func blurred(radius: Int) -> Raster {
        var result = self
        for _ in 0..<2 {
            result.boxBlur(count: width, step: 3, lines: height, lineStep: width * 3, radius)
            result.boxBlur(count: height, step: width * 3, lines: width, lineStep: 3, radius)
        }
        return result
    }

    private mutating func boxBlur(count: Int, step: Int, lines: Int, lineStep: Int, _ radius: Int) {
        var line = [Int](repeating: 0, count: count)
        let taps = 2 * radius + 1
        for number in 0..<lines * 3 {
            let start = number / 3 * lineStep + number % 3
            for index in 0..<count { line[index] = Int(samples[start + index * step]) }
            var sum = (-radius...radius).reduce(0) { $0 + line[min(max($1, 0), count - 1)] }
            for index in 0..<count {
                samples[start + index * step] = UInt8(clamping: (sum + radius) / taps)
                sum += line[min(index + radius + 1, count - 1)] - line[max(index - radius, 0)]
            }
        }
    }

    /// Turned about its middle by the angle with this sine and cosine in units of 2^-16; what comes from outside is
    /// black.
    func rotated(sine: Int, cosine: Int) -> Raster {
        Self.made(width: width, height: height) { x, y, channel in
            // Twice the offset from the middle, so that it is whole.
            let (dx, dy) = (2 * x - width + 1, 2 * y - height + 1)
            let fromX = (dx * cosine + dy * sine + (width - 1) << 16) >> 1
            let fromY = (dy * cosine - dx * sine + (height - 1) << 16) >> 1
            let (column, row) = (fromX >> 16, fromY >> 16)
            guard column >= 0, row >= 0, column < width - 1, row < height - 1 else { return 0 }
            let (u, v) = (fromX & 0xFFFF, fromY & 0xFFFF)
            let above =
                Int(sample(column, row, channel)) * (65_536 - u)
                + Int(sample(column + 1, row, channel)) * u
            let below =
                Int(sample(column, row + 1, channel)) * (65_536 - u)
                + Int(sample(column + 1, row + 1, channel)) * u
            return UInt8(clamping: (above * (65_536 - v) + below * v) >> 32)
        }
    }
}
