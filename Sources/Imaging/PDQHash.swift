/// The 256-bit PDQ hash of an image: proof that two frames show the same picture.
///
/// PDQ is Facebook's perceptual hash (ThreatExchange, pdq/; "The TMK+PDQF Video-Hashing Algorithm and the PDQ
/// Image-Hashing Algorithm", 2019): blur and sample to 64x64, take the 16x16 lowest non-constant frequencies
/// of the DCT, one bit each for being above the median. The reference computes in 32-bit floats; here all is
/// integer arithmetic, so that a hash is the same on every machine. Hashes agree with the reference's to a
/// few bits of 256, and mostly to the bit, when both are given the same plane.
///
/// Always hash planes of one scale (``ImageDecoder`` delivers a quarter): scales differ by up to 28 bits.
public struct PDQHash: Sendable, Hashable {
    /// Bits 0...63: the four lowest vertical frequencies; bit `16 * i + j` is vertical frequency i + 1,
    /// horizontal frequency j + 1.
    public let w0: UInt64
    /// Bits 64...127.
    public let w1: UInt64
    /// Bits 128...191.
    public let w2: UInt64
    /// Bits 192...255.
    public let w3: UInt64

    /// A hash known from elsewhere, for example from the catalog.
    public init(w0: UInt64, w1: UInt64, w2: UInt64, w3: UInt64) {
        self.w0 = w0
        self.w1 = w1
        self.w2 = w2
        self.w3 = w3
    }

    /// The hash of a plane. A plane with a side below 5, and one of a single gray, has the hash 0, as in the
    /// reference; ask ``measure(_:)`` for the quality to tell such hashes from good ones.
    public init(_ plane: LumaPlane) {
        self = Self.measure(plane).hash
    }

    /// The hash of a plane, and how much there was to hash: PDQ's quality, 0...100, from the gradients of
    /// the 64x64 image. The reference advises against matching hashes with a quality below 50.
    public static func measure(_ plane: LumaPlane) -> (hash: PDQHash, quality: Int) {
        guard let reduced = PDQReduction.reduce(plane, PlanePart(of: plane)) else { return (none, 0) }
        return (PDQHash(reduced: reduced), PDQReduction.quality(reduced))
    }

    /// The same, and the hash of the plane with left and right exchanged, for little more than one of them costs.
    public static func measureBothWays(
        _ plane: LumaPlane
    ) -> (hash: PDQHash, mirrored: PDQHash, quality: Int) {
        guard let (plain, mirrored) = PDQReduction.reduceBothWays(plane) else { return (none, none, 0) }
        return (
            PDQHash(reduced: plain), PDQHash(reduced: mirrored), PDQReduction.quality(plain)
        )
    }

    /// The hash of what is left when `permille` thousandths of width and height, rounded to whole samples, are cut off at each
    /// of the four sides of a plane; of all of it where nothing would be left.
    public init(_ plane: LumaPlane, croppedBy permille: Int) {
        self =
            PDQReduction.reduce(plane, PlanePart(of: plane, croppedBy: permille)).map(PDQHash.init(reduced:))
            ?? Self.none
    }

    private static let none = PDQHash(w0: 0, w1: 0, w2: 0, w3: 0)

    private init(reduced: [Int32]) {
        self.init(coefficients: PDQTransform.lowFrequencies(reduced))
    }

    /// One bit for each of 256 coefficients: above the lower median (the 128th smallest) or not.
    private init(coefficients: [Int64]) {
        let median = OrderStatistic.value(of: coefficients, rank: 127)
        var words: [UInt64] = [0, 0, 0, 0]
        for (index, coefficient) in coefficients.enumerated() where coefficient > median {
            words[index >> 6] |= 1 << UInt64(index & 63)
        }
        self.init(w0: words[0], w1: words[1], w2: words[2], w3: words[3])
    }

    /// Number of bits that differ, 0...256. The reference calls up to 31 a match.
    public func distance(to other: PDQHash) -> Int {
        (w0 ^ other.w0).nonzeroBitCount + (w1 ^ other.w1).nonzeroBitCount
            + (w2 ^ other.w2).nonzeroBitCount + (w3 ^ other.w3).nonzeroBitCount
    }
}

extension PDQHash: CustomStringConvertible {
    /// 64 lower-case hex digits, bit 255 first: the reference's text form.
    public var hex: String {
        [w3, w2, w1, w0].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// The hex form.
    public var description: String { hex }

    /// Reads the 64 hex digits of ``hex``, in either case; nil for anything else.
    public init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count == 64 else { return nil }
        var words: [UInt64] = [0, 0, 0, 0]
        for (index, digit) in digits.enumerated() {
            guard let value = Self.value(ofHexDigit: digit) else { return nil }
            words[index / 16] = words[index / 16] << 4 | value
        }
        self.init(w0: words[3], w1: words[2], w2: words[1], w3: words[0])
    }

    private static func value(ofHexDigit digit: UInt8) -> UInt64? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(digit - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
