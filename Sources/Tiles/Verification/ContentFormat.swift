/// What the first bytes of a content say it is.
enum ContentFormat: String {
    case gzip = "a gzip member"
    case png = "a PNG"
    case jpeg = "a JPEG"
    case webp = "a WebP"
    case avif = "an AVIF"

    /// Nil for anything else; vector tiles have no mark of their own.
    init?(_ bytes: [UInt8]) {
        func has(_ mark: [UInt8], at offset: Int = 0) -> Bool { bytes.dropFirst(offset).starts(with: mark) }
        if has([0x1F, 0x8B, 8]) {
            self = .gzip
        } else if has([0x89, 0x50, 0x4E, 0x47]) {
            self = .png
        } else if has([0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if has(Array("RIFF".utf8)), has(Array("WEBP".utf8), at: 8) {
            self = .webp
        } else if has(Array("ftypavif".utf8), at: 4) || has(Array("ftypavis".utf8), at: 4) {
            self = .avif
        } else {
            return nil
        }
    }

    /// The format every tile of `type` has, nil where it has no mark.
    init?(_ type: PMTilesHeader.TileType) {
        switch type {
        case .png: self = .png
        case .jpeg: self = .jpeg
        case .webp: self = .webp
        case .avif: self = .avif
        case .mvt, .mlt, .other: return nil
        }
    }
}
