import Geo
import Testing

@testable import Tiles

/// Frames of a few drives around one place, and the leaf tiles they make.
struct MadeLeaf {
    struct Frame {
        let drive: Int
        let position: Coordinate
        let frame: MapFrame
        let tile: TileID
        var name: String { FrameName.text(drive: MadeLeaf.drive(drive), number: Int(frame.number)) }
    }

    private(set) var frames: [Frame] = []

    static func drive(_ number: Int) -> String { "drive-\(number)" }
    /// Three drives are of one contributor.
    static func contributor(_ drive: Int) -> UInt64 { UInt64(drive / 3) }

    /// `count` frames of `drives` drives, at most `spread` units of 10^-7 degree from the place.
    init(
        _ random: inout SeededRandom, latitudeE7: Int, longitudeE7: Int, spread: Int, drives: Int, count: Int
    ) {
        for number in 0..<count {
            let drive = Int(random.next() % UInt64(drives))
            func off() -> Int { Int(random.next() % UInt64(2 * spread + 1)) - spread }
            guard
                let position = Coordinate(
                    latitudeE7: latitudeE7 + off(), longitudeE7: longitudeE7 + off()),
                let row = Mercator.row(of: position), let tile = TileID(of: position, zoom: 14),
                let frame = MapFrame(
                    number: Int64(number),
                    capturedAt: 1_760_000_000_000 + Int64(random.next() % 40) * 43_200_000,
                    column: Mercator.column(of: position), row: row, latitudeE7: position.latitudeE7,
                    heading: random.next() % 4 == 0 ? nil : Int64(random.next() % 36_000),
                    quality: Int64(random.next() % 1001))
            else { continue }
            frames.append(Frame(drive: drive, position: position, frame: frame, tile: tile))
        }
    }

    /// The leaf tiles, by tile id.
    var leaves: [LeafTile] {
        Dictionary(grouping: frames, by: \.tile).sorted { $0.key < $1.key }.map { tile, frames in
            LeafTile(
                tile: tile,
                drives: Dictionary(grouping: frames, by: \.drive).map { drive, frames in
                    DriveInTile(
                        drive: Self.drive(drive), hash: UInt64(drive), contributor: Self.contributor(drive),
                        day: 20_000,
                        frames: frames.map(\.frame).sorted {
                            ($0.capturedAt, $0.number) < ($1.capturedAt, $1.number)
                        }, parts: [])
                })
        }
    }
}
