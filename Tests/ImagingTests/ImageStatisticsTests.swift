import SeededNumbers
import Testing

@testable import Imaging

@Suite struct ImageStatisticsTests {
    /// By numpy and Python's exact fractions: mean, dark, bright, deviation, sharpness, Laplacian, flat cells.
    @Test(arguments: [
        (507, 256, 0, [127_182, 101, 19, 73_909, 15_042, 82_172, 0]),
        (507, 256, 1, [124_870, 116, 19, 74_925, 5205, 29_224, 0]),
        (480, 270, 2, [127_350, 98, 19, 73_721, 19_369, 105_271, 0]),
        (128, 96, 0, [123_576, 110, 18, 73_902, 4395, 24_007, 0]),
        (64, 64, 2, [124_421, 99, 17, 73_955, 14_580, 79_746, 0]),
        (333, 201, 3, [65_838, 88, 0, 28_920, 4, 3, 0]),
        (5, 5, 2, [120_880, 120, 40, 76_404, 15_027, 87_724, 1000]),
        (9, 8, 2, [137_125, 97, 27, 75_656, 11_593, 66_361, 906]),
        (7, 300, 1, [108_857, 142, 0, 72_786, 0, 0, 1000]),
        (1021, 577, 0, [127_429, 101, 19, 73_901, 29_258, 159_789, 0]),
    ])
    func agreesWithNumpy(width: Int, height: Int, kind: Int, expected: [Int]) throws {
        let plane = try #require(FormulaPlane.plane(width: width, height: height, kind: kind))
        #expect(values(ImageStatistics(plane, levels: .sample)) == expected)
    }

    private func values(_ s: ImageStatistics) -> [Int] {
        [
            s.meanLumaMilli, s.darkPermille, s.brightPermille, s.standardDeviationMilli, s.sharpnessPermille,
            s.laplacianVariance, s.flatCellsPermille,
        ]
    }

