import CImageCodecs

/// Turns the bytes of a file into luma, once and at one scale.
///
/// The quarter scale is part of every hash's definition: hashes of one image at different scales differ by
/// up to 28 of 256 bits.
public enum ImageDecoder {
    /// Decodes a whole JPEG or PNG file. Bytes after the image's end are ignored.
    ///
    /// - Throws: ``ImageError`` with any code. An image with lost pixels is `damaged`, never half an image.
    public static func decode(
        _ bytes: [UInt8], limits: ImageLimits = ImageLimits()
    ) throws(ImageError) -> DecodedImage {
        let kind = try recognise(bytes, limits)
        let info = try header(bytes, kind, limits)
        let count = Int(info.plane_width) * Int(info.plane_height)
        guard count <= LumaPlane.maxSampleCount else {
            throw ImageError(
                .tooManyPixels, "\(info.width) x \(info.height) has a plane of \(count) samples")
        }
        var costs = waggle_image_limits(limits)
        var decoded = waggle_image_info()
        var failure: ImageError?
        let samples = [UInt8](unsafeUninitializedCapacity: count) { plane, initialized in
            do throws(ImageError) {
                try CodecCall.run { message in
                    bytes.withUnsafeBufferPointer { file in
                        guard let file = file.baseAddress, let base = plane.baseAddress else {
                            return WAGGLE_IMAGE_BAD_ARGUMENT
                        }
                        return switch kind {
                        case .jpeg:
                            waggle_jpeg_decode(file, bytes.count, &costs, base, count, &decoded, message)
                        case .png:
                            waggle_png_decode(file, bytes.count, &costs, base, count, &decoded, message)
                        }
                    }
                }
                initialized = count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        guard
            let plane = LumaPlane(
                width: Int(decoded.plane_width), height: Int(decoded.plane_height), samples: samples)
        else { throw ImageError(.damaged, "the header and the image differ in size") }
        return DecodedImage(
            kind: kind, width: Int(decoded.width), height: Int(decoded.height), plane: plane)
    }

    /// Reads kind and size from the header, about a microsecond's work. Says nothing about the pixels.
    ///
    /// - Throws: ``ImageError`` with any code but `too_many_scans`.
    public static func header(
        _ bytes: [UInt8], limits: ImageLimits = ImageLimits()
    ) throws(ImageError) -> ImageHeader {
        let kind = try recognise(bytes, limits)
        let info = try header(bytes, kind, limits)
        return ImageHeader(kind: kind, width: Int(info.width), height: Int(info.height))
    }

    static func recognise(_ bytes: [UInt8], _ limits: ImageLimits) throws(ImageError) -> ImageKind {
        guard !bytes.isEmpty else { throw ImageError(.empty, "the file has no bytes") }
        guard bytes.count <= limits.maxBytes else {
            throw ImageError(.tooManyBytes, "\(bytes.count) bytes are more than \(limits.maxBytes)")
        }
        guard let kind = ImageKind.recognise(bytes) else {
            throw ImageError(.notAnImage, "neither a JPEG nor a PNG by its first bytes")
        }
        return kind
    }

    static func header(
        _ bytes: [UInt8], _ kind: ImageKind, _ limits: ImageLimits
    ) throws(ImageError) -> waggle_image_info {
        var costs = waggle_image_limits(limits)
        var info = waggle_image_info()
        try CodecCall.run { message in
            bytes.withUnsafeBufferPointer { file in
                guard let base = file.baseAddress else { return WAGGLE_IMAGE_BAD_ARGUMENT }
                return switch kind {
                case .jpeg: waggle_jpeg_header(base, bytes.count, &costs, &info, message)
                case .png: waggle_png_header(base, bytes.count, &costs, &info, message)
                }
            }
        }
        return info
    }
}

extension waggle_image_limits {
    /// Negative limits allow nothing.
    init(_ limits: ImageLimits) {
        self.init(
            max_pixels: UInt64(max(0, limits.maxPixels)), max_memory: UInt64(max(0, limits.maxCodecMemory)),
            max_scans: Int32(clamping: max(0, limits.maxScans)),
            max_scanned_pixels: UInt64(max(0, limits.maxScannedPixels)),
            max_unpacked_bytes: UInt64(max(0, limits.maxUnpackedBytes)))
    }
}
