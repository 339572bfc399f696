import Canonical

/// The JSON files of an upload.
enum JSONFile {
    /// Bytes of one file, values and depth that are read at most; a FrameKM of 125 frames has 60 kB and 3,000 values.
    static let limits = JSONLimits(maxBytes: 16 << 20, maxDepth: 16, maxValues: 500_000, maxObjects: 100_000)

    /// Whether `file` is named as one.
    static func isNamed(_ file: UploadFile) -> Bool { stem(of: file) != nil }

    /// The file's name without `.json`; nil for any other name.
    static func stem(of file: UploadFile) -> Substring? { FileName.removing(".json", from: file.name) }

    /// The bytes of `file`, and at most one more than a reader accepts.
    static func bytes(of file: UploadFile, in upload: any UploadContents) throws(UploadReadError) -> [UInt8] {
        try upload.prefix(of: file, count: min(file.size, limits.maxBytes + 1))
    }

    /// Whether the text `word` occurs in `bytes`.
    static func contains(_ word: String, in bytes: [UInt8]) -> Bool {
        let wanted = Array(word.utf8)
        guard let first = wanted.first, bytes.count >= wanted.count else { return false }
        for start in 0...(bytes.count - wanted.count) where bytes[start] == first {
            if bytes[start..<start + wanted.count] == wanted[...] { return true }
        }
        return false
    }
}

extension JSONObjectReader {
    /// The number `key`, integer or not.
    mutating func number(_ key: String) throws(JSONError) -> Double {
        guard let value = try optionalNumber(key) else {
            throw JSONError(reason: "a member is missing", place: "\(path).\(key)")
        }
        return value
    }

    /// The number `key`, also where it is written as a string; nil where it is absent or null.
    ///
    /// Dashcam firmware is known to write dilutions of precision as strings (github.com/Hivemapper/odc-api, issue 122).
    mutating func lenientNumber(_ key: String) throws(JSONError) -> Double? {
        switch optional(key) {
        case nil: return nil
        case .integer(let value): return Double(value)
        case .decimal(let value): return value
        case .string(let text):
            guard let value = DecimalNumber.value(Array(text.utf8)) else {
                throw JSONError(reason: "a string that is no number", place: "\(path).\(key)")
            }
            return value
        case let value?:
            throw JSONError(reason: "\(value.kind) where a number is needed", place: "\(path).\(key)")
        }
    }

    /// The whole number `key`, 0 or more; nil where it is absent or null.
    mutating func optionalCount(_ key: String) throws(JSONError) -> Int64? {
        switch optional(key) {
        case nil: return nil
        case .integer(let value) where value >= 0: return value
        case let value?:
            throw JSONError(reason: "\(value.kind) where a count is needed", place: "\(path).\(key)")
        }
    }

    /// The time `key` in milliseconds since 1970, written without a fraction; nil where it is absent or null.
    mutating func optionalTime(_ key: String) throws(JSONError) -> UTCTime? {
        switch optional(key) {
        case nil: return nil
        case .integer(let value): return UTCTime(milliseconds: value)
        case .decimal(let value):
            // JavaScript writes an integral double of 1e21 and more with an exponent; anything else is no time.
            guard let whole = Int64(exactly: value) else {
                throw JSONError(reason: "a time that is no whole millisecond", place: "\(path).\(key)")
            }
            return UTCTime(milliseconds: whole)
        case let value?:
            throw JSONError(reason: "\(value.kind) where a time is needed", place: "\(path).\(key)")
        }
    }
}
