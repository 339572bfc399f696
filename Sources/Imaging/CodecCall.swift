import CImageCodecs

/// Runs one call of the C shim: lends it a message buffer and turns its status into an ``ImageError``.
enum CodecCall {
    /// The call's own result stays with the caller; this returns the message of a tolerated warning, if any.
    @discardableResult
    static func run(
        _ call: (_ message: UnsafeMutablePointer<CChar>) -> waggle_image_status
    ) throws(ImageError) -> String {
        let outcome = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(WAGGLE_IMAGE_MESSAGE_SIZE))
        {
            buffer in
            buffer.initialize(repeating: 0)
            // An allocation of a constant, positive size has a base address.
            guard let message = buffer.baseAddress else { return (WAGGLE_IMAGE_BAD_ARGUMENT, "") }
            let status = call(message)
            let words = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            return (status, String(decoding: words, as: UTF8.self))
        }
        guard outcome.0 == WAGGLE_IMAGE_OK else {
            throw ImageError(code(of: outcome.0), outcome.1)
        }
        return outcome.1
    }

    private static func code(of status: waggle_image_status) -> ImageError.Code {
        switch status {
        case WAGGLE_IMAGE_TOO_MANY_BYTES: .tooManyBytes
        case WAGGLE_IMAGE_TOO_MANY_PIXELS: .tooManyPixels
        case WAGGLE_IMAGE_TOO_MANY_SCANS: .tooManyScans
        case WAGGLE_IMAGE_TOO_MUCH_MEMORY: .tooMuchMemory
        case WAGGLE_IMAGE_UNSUPPORTED, WAGGLE_IMAGE_BAD_ARGUMENT: .unsupported
        default: .damaged
        }
    }

    /// Runs an encoder and copies what it made.
    static func encode(
        _ call: (UnsafeMutablePointer<waggle_image_bytes>, UnsafeMutablePointer<CChar>) -> waggle_image_status
    ) throws(ImageError) -> [UInt8] {
        var output = waggle_image_bytes(data: nil, count: 0)
        defer { waggle_image_bytes_free(&output) }
        try run { message in call(&output, message) }
        return Array(UnsafeBufferPointer(start: output.data, count: output.count))
    }

    /// Checks that a raster has exactly the samples its size calls for, and that its sides fit the codecs.
    static func requireRaster(
        count: Int, width: Int, height: Int, channels: Int, maxSide: Int
    ) throws(ImageError) -> (width: UInt32, height: UInt32) {
        guard (1...maxSide).contains(width), (1...maxSide).contains(height) else {
            throw ImageError(.unsupported, "\(width) x \(height): a side must be 1...\(maxSide)")
        }
        let (pixels, pixelsOverflow) = width.multipliedReportingOverflow(by: height)
        let (samples, samplesOverflow) = pixels.multipliedReportingOverflow(by: channels)
        guard !pixelsOverflow, !samplesOverflow, samples == count else {
            throw ImageError(
                .unsupported, "\(count) samples do not make \(width) x \(height) x \(channels)")
        }
        return (UInt32(width), UInt32(height))
    }
}
