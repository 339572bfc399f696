import Geo

@testable import Tiles

/// What tiles are to say, computed from all frames and all hashes anew for every zoom: nothing is merged, and
/// nothing is left out.
struct SquareModel: Equatable {
    struct Square: Equatable {
        var index: Int
        var n: UInt64
        var qualitySum: UInt64
        var firstDay: Int32
        var lastDay: Int32
        var drives: Count
        var contributors: Count
    }

    struct Count: Equatable {
        var value: UInt64
        var isEstimate: Bool
    }

    var squares: [Square]
    var extent: [UInt32]

    /// What `summary` says.
    init(_ summary: TileSummary) {
        squares = summary.squares.enumerated().map { position, square in
            let (drives, contributors) = (
                summary.drives(ofSquareAt: position), summary.contributors(ofSquareAt: position)
            )
            return Square(
                index: Int(square.index), n: square.summary.n, qualitySum: square.summary.qualitySum,
                firstDay: square.summary.firstDay, lastDay: square.summary.lastDay,
                drives: Count(value: drives.value, isEstimate: drives.isEstimate),
                contributors: Count(value: contributors.value, isEstimate: contributors.isEstimate))
        }
        extent = summary.extent.map { [$0.west, $0.north, $0.east, $0.south] } ?? []
    }

    fileprivate struct Tally {
        var frames: [LeafFrame] = []
        var drives: Set<UInt64> = []
        var contributors: Set<UInt64> = []
        var columns: Set<UInt32> = []
        var rows: Set<UInt32> = []
    }

    /// The tiles of `zoom` above these leaf tiles.
    static func tiles(zoom: UInt8, above leaves: [TileID: [LeafDrive]]) -> [TileID: SquareModel] {
        var tallies: [TileID: [Int: Tally]] = [:]
        let shift = UInt32(14 - zoom)
        for (leaf, drives) in leaves {
            for drive in drives {
                for frame in drive.frames {
                    let column = leaf.column * 64 + UInt32(frame.square) % 64
                    let row = leaf.row * 64 + UInt32(frame.square) / 64
                    let (x, y) = (Int(column >> shift), Int(row >> shift))
                    guard let tile = TileID(zoom: Int(zoom), column: x / 64, row: y / 64) else { continue }
                    tallies[tile, default: [:]][y % 64 * 64 + x % 64, default: Tally()].add(
                        frame, drive, column, row)
                }
            }
        }
        return tallies.mapValues { SquareModel($0) }
    }

    fileprivate init(_ tallies: [Int: Tally]) {
        squares = tallies.sorted { $0.key < $1.key }.map { Square(index: $0, $1) }
        let columns = tallies.values.flatMap(\.columns)
        let rows = tallies.values.flatMap(\.rows)
        extent = [columns.min(), rows.min(), columns.max(), rows.max()].compactMap { $0 }
    }
}

extension SquareModel.Tally {
    fileprivate mutating func add(_ frame: LeafFrame, _ drive: LeafDrive, _ column: UInt32, _ row: UInt32) {
        frames.append(frame)
        drives.insert(drive.hash)
        contributors.insert(drive.contributor)
        columns.insert(column)
        rows.insert(row)
    }
}

extension SquareModel.Square {
    fileprivate init(index: Int, _ tally: SquareModel.Tally) {
        self.index = index
        n = UInt64(tally.frames.count)
        qualitySum = tally.frames.reduce(0) { $0 + UInt64($1.quality) }
        firstDay = tally.frames.map(\.day).min() ?? 0
        lastDay = tally.frames.map(\.day).max() ?? 0
        drives = SquareModel.Count(of: tally.drives, atMost: n)
        contributors = SquareModel.Count(of: tally.contributors, atMost: drives.value)
    }
}

extension SquareModel.Count {
    /// Up to 16 are counted; of more, 16 * 2^64 / (the 17th smallest) keeps two digits, at least 17.
    init(of hashes: Set<UInt64>, atMost bound: UInt64) {
        guard hashes.count > 16 else {
            self.init(value: UInt64(hashes.count), isEstimate: false)
            return
        }
        let quotient = (UInt128(1) << 68) / UInt128(hashes.sorted()[16])
        let digits = String(quotient)
        let rounded = UInt64(digits.prefix(2) + String(repeating: "0", count: max(0, digits.count - 2))) ?? 0
        self.init(value: min(max(rounded, 17), bound), isEstimate: true)
    }
}
