import SeededNumbers
import Testing

@testable import Imaging

struct LowerGridTests {
    /// Against the mean of every area by itself.
    @Test(arguments: [
        (160, 80), (507, 256), (17, 64), (640, 133), (1, 1), (3, 200), (200, 3), (15, 64), (16, 63), (16, 64),
    ])
    func hasTheMeansOfItsAreas(width: Int, height: Int) throws {
        var random = SplitMix64(seed: UInt64(width * 1000 + height))
        let samples = (0..<width * height).map { _ in UInt8.random(in: 0...255, using: &random) }
        let plane = try #require(LumaPlane(width: width, height: height, samples: samples))
        let means = ImageStatistics(plane, levels: .sample).lower.means
        #expect(means.count == 384)
        for (area, mean) in means.enumerated() {
            let (row, column) = (40 + area / 16, area % 16)
            var values: [Int] = []
            for y in row * height / 64..<(row + 1) * height / 64 {
                for x in column * width / 16..<(column + 1) * width / 16 {
                    values.append(Int(samples[y * width + x]))
                }
            }
            let isWhole = width >= 16 && height >= 64
            #expect(Int(mean) == (isWhole ? values.reduce(0, +) / values.count : 0))
        }
    }
}
