import CImageCodecs

/// Writes JPEG files: sample drives and tests are made with it.
///
/// The same input gives the same bytes with the same libjpeg. Chroma is subsampled 4:2:0, as cameras do.
public enum JPEGEncoder {
    /// libjpeg's JPEG_MAX_DIMENSION.
    private static let maxSide = 65_500

    /// Encodes interleaved 8-bit RGB.
    ///
    /// - Parameters:
    ///   - rgb: width x height x 3 samples, rows from the top.
    ///   - quality: libjpeg's scale, 1...100.
    ///   - progressive: several scans instead of one.
    ///   - exif: payload of an APP1 marker, from its `Exif\0\0` identifier on, at most 65,533 bytes; written
    ///     as it is, right after the JFIF marker.
    /// - Throws: `unsupported` for arguments that do not fit together, `too_much_memory`.
    public static func encode(
        rgb: [UInt8], width: Int, height: Int, quality: Int = 90, progressive: Bool = false,
        exif: [UInt8]? = nil
    ) throws(ImageError) -> [UInt8] {
        try encode(
            rgb, width: width, height: height, channels: 3, quality: quality, progressive: progressive,
            exif: exif)
    }

    /// Encodes 8-bit gray; the parameters are those of the RGB encoder, with one sample for each pixel.
    public static func encode(
        gray: [UInt8], width: Int, height: Int, quality: Int = 90, progressive: Bool = false,
        exif: [UInt8]? = nil
    ) throws(ImageError) -> [UInt8] {
        try encode(
            gray, width: width, height: height, channels: 1, quality: quality, progressive: progressive,
            exif: exif)
    }

    private static func encode(
        _ samples: [UInt8], width: Int, height: Int, channels: Int32, quality: Int, progressive: Bool,
        exif: [UInt8]?
    ) throws(ImageError) -> [UInt8] {
        let size = try CodecCall.requireRaster(
            count: samples.count, width: width, height: height, channels: Int(channels), maxSide: maxSide)
        guard (1...100).contains(quality) else {
            throw ImageError(.unsupported, "quality \(quality) is not in 1...100")
        }
        return try CodecCall.encode { output, message in
            samples.withUnsafeBufferPointer { pixels in
                guard let base = pixels.baseAddress else { return WAGGLE_IMAGE_BAD_ARGUMENT }
                return (exif ?? []).withUnsafeBufferPointer { app1 in
                    waggle_jpeg_encode(
                        base, size.width, size.height, channels, Int32(quality), progressive ? 1 : 0,
                        exif == nil ? nil : app1.baseAddress, app1.count, output, message)
                }
            }
        }
    }
}
