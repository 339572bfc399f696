/// The image formats frames come in.
public enum ImageKind: String, Sendable, CaseIterable {
    /// JPEG: any process libjpeg decodes.
    case jpeg
    /// PNG.
    case png

    /// SOI and the first byte of the next marker (ITU-T T.81, B.1.1.3 and B.2.1).
    private static let jpegStart: [UInt8] = [0xFF, 0xD8, 0xFF]
    /// PNG specification, 5.2.
    private static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The kind that the first bytes of a file announce, or nil for neither. File names are not asked.
    public static func recognise(_ bytes: [UInt8]) -> ImageKind? {
        if bytes.starts(with: jpegStart) { return .jpeg }
        if bytes.starts(with: pngSignature) { return .png }
        return nil
    }
}
