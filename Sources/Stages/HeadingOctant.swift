/// One of the eight headings a cell can be covered in: octant 0 is centred on north, 1 on north-east, and so on.
public struct HeadingOctant: Hashable, Comparable, Sendable {
    /// 0...7, clockwise from north.
    public let number: UInt8

    /// The octant of a heading in hundredths of a degree, 0..<36_000. Each is half-open: 22.5 degrees is octant 1.
    public init(headingCentidegrees: Int) {
        let turned = (headingCentidegrees % 36_000 + 36_000 + 2250) % 36_000
        number = UInt8(truncatingIfNeeded: turned / 4500)
    }

    /// The octant `number`; nil outside 0...7.
    public init?(number: Int64) {
        guard (0...7).contains(number) else { return nil }
        self.number = UInt8(truncatingIfNeeded: number)
    }

    /// `N`, `NE`, ... `NW`.
    public var name: String { ["N", "NE", "E", "SE", "S", "SW", "W", "NW"][Int(number & 7)] }

    /// Whether `left` has the smaller number.
    public static func < (left: HeadingOctant, right: HeadingOctant) -> Bool { left.number < right.number }
}
