/// A geohash: a half-open cell of the world that halves longitude and latitude in turn, longitude first.
///
/// Ordered by length, then along the curve; hashes of one length are ordered as their texts are.
public struct Geohash: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The cell's bits, five for each character, in the low end.
    public let bits: UInt64
    /// Characters, 1...12.
    public let precision: Int

    private static let alphabet = Array("0123456789bcdefghjkmnpqrstuvwxyz".utf8)

    /// The cell of `precision` characters that holds `position`; nil for a precision outside 1...12.
    public init?(of position: Coordinate, precision: Int) {
        guard (1...12).contains(precision) else { return nil }
        let longitude = (UInt64(Int64(position.longitudeE7) + 1_800_000_000) << 32) / 3_600_000_000
        // The north pole belongs to the topmost row of cells.
        let latitude = min(
            (UInt64(Int64(position.latitudeE7) + 900_000_000) << 32) / 1_800_000_000, 1 << 32 - 1)
        let interleaved =
            BitInterleaving.spread(UInt32(truncatingIfNeeded: longitude)) << 1
            | BitInterleaving.spread(UInt32(truncatingIfNeeded: latitude))
        bits = interleaved >> UInt64(64 - 5 * precision)
        self.precision = precision
    }

    /// The cell with these bits; nil where they do not fit `precision` characters.
    public init?(bits: UInt64, precision: Int) {
        guard (1...12).contains(precision), bits >> UInt64(5 * precision) == 0 else { return nil }
        self.bits = bits
        self.precision = precision
    }

    /// The cell of `precision` characters in this column, counted eastwards from 180 W, and this row, counted
    /// northwards from the south pole; nil where there is none.
    public init?(column: UInt32, row: UInt32, precision: Int) {
        guard (1...12).contains(precision) else { return nil }
        let (columns, rows) = (BitInterleaving.spread(column), BitInterleaving.spread(row))
        let isRowLast = 5 * precision % 2 == 0
        guard UInt64(column) < 1 << UInt64((5 * precision + 1) / 2),
            UInt64(row) < 1 << UInt64(5 * precision / 2)
        else { return nil }
        bits = isRowLast ? columns << 1 | rows : columns | rows << 1
        self.precision = precision
    }

    /// The cell written as `text`, in lower or upper case; nil for a letter a geohash has not (a, i, l, o) or a
    /// length outside 1...12.
    public init?(_ text: String) {
        // ASCII alone: Unicode has other letters whose lower case is a k.
        let isUpper = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let lowerCase = text.utf8.map { isUpper.contains($0) ? $0 | 0x20 : $0 }
        guard let cell = lowerCase.withUnsafeBufferPointer({ Self(lowerCase: $0) }) else { return nil }
        self = cell
    }

    /// The cell written as the bytes `characters`, in lower case; nil for a letter a geohash has not or a count outside 1...12.
    public init?(lowerCase characters: UnsafeBufferPointer<UInt8>) {
        var bits: UInt64 = 0
        guard (1...12).contains(characters.count) else { return nil }
        for character in characters {
            guard let value = Self.bits(ofLetter: character) else { return nil }
            bits = bits << 5 | UInt64(value)
        }
        self.bits = bits
        precision = characters.count
    }

    /// The five bits that a lower-case letter stands for; nil for another character.
    private static func bits(ofLetter letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): letter - UInt8(ascii: "0")
        case UInt8(ascii: "b")...UInt8(ascii: "h"): letter - UInt8(ascii: "b") + 10
        case UInt8(ascii: "j")...UInt8(ascii: "k"): letter - UInt8(ascii: "j") + 17
        case UInt8(ascii: "m")...UInt8(ascii: "n"): letter - UInt8(ascii: "m") + 19
        case UInt8(ascii: "p")...UInt8(ascii: "z"): letter - UInt8(ascii: "p") + 21
        default: nil
        }
    }

    /// The lower-case letter of the lowest five bits of `bits`.
    @inlinable
    public static func letter(ofBits bits: UInt64) -> UInt8 {
        // 0 to 9, then the letters without a, i, l and o.
        let value = UInt8(truncatingIfNeeded: bits & 31)
        if value < 10 { return UInt8(ascii: "0") + value }
        let skipped: UInt8 = value < 17 ? 0 : value < 19 ? 1 : value < 21 ? 2 : 3
        return UInt8(ascii: "b") + value - 10 + skipped
    }

    /// The text of the cell, in lower case.
    public var description: String {
        String(
            decoding: (0..<precision).map {
                Self.alphabet[Int(bits >> UInt64(5 * (precision - 1 - $0)) & 31)]
            },
            as: UTF8.self)
    }

    /// Appends the text of the cell, in lower case.
    public func appendText(to text: inout [UInt8]) {
        for place in stride(from: 5 * (precision - 1), through: 0, by: -5) {
            text.append(Self.alphabet[Int(bits >> UInt64(place) & 31)])
        }
    }

    /// The cell of the first `precision` characters; itself where it has no more.
    public func prefix(_ precision: Int) -> Geohash {
        guard precision >= 1, precision < self.precision else { return self }
        return Geohash(bits >> UInt64(5 * (self.precision - precision)), precision)
    }

    private init(_ bits: UInt64, _ precision: Int) {
        self.bits = bits
        self.precision = precision
    }

    /// Bits of longitude and of latitude.
    private var widths: (longitude: Int, latitude: Int) { ((5 * precision + 1) / 2, 5 * precision / 2) }

    /// Index of the cell's column, eastwards from 180 W, and of its row, northwards from the south pole, among the
    /// cells of its length.
    public var columnAndRow: (column: UInt32, row: UInt32) {
        // The last bit belongs to the latitude where there is an even number of bits.
        let latitudeLast = (5 * precision) % 2 == 0
        let (even, odd) = (BitInterleaving.gathered(bits), BitInterleaving.gathered(bits >> 1))
        return latitudeLast ? (odd, even) : (even, odd)
    }

    /// South, west, north and east edge in units of 10^-7 degree. An edge between two such units is rounded
    /// towards south and west.
    public var boundsE7: (south: Int, west: Int, north: Int, east: Int) {
        let (column, row) = columnAndRow
        let (width, height) = (1 << widths.longitude, 1 << widths.latitude)
        func edge(_ index: Int, _ count: Int, _ span: Int) -> Int {
            let product = index * span
            return product / count - span / 2
        }
        return (
            edge(Int(row), height, 1_800_000_000), edge(Int(column), width, 3_600_000_000),
            edge(Int(row) + 1, height, 1_800_000_000), edge(Int(column) + 1, width, 3_600_000_000)
        )
    }

    /// The latitudes and longitudes, in units of 10^-7 degree, of exactly the positions that fall into the cell: unlike
    /// ``boundsE7``, where edges are rounded. The topmost cells have the north pole.
    public var positionsE7: (latitudes: Range<Int>, longitudes: Range<Int>) {
        let (column, row) = columnAndRow
        let (width, height) = (1 << widths.longitude, 1 << widths.latitude)
        /// The first unit that is not before the edge.
        func first(_ index: Int, _ count: Int, _ span: Int) -> Int {
            (index * span + count - 1) / count - span / 2
        }
        let south = first(Int(row), height, 1_800_000_000)
        let north = Int(row) + 1 == height ? 900_000_001 : first(Int(row) + 1, height, 1_800_000_000)
        let west = first(Int(column), width, 3_600_000_000)
        return (south..<north, west..<first(Int(column) + 1, width, 3_600_000_000))
    }

    /// The latitude of the cell's middle in units of 10^-7 degree, rounded southwards.
    public var middleLatitudeE7: Int32 {
        let bounds = boundsE7
        return Int32(clamping: (bounds.south + bounds.north) >> 1)
    }

    /// Whether `left` is shorter, or as long and earlier along the curve.
    public static func < (left: Geohash, right: Geohash) -> Bool {
        (left.precision, left.bits) < (right.precision, right.bits)
    }
}
