import SeededNumbers
import Testing

@testable import Imaging

/// The fast forms of PDQ's sums hold what they say: exactly the sums that are written down plainly here.
@Suite struct PDQArithmeticTests {
    private static func plane(_ random: inout SplitMix64, greatestSide: Int) -> LumaPlane? {
        let (width, height) = (
            Int.random(in: 5...greatestSide, using: &random), Int.random(in: 5...greatestSide, using: &random)
        )
        let isHard = Bool.random(using: &random)
        let samples = (0..<width * height).map { _ in
            isHard
                ? (Bool.random(using: &random) ? UInt8.max : 0)
                : UInt8.random(in: .min ... .max, using: &random)
        }
        return LumaPlane(width: width, height: height, samples: samples)
    }

    /// Every weight times its sample, without any order or factor of its own.
    private static func reduced(_ plane: LumaPlane, mirrored: Bool) -> [Int32] {
        let (across, down) = (JaroszKernels(length: plane.width), JaroszKernels(length: plane.height))
        return down.kernels.flatMap { row in
            across.kernels.map { column in
                var sum: UInt64 = 0
                for (y, down) in zip(row.start..., down.weights[row.weights]) {
                    for (x, across) in zip(column.start..., across.weights[column.weights]) {
                        let sample = plane.samples[y * plane.width + (mirrored ? plane.width - 1 - x : x)]
                        sum += UInt64(down) * UInt64(across) * UInt64(sample)
                    }
                }
                return Int32((sum + 1 << 27) >> 28)
            }
        }
    }

    @Test(arguments: 0..<8)
    func reducesToThePlainSums(part: Int) throws {
        for seed in UInt64(part * 5)..<UInt64(part * 5 + 5) {
            var random = SplitMix64(seed: seed)
            let plane = try #require(Self.plane(&random, greatestSide: 90))
            let both = try #require(PDQReduction.reduceBothWays(plane))
            #expect(both.plain == Self.reduced(plane, mirrored: false), "seed \(seed)")
            #expect(both.mirrored == Self.reduced(plane, mirrored: true), "seed \(seed)")
            #expect(PDQReduction.reduce(plane, PlanePart(of: plane)) == both.plain, "seed \(seed)")
        }
    }

    /// A whole frame at a quarter of its size, where weights are powers of two, and one where they are not.
    @Test(arguments: [(507, 256), (480, 270)])
    func reducesFrames(width: Int, height: Int) throws {
        var random = SplitMix64(seed: UInt64(width))
        let samples = (0..<width * height).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let plane = try #require(LumaPlane(width: width, height: height, samples: samples))
        let both = try #require(PDQReduction.reduceBothWays(plane))
        #expect(both.plain == Self.reduced(plane, mirrored: false))
        #expect(both.mirrored == Self.reduced(plane, mirrored: true))
    }

    /// The definition of the DCT, with every cosine and every value.
    private static func frequencies(_ reduced: [Int32]) -> [Int64] {
        let cosines = (1...16).map { frequency in
            (0..<64).map { CosineTable.cosine(frequency * (2 * $0 + 1)) }
        }
        return (0..<16).flatMap { vertical in
            let row = (0..<64).map { x in
                ((0..<64).reduce(Int64(0)) { $0 + cosines[vertical][$1] * Int64(reduced[$1 * 64 + x]) }
                    + 1 << 15) >> 16
            }
            return cosines.map { zip($0, row).reduce(0) { $0 + $1.0 * $1.1 } }
        }
    }

    @Test(arguments: 0..<20)
    func transformsToThePlainSums(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let greatest = Int32(255 << 16)
        let reduced = (0..<64 * 64).map { _ in
            switch seed % 4 {
            case 0: Int32.random(in: 0...greatest, using: &random)
            case 1: Bool.random(using: &random) ? greatest : 0
            case 2: greatest
            default: Int32.random(in: 0...3, using: &random)
            }
        }
        #expect(PDQTransform.lowFrequencies(reduced) == Self.frequencies(reduced), "seed \(seed)")
    }

    @Test(arguments: 0..<10)
    func findsOrderStatistics(part: Int) {
        for seed in UInt64(part * 100)..<UInt64(part * 100 + 100) {
            var random = SplitMix64(seed: seed)
            let kinds = [Int64(1), 3, 1000, .max][Int(seed % 4)]
            let values = (0..<Int.random(in: 1...256, using: &random)).map { _ in
                Int64.random(in: -kinds...kinds, using: &random)
            }
            let rank = Int.random(in: values.indices, using: &random)
            #expect(OrderStatistic.value(of: values, rank: rank) == values.sorted()[rank], "seed \(seed)")
        }
    }
}
