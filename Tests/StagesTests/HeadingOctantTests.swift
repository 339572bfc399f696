import Testing

@testable import Stages

@Suite("HeadingOctant")
struct HeadingOctantTests {
    @Test(
        "is half-open around its direction",
        arguments: [
            (0, "N"), (2249, "N"), (2250, "NE"), (4500, "NE"), (6749, "NE"), (6750, "E"), (9000, "E"),
            (11_249, "E"), (11_250, "SE"), (15_749, "SE"), (15_750, "S"), (18_000, "S"), (20_249, "S"),
            (20_250, "SW"), (24_749, "SW"), (24_750, "W"), (29_249, "W"), (29_250, "NW"), (33_749, "NW"),
            (33_750, "N"), (35_999, "N"),
        ])
    func boundaries(heading: Int, name: String) {
        #expect(HeadingOctant(headingCentidegrees: heading).name == name)
    }

    @Test("has 4,500 headings in each of the eight")
    func sizes() {
        var counts: [UInt8: Int] = [:]
        for heading in 0..<36_000 {
            counts[HeadingOctant(headingCentidegrees: heading).number, default: 0] += 1
        }
        #expect(counts == Dictionary(uniqueKeysWithValues: (0..<8).map { (UInt8($0), 4500) }))
    }

    @Test("takes headings of any size for what they are on the circle", arguments: [36_000, -36_000, 72_000])
    func turns(turn: Int) {
        for heading in stride(from: 0, to: 36_000, by: 250) {
            #expect(
                HeadingOctant(headingCentidegrees: heading + turn)
                    == HeadingOctant(headingCentidegrees: heading))
        }
    }

    @Test("does not overflow", arguments: [Int.max, .min])
    func extremes(heading: Int) {
        #expect(HeadingOctant(headingCentidegrees: heading).number < 8)
    }

    @Test("has a number of 0 to 7")
    func numbers() {
        for number in Int64(0)...7 {
            #expect(HeadingOctant(number: number).map { Int64($0.number) } == number)
        }
        for number in [-1, 8, .min, .max] as [Int64] { #expect(HeadingOctant(number: number) == nil) }
    }
}
