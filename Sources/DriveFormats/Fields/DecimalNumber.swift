/// Reads the numbers of text formats strictly: `nan`, `inf`, hexadecimal and `1,5` are no numbers.
enum DecimalNumber {
    /// Characters a number may have. No receiver writes more than 20.
    static let maxLength = 64
    /// No quantity of a drive comes near; beyond it, sums and squares could leave what a double can hold.
    static let maxMagnitude = 1e12

    /// The number written as `[+-]digits[.digits][e[+-]digits]` with white space around it, of a magnitude up to
    /// ``maxMagnitude``; nil for anything else.
    static func value(_ text: [UInt8]) -> Double? { value(text[...]) }

    /// The number written as `text`.
    static func value(_ text: ArraySlice<UInt8>) -> Double? {
        let text = trimmed(text)
        guard text.count <= maxLength, isDecimal(text),
            let value = Double(String(decoding: text, as: UTF8.self)),
            value.magnitude <= maxMagnitude
        else { return nil }
        return value
    }

    /// `text` without the white space around it.
    static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var start = text.startIndex
        var end = text.endIndex
        while start < end, isSpace(text[start]) { start += 1 }
        while end > start, isSpace(text[end - 1]) { end -= 1 }
        return text[start..<end]
    }

    private static func isDecimal(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        skipSign(&rest)
        let whole = skipDigits(&rest)
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = skipDigits(&rest)
        }
        guard whole + fraction > 0 else { return false }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            skipSign(&rest)
            guard skipDigits(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }

    private static func skipSign(_ rest: inout ArraySlice<UInt8>) {
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    }

    private static func skipDigits(_ rest: inout ArraySlice<UInt8>) -> Int {
        let before = rest.count
        while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            rest = rest.dropFirst()
        }
        return before - rest.count
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
