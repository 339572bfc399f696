/// Text from an upload as it may stand in a message: on a terminal it moves no cursor, hides nothing, ends no line.
enum PrintableText {
    /// `text` with every control, format and separator character (and the backslash) written as `\u{1B}`, cut to
    /// `limit` characters.
    static func of(_ text: some StringProtocol, limit: Int = 512) -> String {
        var result = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            guard index < limit else { return result + "..." }
            if isPlain(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        return result
    }

    /// The UTF-8 text `bytes` likewise; a byte that is not UTF-8 becomes U+FFFD.
    static func of(_ bytes: some Collection<UInt8>, limit: Int = 512) -> String {
        of(String(decoding: bytes, as: UTF8.self), limit: limit)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value < 0x7F && scalar != "\\" }
        switch scalar.properties.generalCategory {
        // Format characters include the bidirectional overrides, which make a name read as another one.
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
            return false
        default:
            return true
        }
    }
}

extension FormatError {
    /// The error of an upload whose bytes could not be had.
    init(_ error: UploadReadError) {
        self.init(
            code: "upload.unreadable_file", place: PrintableText.of(error.path),
            reason: PrintableText.of(error.reason), remedy: "check the disk and deliver the upload again")
    }
}
