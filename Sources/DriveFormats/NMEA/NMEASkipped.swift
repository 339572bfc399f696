/// What a log holds besides the sentences that are read.
struct NMEASkipped {
    var wrongChecksums = 0
    var missingChecksums = 0
    var malformed = 0
    var tooLong = 0
    var proprietary = 0
    var ubxFrames = 0
    var binaryBytes = 0
    var comments = 0
    var otherLines = 0
    var blankLines = 0

    /// What there was, in words.
    var remarks: [String] {
        [
            Self.words(wrongChecksums, "sentence", "with a wrong checksum"),
            Self.words(missingChecksums, "sentence", "cut short: the checksum is missing"),
            Self.words(malformed, "sentence", "with a field that cannot be read"),
            Self.words(tooLong, "sentence", "of more than \(NMEASentence.maxLength) bytes"),
            Self.words(proprietary, "proprietary sentence"), Self.words(ubxFrames, "UBX frame"),
            Self.words(binaryBytes, "byte", "of other binary data"), Self.words(comments, "comment line"),
            Self.words(otherLines, "line", "without a sentence"), Self.words(blankLines, "blank line"),
        ].compactMap { $0 }
    }

    /// `3 sentences with a wrong checksum`; nil for none.
    static func words(_ count: Int, _ noun: String, _ rest: String = "") -> String? {
        guard count > 0 else { return nil }
        return "\(count) \(noun)\(count == 1 ? "" : "s")\(rest.isEmpty ? "" : " ")\(rest)"
    }
}
