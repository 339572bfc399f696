import Imaging

/// A picture in characters of a terminal, two pixels above one another to a character.
public enum TerminalPicture {
    /// How a terminal shows colours.
    public enum Colours: Sendable {
        /// 24 bits, by `ESC [ 38 ; 2 ; r ; g ; b m` (ISO 8613-6; https://github.com/termstandard/colors).
        case full
        /// Not at all: the brightness becomes a character.
        case none
    }

    /// From dark to bright.
    private static let shades = Array(" .:-=+*#%@")

    /// The lines of `picture`, one for every two rows of pixels.
    public static func lines(of picture: TilePicture, _ colours: Colours) -> [String] {
        let canvas = picture.canvas
        return stride(from: 0, to: canvas.height - 1, by: 2).map { row in
            switch colours {
            case .full: halfBlocks(canvas, row)
            case .none: shades(canvas, row)
            }
        }
    }

    /// Upper half blocks: the upper pixel is the colour of the character, the lower one that of its ground.
    private static func halfBlocks(_ canvas: PictureCanvas, _ row: Int) -> String {
        var line = ""
        var last: (upper: PictureCanvas.Colour, lower: PictureCanvas.Colour)?
        for column in 0..<canvas.width {
            let (upper, lower) = (canvas[column, row], canvas[column, row + 1])
            if last?.upper != upper { line += "\u{1B}[38;2;\(upper.red);\(upper.green);\(upper.blue)m" }
            if last?.lower != lower { line += "\u{1B}[48;2;\(lower.red);\(lower.green);\(lower.blue)m" }
            last = (upper, lower)
            line += "\u{2580}"
        }
        return line + "\u{1B}[0m"
    }

    private static func shades(_ canvas: PictureCanvas, _ row: Int) -> String {
        var line = ""
        for column in 0..<canvas.width {
            let brightness = (luma(canvas[column, row]) + luma(canvas[column, row + 1])) / 2
            line.append(shades[brightness * shades.count / 256])
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// Luma by ITU-R BT.601, 0...255.
    private static func luma(_ colour: PictureCanvas.Colour) -> Int {
        (299 * Int(colour.red) + 587 * Int(colour.green) + 114 * Int(colour.blue)) / 1000
    }
}
