/// Why an image was refused. The code is stable and made for verdicts; the message is for people and, where
/// a codec library found the fault, is that library's own words.
public struct ImageError: Error, Equatable, Sendable {
    /// The reason, as a word that goes into verdicts and never changes its meaning.
    public enum Code: String, Sendable, CaseIterable {
        /// The file has no bytes.
        case empty = "empty"
        /// Neither a JPEG nor a PNG by its first bytes.
        case notAnImage = "not_an_image"
        /// The codec library reported an error, or a warning that means lost pixels.
        case damaged = "damaged"
        /// The file is longer than ``ImageLimits/maxBytes``, or unpacks to more than
        /// ``ImageLimits/maxUnpackedBytes``.
        case tooManyBytes = "too_many_bytes"
        /// width x height is above ``ImageLimits/maxPixels``, or a side is above the codec's own limit.
        case tooManyPixels = "too_many_pixels"
        /// A multi-scan JPEG goes over its image more often than ``ImageLimits/maxScans`` or
        /// ``ImageLimits/maxScannedPixels`` allow.
        case tooManyScans = "too_many_scans"
        /// Decoding needs more than ``ImageLimits/maxCodecMemory``.
        case tooMuchMemory = "too_much_memory"
        /// A kind of image the codec cannot turn into gray (CMYK, lossless, 12 bit), or an encoder's
        /// arguments that do not fit together.
        case unsupported = "unsupported"
    }

    /// The reason.
    public let code: Code
    /// Details for people: the codec library's words, or the measured value and the limit.
    public let message: String

    /// An error with its reason and details.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension ImageError: CustomStringConvertible {
    /// The code and the message, for logs.
    public var description: String { message.isEmpty ? code.rawValue : "\(code.rawValue): \(message)" }
}
