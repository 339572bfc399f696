import CImageCodecs

/// Writes PNG files with libpng: pictures, sample drives and tests are made with it.
///
/// Only IHDR, PLTE, tRNS, IDAT and IEND are written, at a fixed compression level: the same input gives the
/// same bytes with the same zlib.
public enum PNGEncoder {
    /// PNG's own limit of a side (PNG specification, 11.2.2).
    private static let maxSide = 0x7FFF_FFFF

    /// One palette entry, 8 bits a channel, alpha not premultiplied.
    public struct Colour: Sendable, Hashable {
        /// Red, 0...255.
        public let red: UInt8
        /// Green, 0...255.
        public let green: UInt8
        /// Blue, 0...255.
        public let blue: UInt8
        /// 0 is transparent, 255 is opaque.
        public let alpha: UInt8

        /// A colour, opaque unless told otherwise.
        public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
            self.red = red
            self.green = green
            self.blue = blue
            self.alpha = alpha
        }
    }

    /// Encodes palette indices, one byte for each pixel.
    ///
    /// - Parameters:
    ///   - palette: 1...256 colours.
    ///   - indices: width x height positions in the palette, rows from the top.
    /// - Throws: `unsupported` for arguments that do not fit together, `too_much_memory`.
    public static func encode(
        palette: [Colour], indices: [UInt8], width: Int, height: Int
    ) throws(ImageError) -> [UInt8] {
        let size = try CodecCall.requireRaster(
            count: indices.count, width: width, height: height, channels: 1, maxSide: maxSide)
        guard (1...256).contains(palette.count) else {
            throw ImageError(.unsupported, "a palette has 1...256 colours, not \(palette.count)")
        }
        if let highest = indices.max(), Int(highest) >= palette.count {
            throw ImageError(.unsupported, "index \(highest) is outside a palette of \(palette.count)")
        }
        let quadruples = palette.flatMap { [$0.red, $0.green, $0.blue, $0.alpha] }
        return try CodecCall.encode { output, message in
            indices.withUnsafeBufferPointer { pixels in
                quadruples.withUnsafeBufferPointer { colours in
                    guard let pixels = pixels.baseAddress, let colours = colours.baseAddress else {
                        return WAGGLE_IMAGE_BAD_ARGUMENT
                    }
                    return waggle_png_encode_palette(
                        pixels, size.width, size.height, colours, UInt32(palette.count), output, message)
                }
            }
        }
    }

    /// Encodes interleaved 8-bit RGB: width x height x 3 samples, rows from the top.
    ///
    /// - Throws: `unsupported` for arguments that do not fit together, `too_much_memory`.
    public static func encode(rgb: [UInt8], width: Int, height: Int) throws(ImageError) -> [UInt8] {
        let size = try CodecCall.requireRaster(
            count: rgb.count, width: width, height: height, channels: 3, maxSide: maxSide)
        return try CodecCall.encode { output, message in
            rgb.withUnsafeBufferPointer { pixels in
                guard let base = pixels.baseAddress else { return WAGGLE_IMAGE_BAD_ARGUMENT }
                return waggle_png_encode_rgb(base, size.width, size.height, output, message)
            }
        }
    }
}
