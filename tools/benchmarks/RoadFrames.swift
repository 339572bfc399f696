import Canonical
import Glibc
import Imaging
import Store

/// Uploads of made frames in the sidecar format. Their pictures are lattice noise of several octaves over a sky and
/// a road, which gives files and entropy as real dashcam frames of the same size have.
struct RoadFrames {
    let width: Int
    let height: Int
    let quality: Int

    /// Milliseconds of the first frame: 2026-03-02T08:00:00Z.
    static let start: Int64 = 1_772_438_400_000

    /// Makes `folder` with frames numbered `numbers`, 8 m and 1 s apart, unless it is there.
    func make(_ folder: String, numbers: Range<Int>) throws {
        if DirectoryListing.exists(folder) { return }
        let temporary = folder + ".making"
        if DirectoryListing.exists(temporary) { try DirectoryListing.removeTree(temporary) }
        try DurableWrite.directory(temporary)
        for number in numbers {
            let time = Self.start + Int64(number) * 1000
            let latitude = "48.\(String(2_000_000 + number * 720))"
            let stem = "\(temporary)/\(time)_\(latitude)_11.0"
            let jpeg = try JPEGEncoder.encode(
                rgb: pixels(seed: UInt64(number)), width: width, height: height, quality: quality)
            try write(jpeg, to: stem + ".jpg")
            let sidecar =
                "{\"time\":\(time),\"gnss_time\":\(time),\"lat\":\(latitude),\"lon\":11.0,\"img_id\":\(number)}"
            try write(Array(sidecar.utf8), to: stem + ".json")
        }
        guard rename(temporary, folder) == 0 else { throw BenchmarkError("cannot make \(folder)") }
    }

    /// Data of a benchmark need not survive a power cut.
    private func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "w") else { throw BenchmarkError("cannot write \(path)") }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw BenchmarkError("cannot write \(path)")
        }
    }

    private func pixels(seed: UInt64) -> [UInt8] {
        let octaves = [(64, 40), (24, 28), (8, 22), (3, 14)].enumerated().map { number, octave in
            Lattice(
                seed: seed &* 31 &+ UInt64(number), width: width, height: height, side: octave.0,
                weight: octave.1)
        }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * 3)
        for row in 0..<height {
            let ground = row * 2 < height ? 150 - row * 60 / height : 70 + row * 40 / height
            let lines = octaves.map { $0.line(row) }
            for column in 0..<width {
                var value = ground
                for line in lines { value += line[column] }
                let clamped = min(max(value, 0), 255)
                pixels.append(UInt8(clamped))
                pixels.append(UInt8(min(255, clamped + 6)))
                pixels.append(UInt8(max(0, clamped - 8)))
            }
        }
        return pixels
    }
}

/// One octave of value noise.
private struct Lattice {
    private let values: [Int]
    private let columns: Int
    private let width: Int
    private let side: Int

    init(seed: UInt64, width: Int, height: Int, side: Int, weight: Int) {
        self.width = width
        self.side = side
        columns = width / side + 2
        var state = seed
        values = (0..<columns * (height / side + 2)).map { _ in
            // SplitMix64 (Steele, Lea, Flood 2014).
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ mixed >> 31) % UInt64(2 * weight + 1)) - weight
        }
    }

    /// The octave's values along one row of pixels.
    func line(_ row: Int) -> [Int] {
        let (top, down) = (row / side * columns, row % side)
        return (0..<width).map { column in
            let (left, across) = (column / side, column % side)
            let upper = values[top + left] * (side - across) + values[top + left + 1] * across
            let lower =
                values[top + columns + left] * (side - across) + values[top + columns + left + 1] * across
            return (upper * (side - down) + lower * down) / (side * side)
        }
    }
}
