import Imaging

/// The colours of a picture but for those that tell something.
struct PictureTheme {
    /// Behind the squares.
    let ground: PNGEncoder.Colour
    /// Around the map.
    let panel: PNGEncoder.Colour
    /// Lines of the graticule.
    let grid: PNGEncoder.Colour
    /// The line around the map.
    let frame: PNGEncoder.Colour
    /// Text that matters.
    let strong: PNGEncoder.Colour
    /// Other text.
    let quiet: PNGEncoder.Colour

    static let dark = PictureTheme(
        rgb: [0x10141C, 0x181D27, 0x222A37, 0x39445A, 0xF1F4F8, 0x9AA6B6])
    static let light = PictureTheme(
        rgb: [0xF6F7F9, 0xFFFFFF, 0xE3E7ED, 0xC3CAD5, 0x1B222E, 0x5F6B7B])

    private init(rgb: [UInt32]) {
        let colours = [PNGEncoder.Colour](rgb: rgb)
        (ground, panel, grid) = (colours[0], colours[1], colours[2])
        (frame, strong, quiet) = (colours[3], colours[4], colours[5])
    }
}
