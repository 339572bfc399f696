import Glibc

/// Names are compared by their bytes. `==` and `<` of `String` go by canonical equivalence, under which two names of
/// different bytes can be equal.
extension String {
    /// Whether the UTF-8 bytes come before those of `other`.
    public func precedes(_ other: String) -> Bool {
        // The general way takes many times as long, and sorting the files of an inbox is nothing but this.
        let bytewise = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                guard let a = left.baseAddress, let b = right.baseAddress else {
                    return left.count < right.count
                }
                let order = memcmp(a, b, min(left.count, right.count))
                return order == 0 ? left.count < right.count : order < 0
            }
        }
        return (bytewise ?? nil) ?? utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// Whether the UTF-8 bytes are those of `other`.
    public func hasSameBytes(as other: String) -> Bool {
        let bytewise = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                guard left.count == right.count else { return false }
                guard let a = left.baseAddress, let b = right.baseAddress else { return true }
                return memcmp(a, b, left.count) == 0
            }
        }
        return (bytewise ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}

extension [UInt8] {
    /// Whether both are the same bytes: what `==` says, many bytes at a time.
    public func hasSameBytes(as other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        return withUnsafeBytes { left in
            other.withUnsafeBytes { right in
                guard let a = left.baseAddress, let b = right.baseAddress else { return true }
                return memcmp(a, b, left.count) == 0
            }
        }
    }

    /// The place of the first `byte` that is not before `start`; nil where there is none. `start` is at most the count.
    public func place(of byte: UInt8, from start: Int) -> Int? {
        withUnsafeBytes { bytes in
            guard start < bytes.count, let first = bytes.baseAddress,
                let found = memchr(first + start, Int32(byte), bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - first
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether `text` stands at `place`, which is at most the count.
    public func has(_ text: StaticString, at place: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard let first = baseAddress, count - place >= length else { return length == 0 }
        return text.withUTF8Buffer { expected in
            expected.baseAddress.map { memcmp(first + place, $0, length) == 0 } ?? true
        }
    }

    /// Whether `bytes` stand at `place`, which is at most the count.
    public func has(_ bytes: [UInt8], at place: Int) -> Bool {
        guard let first = baseAddress, count - place >= bytes.count else { return bytes.isEmpty }
        return bytes.withUnsafeBufferPointer { expected in
            expected.baseAddress.map { memcmp(first + place, $0, expected.count) == 0 } ?? true
        }
    }
}