    @Test(arguments: [(1, 1), (2, 2), (1, 50), (300, 2), (8, 8), (64, 48)])
    func isZeroForOneGray(width: Int, height: Int) throws {
        let plane = try #require(
            LumaPlane(width: width, height: height, samples: [UInt8](repeating: 255, count: width * height)))
        #expect(values(ImageStatistics(plane, levels: .sample)) == [255_000, 0, 1000, 0, 0, 0, 1000])
    }

    /// Levels 25, 26, 250, 251: one of four is dark, one is bright.
    @Test func countsLevelsAtTheirLimits() throws {
        let plane = try #require(LumaPlane(width: 2, height: 2, samples: [25, 26, 250, 251]))
        let statistics = ImageStatistics(plane, levels: .sample)
        #expect(statistics.darkPermille == 250)
        #expect(statistics.brightPermille == 250)
    }

    /// Every level is the ruleset's: 0, 128 and 255 in a third of the plane each, and a plane of two grays in turn.
    @Test func goesByItsLevels() throws {
        let plane = try #require(LumaPlane(width: 3, height: 1, samples: [0, 128, 255]))
        var levels = ImageLevels.sample
        (levels.dark, levels.bright) = (129, 127)
        let statistics = ImageStatistics(plane, levels: levels)
        #expect(statistics.darkPermille == 666 && statistics.brightPermille == 666)
        (levels.dark, levels.bright) = (-1, 256)
        let none = ImageStatistics(plane, levels: levels)
        #expect(none.darkPermille == 0 && none.brightPermille == 0)

        // Grays of 200 and 210 in turn: a mean of 205, a deviation of 5.
        let even = try #require(
            LumaPlane(width: 160, height: 80, samples: (0..<160 * 80).map { $0 % 2 == 0 ? 200 : 210 }))
        #expect(ImageStatistics(even, levels: .sample).flatCellsPermille == 0)
        #expect(ImageStatistics(even, levels: .sample).glarePermille == 0)
        levels.flatDeviation = 6
        (levels.whiteMean, levels.whiteDeviation) = (205, 5)
        let white = ImageStatistics(even, levels: levels)
        #expect(white.flatCellsPermille == 1000 && white.glarePermille == 1000)
        levels.whiteDeviation = 4
        #expect(ImageStatistics(even, levels: levels).glarePermille == 0)
    }

    /// The worst case of every sum: a chessboard of black and white, wide enough for every chunk.
    @Test(arguments: [(70_001, 5), (5, 70_001), (600, 400)])
    func doesNotOverflow(width: Int, height: Int) throws {
        let samples = (0..<width * height).map { index -> UInt8 in
            (index / width + index % width) % 2 == 0 ? 0 : 255
        }
        let plane = try #require(LumaPlane(width: width, height: height, samples: samples))
        let statistics = ImageStatistics(plane, levels: .sample)
        // Every inner Laplacian is +1020 or -1020, every sample 127.5 off the mean: 1020^2 / 127.5^2 = 64.
        #expect((63_999...64_000).contains(statistics.sharpnessPermille))
        #expect((1_040_399...1_040_400).contains(statistics.laplacianVariance))
        #expect((127_499...127_500).contains(statistics.standardDeviationMilli))
        #expect(statistics.flatCellsPermille == 0)
    }

    /// The largest plane of the largest Laplacians: 2^23 of +1020 and as many of -1020.
    @Test func dividesTheLargestVariances() {
        let count = LumaPlane.maxSampleCount
        let largest = Variance(count: count, sum: 0, sumOfSquares: count * 1020 * 1020)
        #expect(largest.whole == 1_040_400)
        #expect(largest.standardDeviationMilli == 1_020_000)
        #expect(largest.permille(of: largest) == 1000)
        // 1 of 2^24 samples is 1, the others 0: variance (2^24 - 1) / 2^48.
        let smallest = Variance(count: count, sum: 1, sumOfSquares: 1)
        #expect(smallest.whole == 0)
        #expect(largest.permille(of: smallest) == 1_040_400_000 * (1 << 48 as UInt128) / ((1 << 24) - 1))
        #expect(largest.permille(of: Variance(count: 0, sum: 0, sumOfSquares: 0)) == 0)
    }

    /// A direct reading of the definitions, in floating point, for shapes with thin and empty cells.
    @Test(arguments: [21, 22, 23] as [UInt64])
    func agreesWithTheDefinitions(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<60 {
            let (width, height) = (
                Int.random(in: 1...40, using: &random), Int.random(in: 1...40, using: &random)
            )
            let top = UInt8.random(in: 1...255, using: &random)
            let samples = (0..<width * height).map { _ in UInt8.random(in: 0...top, using: &random) }
            let plane = try #require(LumaPlane(width: width, height: height, samples: samples))
            let statistics = ImageStatistics(plane, levels: .sample)
            let mean = samples.reduce(0.0) { $0 + Double($1) } / Double(samples.count)
            #expect(abs(Double(statistics.meanLumaMilli) - mean * 1000) <= 1, "seed \(seed)")
            let variance =
                samples.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(samples.count)
            #expect(abs(Double(statistics.standardDeviationMilli) - variance.squareRoot() * 1000) <= 1)
            var laplacians: [Double] = []
            for y in stride(from: 1, to: height - 1, by: 1) {
                for x in stride(from: 1, to: width - 1, by: 1) {
                    let at = { (dx: Int, dy: Int) in Double(samples[(y + dy) * width + x + dx]) }
                    laplacians.append(4 * at(0, 0) - at(1, 0) - at(-1, 0) - at(0, 1) - at(0, -1))
                }
            }
            let count = Double(max(1, laplacians.count))
            let middle = laplacians.reduce(0, +) / count
            let spread = laplacians.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / count
            #expect(abs(Double(statistics.laplacianVariance) - spread) <= 1, "seed \(seed)")
        }
    }
}
