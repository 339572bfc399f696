/// How many bytes a walk over a file may read and unpack: contents of a hostile one overlap, or are bombs.
struct ReadBudget {
    private var stored: UInt64
    private var unpacked: UInt64

    /// Contents of many tiles are kept once and read again, so more than the file's own bytes is allowed.
    init(of source: any TileSource) {
        stored = SaturatingSum.of(64 << 20, SaturatingSum.product(256, source.size))
        unpacked = SaturatingSum.of(256 << 20, SaturatingSum.product(256, source.size))
    }

    /// Takes note of `count` bytes that are to be read.
    mutating func read(_ count: UInt64) throws(TileError) {
        try Self.spend(count, of: &stored, "read")
    }

    /// Takes note of `count` bytes that were unpacked.
    mutating func unpacked(_ count: UInt64) throws(TileError) {
        try Self.spend(count, of: &unpacked, "unpacked")
    }

    private static func spend(_ count: UInt64, of rest: inout UInt64, _ what: String) throws(TileError) {
        guard count <= rest else {
            throw TileError(
                .overLimit, at: 0, "tile contents overlap, or more is \(what) than a file of this size holds")
        }
        rest -= count
    }
}
