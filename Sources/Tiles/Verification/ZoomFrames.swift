import Geo

/// Frames that the tiles of each zoom show.
struct ZoomFrames {
    private var frames: [UInt8: UInt64] = [:]

    /// Adds a content with `frames` that all tiles of `run` have.
    mutating func add(_ frames: UInt64?, of run: TileRun) {
        guard let frames else { return }
        for (zoom, tiles) in run.tilesPerZoom {
            self.frames[zoom] = SaturatingSum.of(
                self.frames[zoom] ?? 0, SaturatingSum.product(frames, tiles))
        }
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
