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
                result[tile] = TileSummary(frames: frames)
            }
        }
        return result
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
