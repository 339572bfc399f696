import Geo

/// Writes down what is wrong with one tile, up to as many faults as are looked for.
final class TileFaults {
    /// A tile of garbage has a fault in every other byte; more of them say no more.
    private static let most = 1000

    let tile: TileID
    private let ledger: FindingLedger
    private var count = 0

    init(of tile: TileID, _ ledger: FindingLedger) {
        self.tile = tile
        self.ledger = ledger
    }

    /// Adds a finding about the tile at `byte` of its uncompressed content.
    ///
    /// - Throws: `overLimit` where the rest of the tile is not worth looking at.
    func add(
        _ code: TileFinding.Code, at byte: UInt64?, _ reason: @autoclosure () -> String
    ) throws(TileError) {
        ledger.add(code, tile: tile, byte: byte, reason())
        count += 1
        guard count < Self.most else {
            throw TileError(.overLimit, at: byte ?? 0, "\(count) faults, the rest of the tile was left out")
        }
    }

    /// Adds `error`, which is about the part of the tile that `code` says.
    ///
    /// - Throws: `overLimit`, and `error` itself where it is one.
    func add(_ code: TileFinding.Code, _ error: TileError) throws(TileError) {
        if error.code == .overLimit { throw error }
        try add(code, at: error.offset, error.reason)
    }
}
