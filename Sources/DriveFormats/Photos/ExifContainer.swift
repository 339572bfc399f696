/// Finds EXIF blocks and XMP packets in the beginning of a JPEG or PNG file.
struct ExifContainer {
    /// Where TIFF headers should stand, each range cut at the end of the bytes at hand; at most ``maxBlocks``.
    private(set) var blocks: [Range<Int>] = []
    /// Where XMP packets stand, whole ones only; at most ``maxBlocks``.
    private(set) var packets: [Range<Int>] = []
    /// Whether the last block is cut or further ones may follow behind the bytes at hand.
    private(set) var needsMore = false

    /// Writers use one; a second one has been seen where an editor kept the camera's.
    static let maxBlocks = 4

    private let bytes: [UInt8]

    /// The blocks in `bytes`; none where they begin neither a JPEG nor a PNG file.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: ImageCandidates.jpegStart) {
            walkSegments()
        } else if bytes.starts(with: ImageCandidates.pngSignature) {
            walkChunks()
        }
    }

    /// JPEG: EXIF stands in APP1 segments that begin `Exif`, 0, 0 (JEITA CP-3451, 4.7.2), before the scan. Segments
    /// are followed by their lengths, so a thumbnail inside one is never mistaken for the image.
    private mutating func walkSegments() {
        var position = 2
        while blocks.count < Self.maxBlocks {
            // Any number of fill bytes FF may stand before a marker (ISO/IEC 10918-1, B.1.1.2).
            guard let lead = byte(position) else { return stopAtEnd() }
            guard lead == 0xFF else { return }
            position += 1
            while byte(position) == 0xFF { position += 1 }
            guard let marker = byte(position) else { return stopAtEnd() }
            position += 1
            switch marker {
            case 0x01, 0xD0...0xD7: continue
            case 0x00, 0xD8, 0xD9, 0xDA: return
            default: break
            }
            guard let high = byte(position), let low = byte(position + 1) else { return stopAtEnd() }
            let end = position + (Int(high) << 8 | Int(low))
            guard end >= position + 2 else { return }
            if marker == 0xE1 {
                take(position + 2, end, header: "Exif\0\0")
                takePacket(position + 2, end, header: "http://ns.adobe.com/xap/1.0/\0")
            }
            position = end
        }
    }

    /// PNG: EXIF stands in an `eXIf` chunk (PNG third edition, 11.3.4.5); one behind the pixels is not looked for.
    private mutating func walkChunks() {
        var position = 8
        while blocks.count < Self.maxBlocks {
            guard let last = byte(position + 7) else { return stopAtEnd() }
            let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            let type = [bytes[position + 4], bytes[position + 5], bytes[position + 6], last]
            if type == Array("IDAT".utf8) || type == Array("IEND".utf8) { return }
            let end = position + 8 + length
            if type == Array("eXIf".utf8) { take(position + 8, end, header: "") }
            // Not compressed, in no language and not translated (ISO 16684-3).
            if type == Array("iTXt".utf8) {
                takePacket(position + 8, end, header: "XML:com.adobe.xmp\0\0\0\0\0")
            }
            position = end + 4
        }
    }

    private mutating func take(_ start: Int, _ end: Int, header: StaticString) {
        let begin = start + header.utf8CodeUnitCount
        guard begin <= min(end, bytes.count), matches(header, at: start) else { return }
        blocks.append(begin..<min(end, bytes.count))
        if end > bytes.count { needsMore = true }
    }

    private mutating func takePacket(_ start: Int, _ end: Int, header: StaticString) {
        let begin = start + header.utf8CodeUnitCount
        guard packets.count < Self.maxBlocks, begin <= min(end, bytes.count), matches(header, at: start)
        else {
            return
        }
        if end > bytes.count { needsMore = true } else { packets.append(begin..<end) }
    }

    private func matches(_ header: StaticString, at start: Int) -> Bool {
        header.withUTF8Buffer { bytes[start..<start + $0.count].elementsEqual($0) }
    }

    private mutating func stopAtEnd() { needsMore = true }

    private func byte(_ position: Int) -> UInt8? { position < bytes.count ? bytes[position] : nil }
}
