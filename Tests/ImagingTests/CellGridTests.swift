import SeededNumbers
import Testing

@testable import Imaging

/// The coarse grid of a plane, and what is taken from it.
struct CellGridTests {
    /// A plane of 160 x 80 samples of which every area is 10 x 10: `light` says how light each is.
    static func plane(_ light: (_ column: Int, _ row: Int) -> UInt8) throws -> LumaPlane {
        let samples = (0..<160 * 80).map { light($0 % 160 / 10, $0 / 160 / 10) }
        return try #require(LumaPlane(width: 160, height: 80, samples: samples))
    }

    /// Means and deviations by the definitions, in floating point.
    @Test(arguments: 0..<40 as Range<UInt64>) func agreesWithTheDefinitions(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let (width, height) = (Int.random(in: 1...90, using: &random), Int.random(in: 1...60, using: &random))
        let samples = (0..<width * height).map { _ in UInt8.random(in: 0...255, using: &random) }
        let plane = try #require(LumaPlane(width: width, height: height, samples: samples))
        let cells = ImageStatistics(plane, levels: .sample).cells
        #expect(cells.means.count == 128 && cells.deviations.count == 128)
        for area in 0..<128 {
            let rows = area / 16 * height / 8..<(area / 16 + 1) * height / 8
            let columns = area % 16 * width / 16..<(area % 16 + 1) * width / 16
            let values = rows.flatMap { y in columns.map { Double(samples[y * width + $0]) } }
            guard !values.isEmpty else {
                #expect(cells.means[area] == 0 && cells.deviations[area] == 0)
                continue
            }
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
            #expect(abs(Double(cells.means[area]) + 0.5 - mean) <= 0.501, "seed \(seed)")
            // One below where the root is whole but for the last bit of floating point.
            #expect(
                abs(Double(cells.deviations[area]) + 0.5 - variance.squareRoot()) <= 1.001, "seed \(seed)")
        }
    }

    @Test func groupsTouchAtSides() {
        // Two areas in the first row, one below the second of them, one that only touches that at a corner.
        let groups = CellGrid.groups { [0, 1, 17, 34].contains($0) }
        #expect(groups == [[0, 1, 17], [34]])
        #expect(CellGrid.groups { _ in false } == [])
        #expect(CellGrid.groups { _ in true } == [Array(0..<128)])
        // The end of a row and the beginning of the next one are apart.
        #expect(CellGrid.groups { [15, 16].contains($0) } == [[15], [16]])
    }

    /// By hand: four white areas of 128 are 31 permille; with the light ring of eight beside them, 93.
    @Test func glareIsAWhiteAreaAndWhatItSpillsOverTo() throws {
        func isWhite(_ column: Int, _ row: Int) -> Bool { (4...5).contains(column) && (2...3).contains(row) }
        #expect(
            try ImageStatistics(Self.plane { isWhite($0, $1) ? 255 : 60 }, levels: .sample).glarePermille
                == 31)
        let spilt = try Self.plane { column, row in
            isWhite(column, row) ? 255 : (3...6).contains(column) && (1...4).contains(row) ? 180 : 60
        }
        #expect(ImageStatistics(spilt, levels: .sample).glarePermille == 93)
        #expect(try ImageStatistics(Self.plane { _, _ in 60 }, levels: .sample).glarePermille == 0)
        #expect(try ImageStatistics(Self.plane { _, _ in 255 }, levels: .sample).glarePermille == 1000)
        // The larger of two lights.
        let two = try Self.plane { column, row in isWhite(column, row) || (column, row) == (12, 6) ? 255 : 60
        }
        #expect(ImageStatistics(two, levels: .sample).glarePermille == 31)
    }

    /// A line of one sample: its Laplacian is 2a at the line and -a on either side, 6a^2 a row; at twice the distance the
    /// same. Two samples wide: a, a, -a, -a are 4a^2 near, and 2a, 2a, -a, -a, -a, -a are 12a^2 farther off.
    @Test func focusIsTheShareOfTheFinestDetail() throws {
        func lines(_ width: Int) throws -> Int {
            let samples = (0..<400 * 100).map {
                $0 % 400 % 40 >= 20 && $0 % 400 % 40 < 20 + width ? UInt8(200) : 50
            }
            return ImageStatistics(
                try #require(LumaPlane(width: 400, height: 100, samples: samples)), levels: .sample
            )
            .focusPermille
        }
        // 398 columns of Laplacians near and 396 farther off see the same ten lines.
        #expect(try lines(1) == 1000 * 396 / 398)
        #expect(try lines(2) == 4000 * 396 / (12 * 398))
        let gray = try #require(LumaPlane(width: 9, height: 9, samples: [UInt8](repeating: 7, count: 81)))
        #expect(ImageStatistics(gray, levels: .sample).focusPermille == 0)
        let small = try #require(LumaPlane(width: 4, height: 4, samples: Array(0..<16)))
        #expect(ImageStatistics(small, levels: .sample).focusPermille == 0)
    }
}
