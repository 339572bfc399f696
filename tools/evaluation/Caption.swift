/// Text burnt into a picture, as cameras and those who pass on others' pictures do.
enum Caption {
    /// Glyphs of five columns and seven rows, the leftmost column in the highest of five bits.
    private static let glyphs: [Character: [UInt8]] = [
        "0": [14, 17, 19, 21, 25, 17, 14], "1": [4, 12, 4, 4, 4, 4, 14], "2": [14, 17, 1, 2, 4, 8, 31],
        "3": [31, 2, 4, 2, 1, 17, 14], "5": [31, 16, 30, 1, 1, 17, 14], "6": [6, 8, 16, 30, 17, 17, 14],
        "7": [31, 1, 2, 4, 8, 8, 8], "-": [0, 0, 0, 31, 0, 0, 0], ":": [0, 12, 12, 0, 12, 12, 0],
    ]
    /// A date and a time; the blank has no glyph.
    private static let text = "2026-03-05 12:05:37"

    /// `picture` with white text on a black bar along its lower edge, a twelfth of its height.
    static func burnt(into picture: Raster) -> Raster {
        var result = picture
        let bar = picture.height / 12
        let scale = max(1, bar / 10)
        let top = picture.height - bar
        for index in top * picture.width * 3..<result.samples.count { result.samples[index] = 0 }
        for (place, character) in text.enumerated() {
            guard let rows = glyphs[character] else { continue }
            for row in 0..<7 * scale {
                for column in 0..<5 * scale where rows[row / scale] >> UInt8(4 - column / scale) & 1 == 1 {
                    let x = scale + place * 6 * scale + column
                    guard x < picture.width else { continue }
                    let start = ((top + scale + row) * picture.width + x) * 3
                    for channel in 0..<3 { result.samples[start + channel] = 255 }
                }
            }
        }
        return result
    }
}
