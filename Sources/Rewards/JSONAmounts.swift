import Canonical
import Geo

/// How the files of this module write what JSON has no form for: amounts, hashes, times and cells, strictly.
extension JSONObjectReader {
    /// The amount `key`: a string of decimal digits without leading zeros, below 2^64.
    mutating func amount(_ key: String) throws(JSONError) -> UInt64 {
        let text = try string(key)
        // The way back refuses a sign and leading zeros.
        guard let value = UInt64(text), String(value) == text else {
            throw JSONError(reason: "no decimal amount below 2^64", place: "\(path).\(key)")
        }
        return value
    }

    /// The SHA-256 `key`: 64 lower-case hexadecimal digits.
    mutating func hash(_ key: String) throws(JSONError) -> ContentHash {
        guard let hash = try optionalHash(key) else {
            throw JSONError(reason: "a member is missing", place: "\(path).\(key)")
        }
        return hash
    }

    /// The SHA-256 `key`; nil where it is absent or null.
    mutating func optionalHash(_ key: String) throws(JSONError) -> ContentHash? {
        guard let text = try optionalString(key) else { return nil }
        guard let hash = ContentHash(hex: text) else {
            throw JSONError(reason: "not 64 lower-case hexadecimal digits", place: "\(path).\(key)")
        }
        return hash
    }

    /// The integer `key` within `range`; nil where it is absent or null.
    mutating func optionalInteger(
        _ key: String, in range: ClosedRange<Int64> = CanonicalJSON.integers
    ) throws(JSONError) -> Int64? {
        guard let value = optional(key) else { return nil }
        guard case .integer(let integer) = value, range.contains(integer) else {
            throw JSONError(
                reason: "no integer within \(range.lowerBound)...\(range.upperBound)", place: "\(path).\(key)"
            )
        }
        return integer
    }

    /// The time `key`, milliseconds since 1970.
    mutating func time(_ key: String) throws(JSONError) -> UTCTime {
        UTCTime(milliseconds: try integer(key, in: CanonicalJSON.integers))
    }

    /// The time `key`; nil where it is absent or null.
    mutating func optionalTime(_ key: String) throws(JSONError) -> UTCTime? {
        try optionalInteger(key).map(UTCTime.init(milliseconds:))
    }

    /// The geohash `key`, in lower case.
    mutating func cell(_ key: String) throws(JSONError) -> Geohash {
        let text = try string(key)
        guard let cell = Geohash(text), cell.description == text else {
            throw JSONError(reason: "no geohash in lower case", place: "\(path).\(key)")
        }
        return cell
    }
}

extension CanonicalJSON {
    /// The integers RFC 8785 can carry.
    static let integers: ClosedRange<Int64> = -(1 << 53 - 1)...(1 << 53 - 1)

    /// `value`, or the bound it lies beyond.
    static func clamped(_ value: Int64) -> Int64 { min(max(value, integers.lowerBound), integers.upperBound) }

    /// A time in milliseconds, or null.
    static func time(_ time: UTCTime?) -> CanonicalJSON { time.map { .integer($0.milliseconds) } ?? .null }

    /// A hash in hexadecimal, or null.
    static func hash(_ hash: ContentHash?) -> CanonicalJSON { hash.map { .string($0.hex) } ?? .null }
}
