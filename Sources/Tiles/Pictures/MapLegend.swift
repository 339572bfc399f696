import Imaging

/// What the colours of a map say, and how many of its squares have each.
struct MapLegend {
    /// A colour with its meaning.
    struct Entry: Equatable {
        let colour: PNGEncoder.Colour
        let label: String
        let squares: Int
    }

    /// What the labels are about.
    let title: String
    /// The unit of the labels, or what else is to be known about them.
    let note: String
    /// The entries, from the most frames, the best quality or the latest quarter down.
    let entries: [Entry]

    /// The most entries: as many colours as freshness has.
    static let mostEntries = 32

    /// The legend of squares in these bands.
    ///
    /// - Parameter squares: how many squares have each band, by band, 256 of them.
    init(_ style: RasterStyle, squares: [Int]) {
        let used = (1...255).filter { squares[$0] > 0 }
        switch style {
        case .coverage:
            (title, note) = ("Frames", "in a square")
        case .quality:
            (title, note) = ("Mean quality", "in permille")
        case .freshness:
            (title, note) = ("Last seen", "in the quarter")
        }
        // All of quality's ten bands, so that pictures can be compared; of the others what lies between the first
        // and the last.
        let shown =
            style == .quality ? 1..<QualityColours.bands.count + 1 : (used.first ?? 1)..<(used.last ?? 0) + 1
        entries = shown.reversed().prefix(Self.mostEntries).map { band in
            let band = UInt8(clamping: band)
            return Entry(
                colour: style.colour(ofBand: band), label: Self.label(style, band),
                squares: squares[Int(band)])
        }
    }

    private static func label(_ style: RasterStyle, _ band: UInt8) -> String {
        switch style {
        case .coverage:
            let least = CoverageColours.frames(ofBand: band)
            if band == 1 { return "1" }
            if Int(band) == CoverageColours.bands.count { return "\(PictureText.grouped(least)) and more" }
            return "\(PictureText.grouped(least))-\(PictureText.grouped(2 * least - 1))"
        case .quality:
            let least = (Int(band) - 1) * 100
            return "\(least)-\(Int(band) == QualityColours.bands.count ? 1000 : least + 99)"
        case .freshness:
            return FreshnessColours.quarter(ofBand: band)
        }
    }
}
