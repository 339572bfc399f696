import SeededNumbers
import Testing

@testable import Stages

@Suite("Ramp")
struct StageRulesTests {
    @Test(
        "is 0 at one end, 1000 at the other, and linear between them, rounded down",
        arguments: [
            (0, 500, 0, 0), (0, 500, 500, 1000), (0, 500, 250, 500), (0, 500, 1, 2), (0, 300, 1, 3),
            (0, 300, 299, 996), (0, 500, -1, 0), (0, 500, 501, 1000), (25_000, 80_000, 40_000, 272),
            // Falling.
            (600, 120, 600, 0), (600, 120, 120, 1000), (600, 120, 360, 500), (600, 120, 599, 2),
            (600, 120, 121, 997), (600, 120, 601, 0), (600, 120, 0, 1000), (40_000, 5000, 22_500, 500),
            // Below zero.
            (-100, 100, 0, 500), (100, -100, 0, 500), (-300, -100, -101, 995),
            // A step, where both ends are one.
            (7, 7, 6, 0), (7, 7, 7, 1000),
            // As far as 64 bits go.
            (.min, .max, 0, 500), (.max, .min, 0, 499), (.min, .max, .max, 1000), (.min, .max, .min, 0),
            (.max, .min, .min, 1000), (0, 1, .max, 1000), (0, 1, .min, 0),
        ] as [(Int64, Int64, Int64, Int64)])
    func values(zero: Int64, full: Int64, value: Int64, permille: Int64) {
        #expect(Ramp(zero: zero, full: full).permille(value) == permille)
    }

    @Test("never falls where it rises, nor leaves 0...1000", arguments: [1, 2] as [UInt64])
    func monotonous(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let zero = Int64.random(in: -1000...1000, using: &numbers)
            let ramp = Ramp(zero: zero, full: zero + Int64.random(in: 1...700, using: &numbers))
            let values = (-3000...3000).filter { $0 % 37 == 0 }.map { ramp.permille(Int64($0)) }
            let isRising = zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
            let isInside = values.allSatisfy { (0...1000).contains($0) }
            if !isRising || !isInside { Issue.record("seed \(seed): \(ramp)") }
        }
    }
}

@Suite("Quality")
struct QualityTests {
    /// A quality whose factors are these, and the first of them from there on.
    private static func quality(_ first: Int64, _ others: [Int64] = []) -> Quality {
        let values = others + [Int64](repeating: first, count: 13 - others.count)
        return Quality(
            exposure: values[0], sharpness: values[1], contrast: values[2], obstruction: values[3],
            accuracy: values[4], resolution: values[5], focus: values[6], relativeFocus: values[7],
            glare: values[8], daylight: values[9], dirt: values[10], hood: values[11], heading: values[12])
    }

    @Test("is the product of its factors, rounded down once")
    func product() {
        #expect(Self.quality(1000).permille == 1000)
        // 0.999^13 = 0.987077714...
        #expect(Self.quality(999).permille == 987)
        // Products of Python's integers, which have no end.
        for (values, product) in [
            ([979, 932, 994, 945, 988, 994, 983, 967, 903, 959, 999, 931, 983], 633),
            ([906, 920, 914, 947, 960, 931, 948, 969, 913, 973, 931, 901, 993], 438),
            ([927, 952, 935, 923, 998, 949, 920, 997, 909, 917, 979, 979, 956], 505),
            ([1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 500, 2], 1),
        ] as [([Int64], Int64)] {
            #expect(Self.quality(0, values).permille == product)
        }
        // 0.272 x 0.871 x 0.5 x 0.8 x 0.333 = 0.031556...
        #expect(Self.quality(1000, [272, 1000, 871, 500, 800, 333]).permille == 31)
        // 0.9 x 0.5 x 0.75 = 0.3375
        #expect(
            Self.quality(1000, [1000, 1000, 1000, 1000, 1000, 1000, 900, 1000, 500, 1000, 750]).permille
                == 337)
        #expect(Self.quality(1000, [1000, 0]).permille == 0)
        #expect(Self.quality(0).permille == 0)
    }

    @Test("names its factors in order")
    func factors() {
        let quality = Self.quality(0, Array(1...13))
        #expect(
            quality.factors.map(\.name) == [
                "accuracy", "contrast", "daylight", "dirt", "exposure", "focus", "glare", "heading",
                "hood", "obstruction", "relative_focus", "resolution", "sharpness",
            ])
        #expect(quality.factors.map(\.permille) == [5, 3, 10, 11, 1, 7, 9, 13, 12, 4, 8, 6, 2])
        #expect(quality.factors.map(\.name) == quality.factors.map(\.name).sorted())
    }

    /// A thousand cases: no factor that gets better makes a frame worse.
    @Test("is monotonous in each factor", arguments: 0..<1000 as Range<UInt64>)
    func monotony(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var values = (0..<13).map { _ in Int64.random(in: 0...1000, using: &random) }
        let before = Self.quality(0, values).permille
        let raised = Int.random(in: 0..<13, using: &random)
        values[raised] = Int64.random(in: values[raised]...1000, using: &random)
        let after = Self.quality(0, values).permille
        #expect(after >= before && (0...1000).contains(after), "seed \(seed)")
    }
}
