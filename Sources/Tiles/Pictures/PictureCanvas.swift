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

    mutating func fill(x: Int, y: Int, width: Int, height: Int, _ colour: Colour) {
        let columns = max(0, x)..<max(max(0, x), min(self.width, x + width))
        for row in max(0, y)..<max(max(0, y), min(self.height, y + height)) {
            for column in columns {
                let start = (row * self.width + column) * 3
                samples[start] = colour.red
                samples[start + 1] = colour.green
                samples[start + 2] = colour.blue
            }
        }
    }

    /// `text` with its top left corner at x, y; every pixel of the face is `scale` pixels wide.
    mutating func draw(_ text: String, x: Int, y: Int, scale: Int, _ colour: Colour) {
        for (index, character) in text.enumerated() {
            let left = x + index * PixelFont.advance * scale
            for (row, bits) in PixelFont.rows(of: character).enumerated() {
                for column in 0..<PixelFont.width where bits >> UInt8(PixelFont.width - 1 - column) & 1 == 1 {
                    fill(x: left + column * scale, y: y + row * scale, width: scale, height: scale, colour)
                }
            }
        }
    }

    /// Pixels across `text`.
    static func width(of text: String, scale: Int) -> Int {
        max(0, text.count * PixelFont.advance - 1) * scale
    }

    func png() throws(TileError) -> [UInt8] {
        do throws(ImageError) {
            return try PNGEncoder.encode(rgb: samples, width: width, height: height)
        } catch {
            throw TileError(.overLimit, at: 0, "PNG encoder: \(error)")
        }
    }
}
