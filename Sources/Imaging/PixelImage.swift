import CImageCodecs

/// An image in full: the colour of every pixel.
public struct PixelImage: Sendable, Equatable {
    /// The file's format.
    public let kind: ImageKind
    /// Pixels from left to right.
    public let width: Int
    /// Pixels from top to bottom.
    public let height: Int
    /// Red, green, blue and alpha of every pixel, rows from the top; alpha is not premultiplied.
    public let samples: [UInt8]
}

extension PixelImage {
    /// What a picture to look at may cost: 4096 x 4096 pixels, 64 MB of samples.
    public static let limits = ImageLimits(
        maxBytes: 16_000_000, maxPixels: 16_777_216, maxScannedPixels: 200_000_000,
        maxUnpackedBytes: 140_000_000)

    /// Decodes a whole JPEG or PNG file of any colour type, at full size. Bytes after the image's end are ignored.
    ///
    /// - Throws: ``ImageError`` with any code. An image with lost pixels is `damaged`, never half an image.
    public init(_ bytes: [UInt8], limits: ImageLimits = PixelImage.limits) throws(ImageError) {
        let kind = try ImageDecoder.recognise(bytes, limits)
        let info = try ImageDecoder.header(bytes, kind, limits)
        let (pixels, overflow) = Int(info.width).multipliedReportingOverflow(by: Int(info.height))
        let (count, overflows) = pixels.multipliedReportingOverflow(by: 4)
        guard !overflow, !overflows else {
            throw ImageError(.tooManyPixels, "\(info.width) x \(info.height) pixels")
        }
        var costs = waggle_image_limits(limits)
        var decoded = waggle_image_info()
        var samples = [UInt8](repeating: 0, count: count)
        try CodecCall.run { message in
            bytes.withUnsafeBufferPointer { file in
                samples.withUnsafeMutableBufferPointer { pixels in
                    guard let file = file.baseAddress, let base = pixels.baseAddress else {
                        return WAGGLE_IMAGE_BAD_ARGUMENT
                    }
                    return switch kind {
                    case .jpeg:
                        waggle_jpeg_decode_rgba(file, bytes.count, &costs, base, count, &decoded, message)
                    case .png:
                        waggle_png_decode_rgba(file, bytes.count, &costs, base, count, &decoded, message)
                    }
                }
            }
        }
        guard decoded.width == info.width, decoded.height == info.height else {
            throw ImageError(.damaged, "the header and the image differ in size")
        }
        self.init(kind: kind, width: Int(info.width), height: Int(info.height), samples: samples)
    }
}
