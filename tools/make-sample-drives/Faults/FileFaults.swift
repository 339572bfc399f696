import Imaging

extension FilmedFrame {
    /// The frame as a JPEG file, with what its fault does to a file.
    func jpeg(quality: Int, exif: [UInt8]? = nil) throws(ImageError) -> [UInt8] {
        var bytes = try JPEGEncoder.encode(
            rgb: picture.rgb, width: picture.width, height: picture.height, quality: quality,
            exif: fault == .withoutExif ? nil : exif)
        switch fault {
        case .truncated: bytes.removeSubrange(bytes.count * 2 / 5..<bytes.count)
        case .overwritten:
            let middle = bytes.count / 2
            for index in 0..<64 { bytes[middle + index] = UInt8(truncatingIfNeeded: index * 37 + 11) }
            // A marker where none may be: the decoder is sure to notice.
            bytes.replaceSubrange(middle + 30..<middle + 32, with: [0xFF, 0xD9])
        default: break
        }
        return bytes
    }

    /// The frame as a PNG file.
    func png() throws(ImageError) -> [UInt8] {
        try PNGEncoder.encode(rgb: picture.rgb, width: picture.width, height: picture.height)
    }
}
