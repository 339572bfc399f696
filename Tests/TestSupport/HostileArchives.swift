import Tiles

/// PMTiles archives made to cost memory or time, or to lead a reader astray. None has more than some 4 MB.
package struct HostileArchives: Sendable {
    /// An archive with what it tries.
    package struct Archive: Sendable, CustomStringConvertible {
        package let name: String
        package let make: @Sendable () throws -> [UInt8]

        init(_ name: String, _ make: @escaping @Sendable () throws -> [UInt8]) {
            self.name = name
            self.make = make
        }

        package var description: String { name }
    }

    /// Small enough for a program that was built without optimization.
    package static let small = HostileArchives(tileBytes: 1 << 17, tiles: 2, leafEntries: 10_000)
    /// Tiles and directories as large as they may be, and more of them than may be read.
    package static let full = HostileArchives(tileBytes: 8 << 20, tiles: 40, leafEntries: 250_000)

    private let tileBytes: Int
    private let tiles: Int
    private let leafEntries: Int

    /// All of them; none is sound.
    package var all: [Archive] { directories + contents + layers + geometries }

    private var directories: [Archive] {
        let (entries, one) = (leafEntries, Parts.directory(tiles: 1, from: 0))
        return [
            Archive("a directory that leads to itself") {
                try Parts.plain(root: Parts.pointer(length: 5), leaves: Parts.pointer(length: 5))
            },
            Archive("pointers to one directory that none of them fits") {
                let leaf = try Gzip.compress(Parts.directory(tiles: entries, from: 7))
                return try Parts.packed(root: Parts.crowd(3000, length: leaf.count), leaves: leaf)
            },
            Archive("pointers to one bomb") {
                let leaf = try Gzip.compress([UInt8](repeating: 0, count: 50 << 20))
                return try Parts.packed(root: Parts.crowd(3000, length: leaf.count), leaves: leaf)
            },
            Archive("a root that is a bomb") {
                try Parts.plain(root: Gzip.compress([UInt8](repeating: 1, count: 100 << 20))) {
                    $0.internalCompression = .gzip
                }
            },
            Archive("leaves of as many entries as may be") { try Parts.fullLeaves(200, entries: entries) },
            Archive("contents that overlap") { try Parts.overlapping(entries) },
            Archive("four billion tiles outside the data") {
                try Parts.plain(
                    root: Parts.directory([.init(id: 1, run: Int(UInt32.max), length: 4, offset: 9)]))
            },
            Archive("sections of 2^63 bytes") {
                try Parts.plain(root: one) { header in
                    header.data = .init(offset: 1 << 63, length: 1 << 63)
                    header.leaves = .init(offset: UInt64.max, length: UInt64.max)
                }
            },
            Archive("a root of 2^63 bytes") { try Parts.plain(root: one) { $0.root.length = 1 << 63 } },
            Archive("a varint without end") { try Parts.plain(root: [UInt8](repeating: 0x80, count: 12)) },
            Archive("metadata that is a bomb") {
                try Parts.packed(root: one, metadata: [UInt8](repeating: 0x20, count: 100 << 20))
            },
            Archive("metadata that goes deep") {
                try Parts.packed(root: one, metadata: [UInt8](repeating: UInt8(ascii: "["), count: 4 << 20))
            },
            Archive("metadata of a million values") {
                let zeros = Parts.repeated(Array(",0".utf8), bytes: 2_000_000)
                return try Parts.packed(
                    root: one, metadata: Array("{\"a\":[0".utf8) + zeros + Array("]}".utf8))
            },
        ]
    }

    private var contents: [Archive] {
        [
            Archive("a tile that is a bomb") {
                try Parts.tiles(1) { _ in [UInt8](repeating: 0, count: 100 << 20) }
            },
            Archive("a directory where a tile should be") {
                try Parts.tiles(3) { Parts.directory(tiles: 100 + $0, from: 0) }
            },
            Archive("a picture of a billion pixels") { try Parts.picture(side: 30_000, chunks: 1) },
            Archive("a picture of a million chunks") { try Parts.picture(side: 256, chunks: 100_000) },
        ]
    }

    private var layers: [Archive] {
        [
            endless("layers", [0x1A, 0], inLayer: false),
            endless("bytes of no meaning", [0x78], inLayer: false),
            endless("features", [0x12, 0]), endless("keys", [0x1A, 0]),
            endless("values", [0x22, 2, 0x28, 1]),
            endless("tags", [0]) { [0x1A, 0] + Parts.field(0x12, Parts.field(0x12, $0)) },
            numbered("keys", [0x1A, 4]), numbered("values", [0x22, 6, 0x0A, 4]),
        ]
    }

    private var geometries: [Archive] {
        [
            endless("points", [2, 2]) { tile in Parts.feature(1, Parts.moveTo(tile.count / 2) + tile) },
            endless("lines", [9, 2, 2, 10, 2, 2]) { Parts.feature(2, $0 + [9]) },
            endless("rings", [9, 0, 0, 18, 2, 0, 0, 2, 15]) { Parts.feature(3, $0 + [9]) },
            endless("rings without area", [9, 0, 0, 18, 2, 2, 2, 2, 15]) { Parts.feature(3, $0 + [9]) },
            endless("steps to nowhere", [9, 2, 2, 10, 0, 0]) { Parts.feature(2, $0) },
            endless("broken features", [0x12, 5, 0x18, 1, 0x22, 1, 9]),
        ]
    }

    /// Tiles, or layers of tiles, of `wrap` around as many `unit` as there is room for.
    private func endless(
        _ name: String, _ unit: [UInt8], inLayer: Bool = true,
        _ wrap: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }
    ) -> Archive {
        let (bytes, count) = (tileBytes, tiles)
        return Archive("\(name) without end") {
            try Parts.tiles(count) { seed in
                // One unit less in every tile: no two contents are the same.
                let units = wrap(Parts.repeated(unit, bytes: bytes - 64 - seed * unit.count))
                return inLayer ? Parts.layer(units) : units
            }
        }
    }

    /// Tiles of one layer with different keys or values, each of which is `start` and a number of four digits in
    /// base 90.
    private func numbered(_ name: String, _ start: [UInt8]) -> Archive {
        let (bytes, count) = (tileBytes, tiles)
        return Archive("different \(name) without end") {
            try Parts.tiles(count) { seed in
                let most = min(199_000, (bytes - 64) / (start.count + 4))
                var units: [UInt8] = []
                units.reserveCapacity(most * (start.count + 4))
                for number in seed..<most + seed {
                    units += start
                    var rest = number
                    for _ in 0..<4 {
                        units.append(UInt8(0x21 + rest % 90))
                        rest /= 90
                    }
                }
                return Parts.layer(units)
            }
        }
    }
}
