import Tiles

extension HostileArchives {
    /// What hostile archives are put together from, byte by byte and without the program's own encoders.
    enum Parts {
        struct Entry {
            var id: UInt64
            var run: Int
            var length: Int
            var offset: Int
        }

        static func varint(_ value: UInt64) -> [UInt8] {
            var (rest, bytes): (UInt64, [UInt8]) = (value, [])
            while rest >= 0x80 {
                bytes.append(UInt8(rest & 0x7F) | 0x80)
                rest >>= 7
            }
            return bytes + [UInt8(rest)]
        }

        /// `unit` again and again, at most `bytes` long in all.
        static func repeated(_ unit: [UInt8], bytes: Int) -> [UInt8] {
            var result = unit
            while result.count < bytes { result += result }
            return Array(result.prefix(bytes / unit.count * unit.count))
        }

        // MARK: Directories

        /// A directory, uncompressed: a count, then four columns.
        static func directory(_ entries: [Entry]) -> [UInt8] {
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

        /// A directory of tiles that follow one another and all have the first byte of the data.
        static func directory(tiles: Int, from first: UInt64) -> [UInt8] {
            varint(UInt64(tiles)) + varint(first) + [UInt8](repeating: 1, count: 4 * tiles - 1)
        }

        static func pointer(length: Int) -> [UInt8] {
            directory([Entry(id: 0, run: 0, length: length, offset: 0)])
        }

        /// Pointers that all lead to the first leaf.
        static func crowd(_ count: Int, length: Int) -> [UInt8] {
            directory((0..<count).map { Entry(id: UInt64($0) * 1000, run: 0, length: length, offset: 0) })
        }

        static func fullLeaves(_ count: Int, entries: Int) throws -> [UInt8] {
            var leaves: [UInt8] = []
            var pointers: [Entry] = []
            for first in stride(from: 0, to: count * entries, by: entries) {
                let leaf = try Gzip.compress(directory(tiles: entries, from: UInt64(first)))
                pointers.append(Entry(id: UInt64(first), run: 0, length: leaf.count, offset: leaves.count))
                leaves += leaf
            }
            return try packed(root: directory(pointers), leaves: leaves, type: .png)
        }

        static func overlapping(_ count: Int) throws -> [UInt8] {
            let entries = (0..<count).map { Entry(id: UInt64($0), run: 1, length: 500_000, offset: $0) }
            return try packed(
                root: directory(entries), data: [UInt8](repeating: 7, count: 600_000), type: .png)
        }

        // MARK: Tiles

        static func field(_ key: UInt8, _ content: [UInt8]) -> [UInt8] {
            [key] + varint(UInt64(content.count)) + content
        }

        /// A tile of one layer with a name, a version, an extent, and `content`.
        static func layer(_ content: [UInt8]) -> [UInt8] {
            field(0x1A, [0x78, 2, 0x0A, 1, 0x61, 0x28, 0x80, 0x20] + content)
        }

        static func feature(_ type: UInt8, _ commands: [UInt8]) -> [UInt8] {
            field(0x12, [0x18, type] + field(0x22, commands))
        }

        static func moveTo(_ count: Int) -> [UInt8] { varint(UInt64(count) << 3 | 1) }

        /// An archive of `count` vector tiles.
        static func tiles(_ count: Int, _ content: (Int) -> [UInt8]) throws -> [UInt8] {
            var data: [UInt8] = []
            var entries: [Entry] = []
            for index in 0..<count {
                let stored = try Gzip.compress(content(index))
                entries.append(Entry(id: UInt64(index), run: 1, length: stored.count, offset: data.count))
                data += stored
            }
            return try packed(root: directory(entries), data: data, type: .mvt)
        }

        /// An archive of one picture, whose header promises more than its empty chunks hold.
        static func picture(side: UInt32, chunks: Int) throws -> [UInt8] {
            let header = bigEndian(side) + bigEndian(side) + [8, 0, 0, 0, 0]
            let empty = chunk("teXt", [])
            let picture =
                [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
                + repeated(empty, bytes: empty.count * chunks) + chunk("IEND", [])
            return try plain(
                root: directory([Entry(id: 0, run: 1, length: picture.count, offset: 0)]), data: picture,
                type: .png)
        }

        /// A PNG chunk with its checksum (ISO 3309), bit by bit.
        private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
            let checked = Array(name.utf8) + content
            var remainder: UInt32 = ~0
            for byte in checked {
                remainder ^= UInt32(byte)
                for _ in 0..<8 {
                    remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1
                }
            }
            return bigEndian(UInt32(content.count)) + checked + bigEndian(~remainder)
        }

        private static func bigEndian(_ value: UInt32) -> [UInt8] {
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
        }

        // MARK: Archives

        /// An archive whose directories and metadata are compressed here.
        static func packed(
            root: [UInt8], leaves: [UInt8] = [], data: [UInt8] = [1],
            type: PMTilesHeader.TileType = .other,
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
        static func plain(
            root: [UInt8], leaves: [UInt8] = [], data: [UInt8] = [1],
            type: PMTilesHeader.TileType = .other, metadata: [UInt8] = Array("{}".utf8),
            _ edit: (inout PMTilesHeader) -> Void = { _ in }
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
}
