import Imaging

/// A picture while it is being drawn: rows of RGB from the top. What lies outside is cut off.
struct PictureCanvas {
    typealias Colour = PNGEncoder.Colour

    let width: Int
    let height: Int
    private var samples: [UInt8]

    init(width: Int, height: Int, background: Colour) {
        self.width = width
        self.height = height
        samples = []
        samples.reserveCapacity(width * height * 3)
        for _ in 0..<width * height {
            samples.append(background.red)
            samples.append(background.green)
            samples.append(background.blue)
        }
    }

    /// Fills a rectangle.
    mutating func fill(x: Int, y: Int, width: Int, height: Int, _ colour: Colour) {
        let columns = max(0, x)..<max(max(0, x), min(self.width, x + width))
        for row in max(0, y)..<max(max(0, y), min(self.height, y + height)) {
            for column in columns { set((row * self.width + column) * 3, colour) }
        }
    }

    /// Draws the four sides of a rectangle, a pixel wide, just inside of it.
    mutating func outline(x: Int, y: Int, width: Int, height: Int, _ colour: Colour) {
        fill(x: x, y: y, width: width, height: 1, colour)
        fill(x: x, y: y + height - 1, width: width, height: 1, colour)
        fill(x: x, y: y, width: 1, height: height, colour)
        fill(x: x + width - 1, y: y, width: 1, height: height, colour)
    }

    /// Mixes `sixteenths` parts of `colour`, 0...16, into one pixel.
    mutating func blend(x: Int, y: Int, _ colour: Colour, sixteenths: Int) {
        guard (0..<width).contains(x), (0..<height).contains(y) else { return }
        let start = (y * width + x) * 3
        func mixed(_ below: UInt8, _ above: UInt8) -> UInt8 {
            UInt8(truncatingIfNeeded: (Int(below) * (16 - sixteenths) + Int(above) * sixteenths + 8) / 16)
        }
        samples[start] = mixed(samples[start], colour.red)
        samples[start + 1] = mixed(samples[start + 1], colour.green)
        samples[start + 2] = mixed(samples[start + 2], colour.blue)
    }

    /// Copies `picture` with its top left corner to x, y.
    mutating func paste(_ picture: PictureCanvas, x: Int, y: Int) {
        for row in max(0, -y)..<max(max(0, -y), min(picture.height, height - y)) {
            for column in max(0, -x)..<max(max(0, -x), min(picture.width, width - x)) {
                set(((y + row) * width + x + column) * 3, picture[column, row])
            }
        }
    }

    private mutating func set(_ start: Int, _ colour: Colour) {
        samples[start] = colour.red
        samples[start + 1] = colour.green
        samples[start + 2] = colour.blue
    }

    /// The colour of a pixel of the picture.
    subscript(x: Int, y: Int) -> Colour {
        let start = (y * width + x) * 3
        return Colour(red: samples[start], green: samples[start + 1], blue: samples[start + 2])
    }

    /// The picture as a PNG.
    ///
    /// - Throws: `overLimit` where the encoder has no memory.
    func png() throws(TileError) -> [UInt8] {
        do throws(ImageError) {
            return try PNGEncoder.encode(rgb: samples, width: width, height: height)
        } catch {
            throw TileError(.overLimit, at: 0, "PNG encoder: \(error)")
        }
    }
}
