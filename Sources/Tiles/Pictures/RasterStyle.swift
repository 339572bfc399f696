import Canonical
import Imaging

/// What the colours of a raster tile tell about a square.
///
/// A square's band depends on the square alone, and a band's colour on nothing: no tile changes because time
/// passes or because another tile holds more.
public enum RasterStyle: String, CaseIterable, Sendable {
    /// How many frames: a band for every power of two.
    case coverage
    /// When it was last seen: a band for every calendar quarter.
    case freshness
    /// How good the frames are on average: ten bands of 100 permille.
    case quality

    /// The band of a square that holds frames, 1...255.
    ///
    /// - Parameters:
    ///   - n: frames in the square, at least 1.
    ///   - meanQuality: their mean quality, 0...1000 permille.
    ///   - lastDay: day of the latest, in days since 1970-01-01 UTC.
    public func band(frames n: UInt64, meanQuality: UInt64, lastDay: Int32) -> UInt8 {
        switch self {
        case .coverage: CoverageColours.band(frames: n)
        case .freshness: FreshnessColours.band(day: lastDay)
        case .quality: QualityColours.band(quality: meanQuality)
        }
    }

    /// The colour of `band`, 1...255; that of the last one beyond the bands of the style.
    public func colour(ofBand band: UInt8) -> PNGEncoder.Colour {
        switch self {
        case .coverage: CoverageColours.bands[min(max(1, Int(band)), CoverageColours.bands.count) - 1]
        case .freshness: FreshnessColours.cycle[(max(1, Int(band)) - 1) % FreshnessColours.cycle.count]
        case .quality: QualityColours.bands[min(max(1, Int(band)), QualityColours.bands.count) - 1]
        }
    }
}

/// The colours of coverage: twelve steps from violet over green to amber, all of middling brightness, so that
/// they can be seen on dark and on light maps.
enum CoverageColours {
    /// Colours of the bands, fewest frames first.
    static let bands = [PNGEncoder.Colour](rgb: [
        0x7A4FC9, 0x6463DA, 0x4F7BE3, 0x3C93E0, 0x2AA9D2, 0x1FBBB8, 0x2FC896, 0x5BD172, 0x8FD650, 0xC2D63A,
        0xEBCB34, 0xFFB52E,
    ])

    /// The band of `n` frames: 1, 2-3, 4-7, 8-15 and so on; the last one takes everything from 2048 on.
    static func band(frames n: UInt64) -> UInt8 {
        UInt8(clamping: min(bands.count, max(1, 64 - n.leadingZeroBitCount)))
    }

    /// The least frames of `band`.
    static func frames(ofBand band: UInt8) -> UInt64 { 1 << UInt64(max(1, band) - 1) }
}

/// The colours of mean quality: ten steps from red over sand to blue, a scale with two ends whose bad and good
/// side stay apart for eyes that do not tell red from green.
enum QualityColours {
    /// Colours of the bands, lowest quality first.
    static let bands = [PNGEncoder.Colour](rgb: [
        0xC23B22, 0xD95F27, 0xE8812F, 0xF0A445, 0xEBC46A, 0xA9CBC4, 0x7BB8CE, 0x5599CC, 0x417CC2, 0x3A60B5,
    ])

    /// The band of a mean quality in permille: 0-99, 100-199 and so on; the last one takes 1000 as well.
    static func band(quality: UInt64) -> UInt8 {
        UInt8(clamping: min(UInt64(bands.count), quality / 100 + 1))
    }
}

extension [PNGEncoder.Colour] {
    /// Opaque colours written 0xRRGGBB.
    init(rgb values: [UInt32]) {
        self = values.map {
            PNGEncoder.Colour(
                red: UInt8(truncatingIfNeeded: $0 >> 16), green: UInt8(truncatingIfNeeded: $0 >> 8),
                blue: UInt8(truncatingIfNeeded: $0))
        }
    }
}
