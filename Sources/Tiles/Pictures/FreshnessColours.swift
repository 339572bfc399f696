import Canonical
import Imaging

/// The colours of freshness: one for every calendar quarter, the same for ever.
///
/// They repeat after 32 quarters, eight years, since nobody tells more colours apart. A cycle begins with 2000,
/// 2008, 2016, 2024 and so on. In it every quarter is brighter than the one before, the hue goes from blue over
/// rose to yellow, and full colours take turns with pale ones, so that neighbours differ at a glance.
enum FreshnessColours {
    /// The colours of one cycle, oldest first: lightness 38 to 82 in equal steps of CIE L*, hue 264 to 460
    /// degrees of OKLCh, chroma 0.2 and 0.105 in turn (less where sRGB has no such colour).
    static let cycle = [PNGEncoder.Colour](rgb: [
        0x1E4FCB, 0x485A99, 0x4E4ED3, 0x5E5DA0, 0x704DD7, 0x7360A3, 0x8D4DD4, 0x8763A4,
        0xA74DCD, 0x9967A2, 0xC04DC1, 0xAA6C9F, 0xD64FB1, 0xB97199, 0xE9529E, 0xC77791,
        0xF95889, 0xD37E8A, 0xFF6875, 0xDC8781, 0xFE7A65, 0xE29179, 0xFF8956, 0xE69C73,
        0xFF9745, 0xE7A86F, 0xFFA526, 0xE5B46E, 0xF9B400, 0xE1C172, 0xEDC505, 0xDBCE7B,
    ])

    private static let firstYear: Int64 = 2000

    /// The band of the quarter that holds `day`, in days since 1970-01-01 UTC: 1 for the first one of 2000 and
    /// all before it, 105 for that of 2026, 255 for the third one of 2063 and all after it.
    static func band(day: Int32) -> UInt8 {
        let date = CalendarDay(number: Int64(day)).date
        return UInt8(clamping: max(1, (date.year - firstYear) * 4 + (date.month - 1) / 3 + 1))
    }

    /// The quarter of `band`, as `2026 Q1`.
    static func quarter(ofBand band: UInt8) -> String {
        let quarters = Int64(max(1, band)) - 1
        return "\(firstYear + quarters / 4) Q\(quarters % 4 + 1)"
    }
}
