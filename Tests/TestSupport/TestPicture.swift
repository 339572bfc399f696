import SeededNumbers
import Imaging

/// Pictures that pass every quality gate and differ from each other by far, made from their numbers.
package enum TestPicture {
    /// Sides, pixels.
    package static let width = 192, height = 160

    /// The picture `number` as JPEG. Another `quality` gives other bytes of the same picture, a
    /// lower `contrast` (percent) a poorer one.
    package static func jpeg(_ number: UInt64, quality: Int = 90, contrast: Int = 100) throws -> [UInt8] {
        let gray = samples(number).map { UInt8(clamping: 128 + (Int($0) - 128) * contrast / 100) }
        return try JPEGEncoder.encode(gray: gray, width: width, height: height, quality: quality)
    }

    /// A picture without any structure, which is refused.
    package static func blank() throws -> [UInt8] {
        let gray = [UInt8](repeating: 128, count: width * height)
        return try JPEGEncoder.encode(gray: gray, width: width, height: height)
    }

    /// Plates of random size, place and brightness on top of each other, with a grain on them: a plain wall is refused.
    private static func samples(_ number: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: number &* 0x1234_5678_9ABC_DEF1 &+ 77)
        var samples = [UInt8](repeating: 128, count: width * height)
        for _ in 0..<60 {
            let left = Int.random(in: -20..<width, using: &random)
            let top = Int.random(in: -20..<height, using: &random)
            let right = min(width, left + Int.random(in: 16..<64, using: &random))
            let bottom = min(height, top + Int.random(in: 16..<64, using: &random))
            let value = UInt8.random(in: 20...240, using: &random)
            for y in max(0, top)..<max(0, top, bottom) {
                for x in max(0, left)..<max(0, left, right) { samples[y * width + x] = value }
            }
        }
        let columns = width / 8
        let grain = (0..<columns * height / 8).map { _ in Int.random(in: -20...20, using: &random) }
        for index in samples.indices {
            let block = index / width / 8 * columns + index % width / 8
            samples[index] = UInt8(clamping: Int(samples[index]) + grain[block])
        }
        return samples
    }
}
