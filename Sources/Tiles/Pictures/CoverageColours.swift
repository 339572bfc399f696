import Imaging

/// The colours of coverage: twelve steps from violet over green to amber, all of middling brightness, so that
/// they can be seen on dark and on light maps.
public enum CoverageColours {
    /// Colours of the bands, fewest frames first.
    public static let bands: [PNGEncoder.Colour] = [
        .init(red: 0x7A, green: 0x4F, blue: 0xC9), .init(red: 0x64, green: 0x63, blue: 0xDA),
        .init(red: 0x4F, green: 0x7B, blue: 0xE3), .init(red: 0x3C, green: 0x93, blue: 0xE0),
        .init(red: 0x2A, green: 0xA9, blue: 0xD2), .init(red: 0x1F, green: 0xBB, blue: 0xB8),
        .init(red: 0x2F, green: 0xC8, blue: 0x96), .init(red: 0x5B, green: 0xD1, blue: 0x72),
        .init(red: 0x8F, green: 0xD6, blue: 0x50), .init(red: 0xC2, green: 0xD6, blue: 0x3A),
        .init(red: 0xEB, green: 0xCB, blue: 0x34), .init(red: 0xFF, green: 0xB5, blue: 0x2E),
    ]

    /// The band of `n` frames: 1, 2-3, 4-7, 8-15 and so on; the last one takes everything from 2048 on.
    public static func band(frames n: UInt64) -> Int {
        min(bands.count - 1, max(0, 63 - n.leadingZeroBitCount))
    }

    /// The band of a mean quality in permille, in steps of equal width.
    public static func band(quality: UInt64) -> Int {
        min(bands.count - 1, Int(clamping: quality * UInt64(bands.count) / 1000))
    }
}
