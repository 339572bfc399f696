/// Reads contents during one walk over a file, no more of them than a file of its size can sensibly hold: contents
/// of a hostile one overlap, or are bombs.
public struct ContentReader {
    private let source: any TileSource
    private var storedLeft: UInt64
    private var unpackedLeft: UInt64

    /// A content that many tiles have is kept once and read again for each, so that more than the file's own bytes
    /// is allowed: this many times as many.
    private static let factor: UInt64 = 64
    /// What any file is allowed, however small.
    private static let least: UInt64 = 64 << 20

    /// A reader for one walk over `source`.
    public init(_ source: any TileSource) {
        self.source = source
        storedLeft = SaturatingSum.of(Self.least, SaturatingSum.product(Self.factor, source.size))
        unpackedLeft = storedLeft
    }

    /// The content of `run`, as stored.
    ///
    /// - Throws: ``TileError``, with the tile's name.
    public mutating func stored(_ run: TileRun) throws(TileError) -> [UInt8] {
        do throws(TileError) {
            try Self.spend(run.length, of: &storedLeft, "read")
            return try source.stored(run)
        } catch {
            throw error.about(run.name)
        }
    }

    /// The content of `run`, uncompressed.
    ///
    /// - Throws: ``TileError``, with the tile's name.
    public mutating func content(_ run: TileRun) throws(TileError) -> [UInt8] {
        let stored = try stored(run)
        do throws(TileError) {
            let content = try source.uncompressed(stored)
            if content.count > stored.count {
                try Self.spend(UInt64(content.count), of: &unpackedLeft, "unpacked")
            }
            return content
        } catch {
            throw error.about(run.name)
        }
    }

    /// The content of `run` as archives hold it: vector tiles as gzip members, copied where they are stored so, and
    /// images as they are.
    ///
    /// - Throws: ``TileError``, with the tile's name.
    public mutating func exported(_ run: TileRun) throws(TileError) -> [UInt8] {
        guard source.tileType == .mvt else { return try content(run) }
        let stored = try stored(run)
        if Gzip.isGzip(stored) { return stored }
        do throws(TileError) {
            return try Gzip.compress(try source.uncompressed(stored))
        } catch {
            throw error.about(run.name)
        }
    }

    private static func spend(_ count: UInt64, of rest: inout UInt64, _ what: String) throws(TileError) {
        guard count <= rest else {
            throw TileError(
                .overLimit, at: 0, "up to here more is \(what) than \(factor) times the bytes of the file")
        }
        rest -= count
    }
}
