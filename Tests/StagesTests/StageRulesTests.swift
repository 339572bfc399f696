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
    /// Python: the product of the six over 10^15, rounded down.
    @Test("is the product of its factors, rounded down once")
    func product() {
        let full = Quality(
            exposure: 1000, sharpness: 1000, contrast: 1000, obstruction: 1000, accuracy: 1000,
            resolution: 1000)
        #expect(full.permille == 1000)
        let some = Quality(
            exposure: 999, sharpness: 999, contrast: 999, obstruction: 999, accuracy: 999, resolution: 999)
        // 0.999^6 = 0.994014980...
        #expect(some.permille == 994)
        let mixed = Quality(
            exposure: 272, sharpness: 1000, contrast: 871, obstruction: 500, accuracy: 800, resolution: 333)
        // 0.272 x 0.871 x 0.5 x 0.8 x 0.333 = 0.031556...
        #expect(mixed.permille == 31)
        let none = Quality(
            exposure: 1000, sharpness: 0, contrast: 1000, obstruction: 1000, accuracy: 1000, resolution: 1000)
        #expect(none.permille == 0)
    }

    @Test("names its factors in order")
    func factors() {
        let quality = Quality(
            exposure: 1, sharpness: 2, contrast: 3, obstruction: 4, accuracy: 5, resolution: 6)
        #expect(
            quality.factors.map(\.name) == [
                "accuracy", "contrast", "exposure", "obstruction", "resolution", "sharpness",
            ])
        #expect(quality.factors.map(\.permille) == [5, 3, 1, 4, 6, 2])
    }
}
