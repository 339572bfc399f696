import Canonical

/// An image file without what its camera and its owner wrote about it: the same pixels, and nothing else to tell who took
/// it, when or where. No pixel is decoded or encoded; what is kept is copied as it stands.
public enum StrippedImage {
    /// What else may be kept beside the picture.
    public struct Metadata: OptionSet, Sendable, Hashable {
        /// One bit for each.
        public let rawValue: UInt8

        /// What the bits say.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Comments: JPEG's COM segments, PNG's `tEXt`, `zTXt` and `iTXt` that is no XMP.
        public static let comments = Metadata(rawValue: 1)
        /// XMP packets, of JPEG the main one only.
        public static let xmp = Metadata(rawValue: 2)
        /// Colour profiles, which say how the picture's numbers are to be shown.
        public static let colourProfile = Metadata(rawValue: 4)
    }

    /// The JPEG or PNG file `bytes` stripped of all but the picture and what is in `kept`; nil for bytes that are neither, and for those whose parts cannot be followed
    /// to the end of the image.
    ///
    /// - JPEG keeps its frames, scans and tables, JFIF (APP0) without its thumbnail, and Adobe's colour transform (APP14). The orientation is kept as an EXIF block that has nothing else. Comments,
    ///   other application segments, and everything behind the end of the image go.
    /// - PNG keeps the critical chunks and those that say how colours are shown. Everything behind `IEND` goes.
    public static func bytes(_ bytes: [UInt8], keeping kept: Metadata = .colourProfile) -> [UInt8]? {
        if bytes.starts(with: ImageCandidates.jpegStart) {
            var stripping = JPEGStripping(bytes, keeping: kept)
            return stripping.run()
        }
        return bytes.starts(with: ImageCandidates.pngSignature) ? strippedPNG(bytes, kept) : nil
    }

    /// Chunks beside the critical ones without which the picture looks different (PNG third edition, 4.7 and 11.3).
    private static let colourChunks = Set(
        ["tRNS", "cHRM", "gAMA", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "pHYs"].map {
            Array($0.utf8)
        })

    /// What a chunk beside these is kept as.
    private static func metadata(_ type: [UInt8], _ content: ArraySlice<UInt8>) -> Metadata? {
        switch String(decoding: type, as: UTF8.self) {
        case "iCCP": .colourProfile
        case "tEXt", "zTXt": .comments
        case "iTXt": content.starts(with: "XML:com.adobe.xmp\0".utf8) ? .xmp : .comments
        default: nil
        }
    }

    private static func strippedPNG(_ bytes: [UInt8], _ kept: Metadata) -> [UInt8]? {
        var result = ImageCandidates.pngSignature
        var position = result.count
        while position + 12 <= bytes.count {
            let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            let type = Array(bytes[position + 4..<position + 8])
            let end = position + 12 + length
            guard end <= bytes.count else { return nil }
            // The fifth bit of the first letter tells ancillary chunks apart (5.4).
            let other = metadata(type, bytes[position + 8..<end - 4]).map(kept.contains) ?? false
            if type[0] & 0x20 == 0 || colourChunks.contains(type) || other { result += bytes[position..<end] }
            if type == Array("IEND".utf8) { return result }
            position = end
        }
        return nil
    }
}

/// Walks through the segments of a JPEG file (ISO/IEC 10918-1, annex B).
private struct JPEGStripping {
    private let bytes: [UInt8]
    private let kept: StrippedImage.Metadata
    private var position = 2
    private var result: [UInt8] = [0xFF, 0xD8]

    init(_ bytes: [UInt8], keeping kept: StrippedImage.Metadata) {
        self.bytes = bytes
        self.kept = kept
        result.reserveCapacity(bytes.count + 64)
    }

    mutating func run() -> [UInt8]? {
        if let orientation = orientation() { result += Self.exif(orientation: orientation) }
        while let marker = nextMarker() {
            switch marker {
            case 0xD9:
                result += [0xFF, 0xD9]
                return result
            case 0x01, 0xD0...0xD7: result += [0xFF, marker]
            case 0x00, 0xD8: return nil
            default:
                guard let segment = segment() else { return nil }
                keep(marker, segment)
                if marker == 0xDA { copyScan() }
            }
        }
        return nil
    }

    /// The marker at the next place, behind its fill bytes.
    private mutating func nextMarker() -> UInt8? {
        guard position < bytes.count, bytes[position] == 0xFF else { return nil }
        while position < bytes.count, bytes[position] == 0xFF { position += 1 }
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// The content of the segment that begins here with its length.
    private mutating func segment() -> Range<Int>? {
        guard position + 2 <= bytes.count else { return nil }
        let end = position + (Int(bytes[position]) << 8 | Int(bytes[position + 1]))
        guard end >= position + 2, end <= bytes.count else { return nil }
        defer { position = end }
        return position + 2..<end
    }

    private mutating func keep(_ marker: UInt8, _ content: Range<Int>) {
        switch marker {
        case 0xE0:
            guard begins(content, "JFIF\0"), content.count >= 14 else { return }
            // Version, unit and density; no thumbnail (ISO/IEC 10918-5, 10.1).
            append(marker, Array(bytes[content.prefix(12)]) + [0, 0])
        case 0xEE where begins(content, "Adobe"),
            0xE2 where kept.contains(.colourProfile) && begins(content, "ICC_PROFILE\0"),
            0xE1 where kept.contains(.xmp) && begins(content, "http://ns.adobe.com/xap/1.0/\0"),
            0xFE where kept.contains(.comments):
            append(marker, Array(bytes[content]))
        case 0xE1...0xEF, 0xFE: return
        default: append(marker, Array(bytes[content]))
        }
    }

    private func begins(_ content: Range<Int>, _ text: String) -> Bool {
        bytes[content].starts(with: text.utf8)
    }

    private mutating func append(_ marker: UInt8, _ content: [UInt8]) {
        let count = content.count + 2
        result +=
            [0xFF, marker, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)] + content
    }

    /// Copies what follows a scan's header: everything up to the next marker that is no restart.
    private mutating func copyScan() {
        let start = position
        while true {
            position = bytes.place(of: 0xFF, from: position) ?? bytes.count
            guard position + 1 < bytes.count else {
                position = bytes.count
                break
            }
            let next = bytes[position + 1]
            // A zero stands behind a byte FF of the scan itself; fill bytes may stand before a marker.
            guard next == 0 || (0xD0...0xD7).contains(next) || next == 0xFF else { break }
            position += next == 0xFF ? 1 : 2
        }
        result += bytes[start..<position]
    }

    /// How the picture is to be turned, 2...8; nil where it stands as it is, or nothing is said.
    private func orientation() -> UInt8? {
        for range in ExifContainer(bytes).blocks {
            guard let block = TIFFBlock(bytes, range) else { continue }
            let directories = ExifDirectories(block)
            if let value = directories.first.short(0x0112), (2...8).contains(value) { return UInt8(value) }
        }
        return nil
    }

    /// An APP1 segment with a TIFF block of one entry (JEITA CP-3451, 4.6.4).
    private static func exif(orientation: UInt8) -> [UInt8] {
        [0xFF, 0xE1, 0, 34] + Array("Exif\0\0".utf8)
            + [
                0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0,
                0, 0,
            ]
    }
}
