import DriveFormats

/// The order in which a camera wrote its images, as far as the names of files tell: numbers in names count as numbers.
enum NaturalOrder {
    /// Whether `left` comes before `right`: by path, then by the place in the file.
    static func precedes(_ left: ByteSource, _ right: ByteSource) -> Bool {
        let (a, b) = (Array(left.path.utf8), Array(right.path.utf8))
        if a == b { return (left.range?.lowerBound ?? 0) < (right.range?.lowerBound ?? 0) }
        return precedes(a, b)
    }

    /// Whether `left` comes before `right`, which has other bytes; equal numbers go by how they are written.
    static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        var (a, b) = (left[...], right[...])
        while let first = a.first, let second = b.first {
            guard isDigit(first), isDigit(second) else {
                if first != second { return first < second }
                a = a.dropFirst()
                b = b.dropFirst()
                continue
            }
            let (one, other) = (number(&a), number(&b))
            if one.count != other.count { return one.count < other.count }
            if one != other { return one.lexicographicallyPrecedes(other) }
        }
        if a.isEmpty != b.isEmpty { return a.isEmpty }
        return left.lexicographicallyPrecedes(right)
    }

    /// Takes the digits from the beginning, without leading zeros: the longer one of two is the greater.
    private static func number(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = rest.prefix(while: isDigit)
        rest = rest.dropFirst(digits.count)
        return digits.drop { $0 == UInt8(ascii: "0") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
