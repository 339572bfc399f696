import SeededNumbers
import Testing

@testable import Imaging

/// The light of a plane column by column, and how far it moves.
struct ColumnProfileTests {
    /// Means by the definition.
    @Test(arguments: 0..<40 as Range<UInt64>) func agreesWithTheDefinition(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let (width, height) = (
            Int.random(in: 1...300, using: &random), Int.random(in: 1...60, using: &random)
        )
        let samples = (0..<width * height).map { _ in UInt8.random(in: 0...255, using: &random) }
        let plane = try #require(LumaPlane(width: width, height: height, samples: samples))
        let profile = ImageStatistics(plane, levels: .sample).profile
        #expect(profile.means.count == 64)
        // The third to the fifth of eight rows.
        let rows = [2, 3, 4].flatMap { $0 * height / 8..<($0 + 1) * height / 8 }
        for column in 0..<64 {
            let columns = column * width / 64..<(column + 1) * width / 64
            let values = rows.flatMap { y in columns.map { Int(samples[y * width + $0]) } }
            // A narrower plane has columns of no samples, and no profile.
            let mean = width < 64 || values.isEmpty ? 0 : values.reduce(0, +) / values.count
            #expect(Int(profile.means[column]) == mean, "seed \(seed), column \(column)")
        }
    }

    /// A window of 64 columns onto `panorama`.
    private static func window(_ panorama: [UInt8], at start: Int) -> ColumnProfile {
        ColumnProfile(means: Array(panorama[start..<start + 64]))
    }

    private static func panorama(_ seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        return (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// A camera that turns to the right sees everything farther to the left.
    @Test(arguments: -20...20) func findsWhatHasMoved(columns: Int) {
        let panorama = Self.panorama(3)
        let shift = Self.window(panorama, at: 60).shift(to: Self.window(panorama, at: 60 - columns))
        #expect(shift == Int64(columns * 1000 / 64))
    }

    /// By the definition of the correlation coefficient, in floating point.
    @Test func agreesWithTheCorrelationCoefficient() {
        for seed in 0..<300 as Range<UInt64> {
            let (left, right) = (Self.panorama(seed), Self.panorama(seed + 1000))
            let (a, b) = (
                Self.window(left, at: 0).means.map(Double.init),
                Self.window(right, at: 9).means.map(Double.init)
            )
            let coefficients = (-20...20).map { columns -> Double in
                let range = max(0, -columns)..<min(64, 64 - columns)
                let (u, v) = (range.map { a[$0] }, range.map { b[$0 + columns] })
                let (m, n) = (u.reduce(0, +) / Double(u.count), v.reduce(0, +) / Double(v.count))
                let covariance = zip(u, v).reduce(0) { $0 + ($1.0 - m) * ($1.1 - n) }
                let variance =
                    u.reduce(0) { $0 + ($1 - m) * ($1 - m) } * v.reduce(0) { $0 + ($1 - n) * ($1 - n) }
                return covariance / variance.squareRoot()
            }
            let best = coefficients.indices.max { coefficients[$0] < coefficients[$1] } ?? 0
            let shift = Self.window(left, at: 0).shift(to: Self.window(right, at: 9))
            #expect(shift == Int64((best - 20) * 1000 / 64), "seed \(seed)")
        }
    }

    @Test func whatShowsNothingHasNotMoved() {
        let gray = ColumnProfile(means: [UInt8](repeating: 90, count: 64))
        #expect(gray.shift(to: gray) == nil)
        #expect(gray.shift(to: Self.window(Self.panorama(1), at: 0)) == nil)
        // Black and white in turn correlate every other column: the least that moved is nothing.
        let stripes = ColumnProfile(means: (0..<64).map { $0 % 2 == 0 ? 0 : 255 })
        #expect(stripes.shift(to: stripes) == 0)
    }
}
