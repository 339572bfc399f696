/// Reads the EXIF of one image file.
enum ExifReader {
    /// How much of a file is read: most cameras put EXIF into the first 8 KiB, one with a thumbnail fills at most one
    /// segment of 64 KiB, and nothing behind the last figure is looked at.
    static let prefixes = [8 << 10, 72 << 10, 256 << 10]

    /// What was found in a file.
    enum Finding: Equatable {
        /// It begins as neither JPEG nor PNG.
        case noImage
        /// An image without a readable EXIF block.
        case noExif
        /// What its EXIF says.
        case exif(ExifData)
    }

    /// The EXIF of `file`: the first block that has a position, else the first that can be read.
    static func read(_ file: UploadFile, in upload: any UploadContents) throws(UploadReadError) -> Finding {
        try read(file, 0..<file.size, in: upload)
    }

    /// The EXIF of the image in bytes `range` of `file`.
    static func read(
        _ file: UploadFile, _ range: Range<Int>, in upload: any UploadContents
    ) throws(UploadReadError) -> Finding {
        var finding = Finding.noImage
        for count in prefixes {
            let bytes = try upload.bytes(
                of: file, range: range.lowerBound..<range.lowerBound + min(count, range.count))
            let isLast = bytes.count < count || count == prefixes.last
            guard ImageCandidates.beginsAsImage(bytes) else { return .noImage }
            let container = ExifContainer(bytes)
            if container.needsMore, !isLast, !hasWholePosition(container, bytes) { continue }
            finding = completed(best(container.blocks, in: bytes), by: container.packets, in: bytes)
            break
        }
        return finding
    }

    /// Whether a block that is not cut has a position already, so that nothing further needs to be read.
    private static func hasWholePosition(_ container: ExifContainer, _ bytes: [UInt8]) -> Bool {
        container.blocks.contains { range in
            range.upperBound < bytes.count
                && TIFFBlock(bytes, range).map { ExifData($0).position != nil } == true
        }
    }

    /// What EXIF leaves out, XMP may say; it never contradicts EXIF.
    private static func completed(_ finding: Finding, by packets: [Range<Int>], in bytes: [UInt8]) -> Finding
    {
        var (data, isFound) = (ExifData(), false)
        if case .exif(let found) = finding { (data, isFound) = (found, true) }
        guard data.position == nil || data.time == nil || data.heading == nil else { return finding }
        for range in packets {
            guard let packet = XMPPacket(Array(bytes[range])) else { continue }
            isFound = true
            if data.position == nil { data.position = packet.position }
            if data.time == nil { data.time = packet.time }
            if data.heading == nil { data.heading = packet.heading }
        }
        return isFound ? .exif(data) : finding
    }

    private static func best(_ blocks: [Range<Int>], in bytes: [UInt8]) -> Finding {
        var first: ExifData?
        for range in blocks {
            guard let block = TIFFBlock(bytes, range) else { continue }
            let data = ExifData(block)
            if data.position != nil { return .exif(data) }
            if first == nil { first = data }
        }
        return first.map { .exif($0) } ?? .noExif
    }
}
