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
