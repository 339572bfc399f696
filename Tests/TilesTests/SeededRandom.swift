import Geo

@testable import Tiles

/// SplitMix64: the same seed gives the same tests everywhere.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func square() -> SquareSummary? {
        let n = UInt64.random(in: 1...(Bool.random(using: &self) ? 5 : 1 << 40), using: &self)
        let first = Int32.random(in: 20_000...20_500, using: &self)
        return SquareSummary(
            n: n, qualitySum: UInt64.random(in: 0...1000 * n, using: &self), firstDay: first,
            lastDay: first + Int32.random(in: 0...300, using: &self))
    }

    /// Squares with any numbers, all frames of one drive.
    mutating func summary(squares: Int) -> TileSummary {
        let list = (0..<squares).compactMap { _ -> (index: Int, summary: SquareSummary)? in
            let index = Int.random(in: 0..<4096, using: &self)
            return square().map { (index, $0) }
        }
        return TileSummary(squares: list) ?? .empty
    }

    mutating func frames(_ count: Int) -> [LeafFrame] {
        (0..<count).compactMap { _ in
            LeafFrame(
                square: Int.random(in: 0..<4096, using: &self),
                quality: Int.random(in: 0...1000, using: &self),
                day: Int.random(in: 20_000...20_500, using: &self))
        }
    }

    /// Leaf tiles, some close together, some anywhere.
    mutating func leaves(_ count: Int) -> [TileID: TileSummary] {
        var result: [TileID: TileSummary] = [:]
        let (column, row) = (
            Int.random(in: 0..<16_380, using: &self), Int.random(in: 0..<16_380, using: &self)
        )
        for _ in 0..<count {
            let isNear = Int.random(in: 0..<4, using: &self) > 0
            let tile =
                isNear
                ? TileID(
                    zoom: 14, column: column + Int.random(in: 0..<4, using: &self),
                    row: row + Int.random(in: 0..<4, using: &self))
                : TileID(
                    zoom: 14, column: Int.random(in: 0..<16_384, using: &self),
                    row: Int.random(in: 0..<16_384, using: &self))
            if let tile {
                let frames = self.frames(Int.random(in: 1...40, using: &self))
                result[tile] = TileSummary(frames: frames, of: tile)
            }
        }
        return result
    }

    /// Drives with these hashes, each with some frames in the squares `0..<squares`.
    mutating func drives(_ hashes: [UInt64], contributors: [UInt64], frames: Int, squares: Int) -> [LeafDrive]
    {
        hashes.map { hash in
            let frames = (0..<Int.random(in: 1...frames, using: &self)).compactMap { _ in
                LeafFrame(
                    square: Int.random(in: 0..<squares, using: &self),
                    quality: Int.random(in: 0...1000, using: &self),
                    day: Int.random(in: 20_000...20_500, using: &self))
            }
            // A drive has one contributor wherever it goes.
            let contributor = contributors[Int(hash % UInt64(contributors.count))]
            return LeafDrive(hash: hash, contributor: contributor, frames: frames)
        }
    }

    /// Different hashes, some of them very small, and now and then the greatest there is.
    mutating func hashes(_ count: Int) -> [UInt64] {
        var result: Set<UInt64> = Bool.random(using: &self) ? [.max] : []
        while result.count < count {
            result.insert(next() >> UInt64(Int.random(in: 0..<8, using: &self) == 0 ? 58 : 0))
        }
        return result.sorted()
    }
}

/// Runs `body` on bytes that someone has damaged: it may succeed or refuse with a ``TileError``, nothing
/// else.
func refusal(_ body: () throws(TileError) -> Void) -> TileError? {
    do throws(TileError) {
        try body()
        return nil
    } catch {
        return error
    }
}

/// Copies of `bytes` with one flipped bit each.
func flipped(_ bytes: [UInt8], count: Int, seed: UInt64, _ body: ([UInt8]) -> Void) {
    var random = SeededRandom(seed)
    for _ in 0..<count {
        var copy = bytes
        let bit = Int.random(in: 0..<bytes.count * 8, using: &random)
        copy[bit / 8] ^= 1 << UInt8(bit % 8)
        body(copy)
    }
}
