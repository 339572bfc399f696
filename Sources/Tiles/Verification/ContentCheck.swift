import Canonical
import Geo

/// Inflates contents and reads what is in them, whatever kind of file they come from.
struct ContentCheck {
    /// What is known of a content that was read.
    struct Result {
        /// Frames in the layer `coverage`, nil where it has none.
        var frames: UInt64?
        /// Hash and bytes of the uncompressed content, where they were asked for and it could be inflated.
        var hash: ContentHash?
        var bytes: UInt64 = 0
    }

    /// Bytes of one tile, as stored and uncompressed.
    static let maxTileBytes = PMTilesReader.Limits().tileBytes
    /// Bytes of contents that even the smallest file may have.
    private static let baseWork = 32 << 20

    /// What every tile should be.
    let type: PMTilesHeader.TileType
    /// Whether contents are hashed.
    let hashes: Bool
    /// Whether layers with the names of Waggle's are Waggle's.
    let isOurs: Bool
    private let ledger: FindingLedger
    private let inflate: ([UInt8]) throws(TileError) -> [UInt8]
    private var budget: WorkBudget
    /// The layers of all contents.
    private(set) var found = LayersFound()
    /// Contents read.
    private(set) var count = 0
    /// Whether all contents that were given could be read to their ends.
    private(set) var isComplete = true

    /// - Parameters:
    ///   - size: bytes of all contents as stored.
    ///   - inflate: a stored content uncompressed.
    init(
        _ type: PMTilesHeader.TileType, size: UInt64, hashes: Bool, isOurs: Bool, _ ledger: FindingLedger,
        inflate: @escaping ([UInt8]) throws(TileError) -> [UInt8]
    ) {
        self.type = type
        self.hashes = hashes
        self.isOurs = isOurs
        self.ledger = ledger
        self.inflate = inflate
        budget = WorkBudget(base: Self.baseWork, size: size)
    }

    /// Whether nothing more is read, since the contents inflate to more than so short a file should hold.
    var isSpent: Bool { budget.isSpent }

    /// Notes that the content of `tile` cannot be read.
    mutating func skip(_ tile: TileID, _ error: TileError) {
        isComplete = false
        let code: TileFinding.Code =
            switch error.code {
            case .overLimit: .tileOverLimit
            case .unsupported: .tileUnsupported
            case .unreadable, .unwritable: .fileUnreadable
            case .truncated, .malformed, .compression: .tileDamaged
            }
        ledger.add(code, tile: tile, byte: error.code == .unreadable ? nil : error.offset, error.reason)
    }

    /// Reads the content `stored`, which `tile` has.
    mutating func run(_ stored: [UInt8], of tile: TileID) -> Result {
        var result = Result()
        do throws(TileError) {
            let bytes: [UInt8]
            do throws(TileError) {
                bytes = try inflate(stored)
            } catch {
                try spend(WorkBudget.cost(ofFailed: UInt64(stored.count), limit: Self.maxTileBytes))
                throw error
            }
            try spend(stored.count + bytes.count)
            count += 1
            if hashes { (result.hash, result.bytes) = (.of(bytes), UInt64(bytes.count)) }
            result.frames = try read(bytes, of: tile)
        } catch {
            skip(tile, error)
        }
        return result
    }

    private mutating func read(_ bytes: [UInt8], of tile: TileID) throws(TileError) -> UInt64? {
        let faults = TileFaults(of: tile, ledger)
        let format = ContentFormat(bytes)
        if type != .other, let expected = ContentFormat(type), format != expected {
            try faults.add(
                .tileType, at: 0,
                "\(format?.rawValue ?? "something else") where \(expected.rawValue) should be")
            return nil
        }
        switch type {
        case .mvt:
            if let format {
                try faults.add(.tileType, at: 0, "\(format.rawValue) where a vector tile should be")
                return nil
            }
            var check = VectorTileCheck(isOurs: isOurs, faults)
            let vector = try check.run(bytes)
            for layer in vector.layers { found.add(layer, zoom: tile.zoom) }
            return vector.frames
        case .png:
            try spend(PNGCheck.cost(bytes))
            try PNGCheck.run(bytes, faults)
            return nil
        case .jpeg, .webp, .avif, .mlt, .other: return nil
        }
    }

    private mutating func spend(_ count: Int) throws(TileError) {
        guard budget.spend(count) else {
            throw TileError(
                .overLimit, at: 0,
                "contents inflate to more than so short a file should hold; no more are read")
        }
    }

    /// What can be said when all contents were read.
    func finish(
        _ metadata: MetadataCheck?, _ frames: ZoomFrames, _ report: inout ArchiveReport,
        _ ledger: FindingLedger
    ) {
        report.contentsRead = count
        report.layers = found.report
        metadata?.compare(found)
        // A zoom that was not read to its end has too few frames without anything being wrong with it.
        if isOurs, isComplete { frames.check(metadata?.coverageZooms, ledger) }
    }
}
