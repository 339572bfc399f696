import Geo

/// Frames that the tiles of each zoom show.
struct ZoomFrames {
    private var frames: [UInt8: UInt64] = [:]

    /// Adds a content with `frames` that all tiles of `entry` have.
    mutating func add(_ frames: UInt64?, tiles entry: PMTilesEntry) {
        guard let frames else { return }
        for (zoom, tiles) in entry.tilesPerZoom {
            let (product, overflow) = frames.multipliedReportingOverflow(by: tiles)
            self.frames[zoom] = saturatingSum(self.frames[zoom] ?? 0, overflow ? UInt64.max : product)
        }
    }

    /// Adds one tile with `frames`.
    mutating func add(_ frames: UInt64?, tile: TileID) {
        if let frames { self.frames[tile.zoom] = saturatingSum(self.frames[tile.zoom] ?? 0, frames) }
    }

    /// Adds a finding where a zoom does not show as many frames as the others.
    ///
    /// - Parameter zooms: zooms that must show frames if any does.
    func check(_ zooms: ClosedRange<UInt8>?, _ ledger: FindingLedger) {
        guard !frames.isEmpty else { return }
        let all = Set(frames.keys).union(zooms.map { Array($0) } ?? [])
        let counts = all.sorted().map { (zoom: $0, frames: frames[$0] ?? 0) }
        // Most zooms are right where one is wrong.
        let expected = Dictionary(grouping: counts, by: \.frames).max {
            ($0.value.count, $0.key) < ($1.value.count, $1.key)
        }
        for (zoom, frames) in counts where frames != expected?.key {
            ledger.add(
                .conservation,
                "zoom \(zoom) shows \(frames) frames, \(expected?.value.count ?? 0) zooms show \(expected?.key ?? 0)"
            )
        }
    }
}

extension PMTilesEntry {
    /// Tiles of the run at each zoom, counted by arithmetic: a run may claim four billion.
    var tilesPerZoom: [(z: UInt8, tiles: UInt64)] {
        var result: [(z: UInt8, tiles: UInt64)] = []
        var (id, left) = (id, UInt64(run))
        while left > 0, let zoom = TileID(id: id)?.zoom {
            let tiles = min(left, TileID.firstID(zoom: zoom + 1) - id)
            result.append((zoom, tiles))
            (id, left) = (id + tiles, left - tiles)
        }
        return result
    }
}
