package import Tiles

/// PMTiles archives made to cost memory or time, or to lead a reader astray. None has more than some 2 MB.
package enum HostileArchives {
    /// An archive with what it tries.
    package struct Archive: Sendable, CustomStringConvertible {
        package let name: String
        package let make: @Sendable () throws -> [UInt8]

        package var description: String { name }
    }

    /// All of them; none is sound.
    package static let all: [Archive] = [
        Archive(name: "a directory that leads to itself") {
            try plain(root: pointer(0, 0, 5), leaves: pointer(0, 0, 5))
        },
        Archive(name: "pointers without end to a directory that none of them fits") {
            let leaf = try Gzip.compress(directory(tiles: 200_000, from: 0))
            return try packed(root: crowd(3000, length: leaf.count), leaves: leaf)
        },
        Archive(name: "pointers without end to a bomb") {
            let leaf = try Gzip.compress([UInt8](repeating: 0, count: 50 << 20))
            return try packed(root: crowd(3000, length: leaf.count), leaves: leaf)
        },
        Archive(name: "a root that is a bomb") {
            try plain(root: Gzip.compress([UInt8](repeating: 1, count: 100 << 20))) {
                $0.internalCompression = .gzip
            }
        },
        Archive(name: "leaves of a quarter million entries each") {
            var leaves: [UInt8] = []
            var entries: [Entry] = []
            for index in 0..<200 {
                let leaf = try Gzip.compress(directory(tiles: 250_000, from: UInt64(index) * 250_000))
                entries.append(
                    Entry(id: UInt64(index) * 250_000, run: 0, length: leaf.count, offset: leaves.count))
                leaves += leaf
            }
            return try packed(root: directory(entries), leaves: leaves, data: [1])
        },
        Archive(name: "contents that overlap without end") {
            let entries = (0..<100_000).map { Entry(id: UInt64($0), run: 1, length: 500_000, offset: $0) }
            return try packed(
                root: directory(entries), data: [UInt8](repeating: 7, count: 600_000), type: .png)
        },
        Archive(name: "four billion tiles") {
            try plain(
                root: directory([Entry(id: 1, run: Int(UInt32.max), length: 4, offset: 0)]),
                data: [1, 2, 3, 4])
        },
        Archive(name: "sections of 2^63 bytes") {
            try plain(root: directory(tiles: 1, from: 0)) { header in
                header.data = .init(offset: 1 << 63, length: 1 << 63)
                header.leaves = .init(offset: UInt64.max, length: UInt64.max)
            }
        },
        Archive(name: "a root of 2^63 bytes") {
            try plain(root: directory(tiles: 1, from: 0)) { $0.root.length = 1 << 63 }
        },
        Archive(name: "a varint without end") { try plain(root: [UInt8](repeating: 0x80, count: 12)) },
        Archive(name: "metadata that is a bomb") {
            try packed(
                root: directory(tiles: 1, from: 0), data: [1],
                metadata: [UInt8](repeating: UInt8(ascii: " "), count: 100 << 20))
        },
        Archive(name: "metadata that goes deep") {
            try packed(
                root: directory(tiles: 1, from: 0), data: [1],
                metadata: [UInt8](repeating: UInt8(ascii: "["), count: 4 << 20))
        },
        Archive(name: "metadata of a million values") {
            try packed(
                root: directory(tiles: 1, from: 0), data: [1],
                metadata: Array("{\"a\":[0".utf8)
                    + [UInt8](repeating: 0, count: 1_000_000).flatMap { [0x2C, 0x30 + $0] }
                    + Array("]}".utf8))
        },
        Archive(name: "a tile that is a bomb") {
            try tiles(1) { _ in [UInt8](repeating: 0, count: 100 << 20) }
        },
        Archive(name: "a hundred tiles that are bombs just within the limit") {
            try tiles(100) { index in [UInt8](repeating: 0x78, count: (8 << 20) - index) }
        },
        Archive(name: "layers without end") { try tiles(20) { repeated([0x1A, 0], $0) } },
        Archive(name: "features without end") { try tiles(20) { layer(repeated([0x12, 0], $0)) } },
        Archive(name: "keys without end") { try tiles(20) { layer(repeated([0x1A, 0], $0)) } },
        Archive(name: "different keys without end") {
            try tiles(4) { seed in
                layer(
                    (0..<190_000).flatMap { index -> [UInt8] in
                        [0x1A, 35] + [UInt8](repeating: 0x61, count: 30)
                            + Array(String(100_000 + (index + seed) % 900_000).utf8.prefix(5))
                    })
            }
        },
        Archive(name: "values without end") { try tiles(20) { layer(repeated([0x22, 2, 0x28, 1], $0)) } },
        Archive(name: "different values without end") {
            try tiles(4) { seed in
                layer(
                    (0..<190_000).flatMap { index -> [UInt8] in
                        [
                            0x22, 4, 0x28, UInt8((index + seed) & 127) | 0x80,
                            UInt8((index >> 7) & 127) | 0x80, UInt8(index >> 14),
                        ]
                    })
            }
        },
        Archive(name: "tags without end") {
            try tiles(20) { layer([0x1A, 0] + field(0x12, field(0x12, repeated([0], $0)))) }
        },
        Archive(name: "lines without end") {
            try tiles(20) { seed in
                layer(field(0x12, [0x18, 2] + field(0x22, repeated([9, 2, 2, 10, 2, 2], seed))))
            }
        },
        Archive(name: "rings without end") {
            try tiles(20) { seed in
                layer(field(0x12, [0x18, 3] + field(0x22, repeated([9, 0, 0, 18, 2, 0, 0, 2, 15], seed))))
            }
        },
        Archive(name: "steps to nowhere without end") {
            try tiles(20) { seed in
                layer(field(0x12, [0x18, 2] + field(0x22, repeated([9, 2, 2, 10, 0, 0], seed))))
            }
        },
        Archive(name: "a picture of a billion pixels") {
            // Its header promises them; a chunk with a right checksum is all there is.
            let header: [UInt8] = [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 0, 0, 0, 0]
            let picture: [UInt8] =
                [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IEND", [])
            return try plain(
                root: directory([Entry(id: 0, run: 1, length: picture.count, offset: 0)]), data: picture,
                type: .png)
        },
    ]

    private struct Entry {
        var id: UInt64
        var run: Int
        var length: Int
        var offset: Int
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var (rest, bytes): (UInt64, [UInt8]) = (value, [])
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    /// A directory, uncompressed: a count, then four columns.
    private static func directory(_ entries: [Entry]) -> [UInt8] {
        var bytes = varint(UInt64(entries.count))
        var previous: UInt64 = 0
        for entry in entries {
            bytes += varint(entry.id - previous)
            previous = entry.id
        }
        for entry in entries { bytes += varint(UInt64(entry.run)) }
        for entry in entries { bytes += varint(UInt64(entry.length)) }
        for entry in entries { bytes += varint(UInt64(entry.offset) + 1) }
        return bytes
    }

    private static func directory(tiles: Int, from first: UInt64) -> [UInt8] {
        directory((0..<tiles).map { Entry(id: first + UInt64($0), run: 1, length: 1, offset: 0) })
    }

    private static func pointer(_ id: UInt64, _ offset: Int, _ length: Int) -> [UInt8] {
        directory([Entry(id: id, run: 0, length: length, offset: offset)])
    }

    /// Pointers that all lead to the first leaf.
    private static func crowd(_ count: Int, length: Int) -> [UInt8] {
        directory((0..<count).map { Entry(id: UInt64($0) * 1000, run: 0, length: length, offset: 0) })
    }

    private static func field(_ key: UInt8, _ content: [UInt8]) -> [UInt8] {
        [key] + varint(UInt64(content.count)) + content
    }

    /// A tile of one layer with a name, a version, an extent, and `content`.
    private static func layer(_ content: [UInt8]) -> [UInt8] {
        field(0x1A, [0x78, 2, 0x0A, 1, 0x61, 0x28, 0x80, 0x20] + content)
    }

    /// `unit` as often as goes into a tile, less often by `seed`: no two tiles are the same.
    private static func repeated(_ unit: [UInt8], _ seed: Int) -> [UInt8] {
        Array(repeatElement(unit, count: ((8 << 20) - 100) / unit.count - seed).joined())
    }

    /// A PNG chunk with its checksum, which is bitwise that of its specification's appendix.
    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let checked = Array(name.utf8) + content
        var remainder: UInt32 = ~0
        for byte in checked {
            remainder ^= UInt32(byte)
            for _ in 0..<8 { remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1 }
        }
        return bigEndian(UInt32(content.count)) + checked + bigEndian(~remainder)
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// An archive of `count` vector tiles.
    private static func tiles(_ count: Int, _ content: (Int) -> [UInt8]) throws -> [UInt8] {
        var data: [UInt8] = []
        var entries: [Entry] = []
        for index in 0..<count {
            let stored = try Gzip.compress(content(index))
            entries.append(Entry(id: UInt64(index), run: 1, length: stored.count, offset: data.count))
            data += stored
        }
        return try packed(root: directory(entries), data: data, type: .mvt)
    }

    /// An archive whose directories and metadata are compressed here.
    private static func packed(
        root: [UInt8], leaves: [UInt8] = [], data: [UInt8] = [1], type: PMTilesHeader.TileType = .other,
        metadata: [UInt8] = Array("{\"vector_layers\":[]}".utf8)
    ) throws -> [UInt8] {
        try plain(
            root: Gzip.compress(root), leaves: leaves, data: data, type: type,
            metadata: Gzip.compress(metadata)
        ) { header in
            header.internalCompression = .gzip
            header.tileCompression = type == .mvt ? .gzip : .none
        }
    }

    /// An archive of these parts as they are.
    private static func plain(
        root: [UInt8], leaves: [UInt8] = [], data: [UInt8] = [1], type: PMTilesHeader.TileType = .other,
        metadata: [UInt8] = Array("{}".utf8), _ edit: (inout PMTilesHeader) -> Void = { _ in }
    ) throws -> [UInt8] {
        var header = PMTilesHeader()
        header.internalCompression = .none
        header.tileCompression = .none
        header.tileType = type
        header.maxZoom = 26
        header.bounds = (-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)
        var end = UInt64(PMTilesHeader.size)
        func next(_ bytes: [UInt8]) -> PMTilesHeader.Section {
            defer { end += UInt64(bytes.count) }
            return .init(offset: end, length: UInt64(bytes.count))
        }
        header.root = next(root)
        header.metadata = next(metadata)
        header.leaves = next(leaves)
        header.data = next(data)
        edit(&header)
        return header.bytes + root + metadata + leaves + data
    }
}
