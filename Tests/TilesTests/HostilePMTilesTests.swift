import Geo
import Testing

@testable import Tiles

@Suite struct HostilePMTilesTests {
    /// An archive with plain directories, so that damage reaches the directory reader.
    private static func archive(
        root: [UInt8], leaves: [UInt8] = [], data: [UInt8] = [1, 2, 3, 4],
        _ edit: (inout PMTilesHeader) -> Void = { _ in }
    ) -> [UInt8] {
        var header = PMTilesHeader()
        header.internalCompression = .none
        header.tileCompression = .none
        header.tileType = .png
        header.root = .init(offset: 127, length: UInt64(root.count))
        header.metadata = .init(offset: 127 + UInt64(root.count), length: 2)
        header.leaves = .init(offset: header.metadata.offset + 2, length: UInt64(leaves.count))
        header.data = .init(offset: header.leaves.offset + UInt64(leaves.count), length: UInt64(data.count))
        edit(&header)
        return header.bytes + root + Array("{}".utf8) + leaves + data
    }

    /// Reads all that can be read; the first refusal.
    private static func readAll(_ archive: [UInt8]) -> TileError? {
        refusal { () throws(TileError) in
            let reader = try PMTilesReader(ByteArray(archive))
            _ = try reader.metadata()
            try reader.forEachEntry { (entry) throws(TileError) in
                _ = try reader.uncompressed(try reader.stored(entry))
            }
            _ = try TileStatistics(of: reader)
        }
    }

    private static let plain = PMTilesDirectory.bytes([PMTilesEntry(id: 0, offset: 0, length: 4, run: 1)])

    private static func pointer(id: UInt64, length: Int) -> [UInt8] {
        PMTilesDirectory.bytes([PMTilesEntry(id: id, offset: 0, length: UInt32(length), run: 0)])
    }

    @Test func theArchiveBehindTheseIsValid() { #expect(Self.readAll(Self.archive(root: Self.plain)) == nil) }

    static let directories: [(what: String, root: [UInt8])] = [
        ("no entries", [0]), ("nothing", []), ("count of 2^63", [UInt8](repeating: 0x80, count: 9) + [1]),
        ("count beyond the bytes", [200, 1, 1, 1, 1]),
        ("varint of 11 bytes", [UInt8](repeating: 0x80, count: 11)),
        ("identifier twice", [2, 0, 0, 1, 1, 1, 1, 1, 1]),
        ("identifiers overflow", [2, 1] + [UInt8](repeating: 0xFF, count: 9) + [1, 1, 1, 1, 1, 1, 1]),
        ("runs overlap", [2, 0, 1, 2, 1, 1, 1, 1, 1]), ("length 0", [1, 0, 1, 0, 1]),
        ("length of 33 bits", [1, 0, 1, 0x80, 0x80, 0x80, 0x80, 0x10, 1]),
        ("first offset 0", [1, 0, 1, 1, 0]),
        ("offset beyond 64 bits", [1, 0, 1, 4] + [UInt8](repeating: 0xFF, count: 9) + [1]),
        ("run beyond 32 bits", [1, 0, 0x80, 0x80, 0x80, 0x80, 0x10, 1, 1]),
        ("beyond the deepest zoom", [1] + [UInt8](repeating: 0xFF, count: 8) + [0x7F, 1, 1, 1]),
        ("bytes behind", [1, 0, 1, 4, 1, 0]), ("tile outside the data", [1, 0, 1, 5, 1]),
        ("leaf outside the leaves", [1, 0, 0, 5, 1]), ("cut off", [1, 0, 1, 4]),
    ]

    @Test(arguments: directories.indices) func brokenDirectoriesAreRefused(index: Int) {
        let (what, root) = Self.directories[index]
        let error = Self.readAll(Self.archive(root: root))
        #expect(error != nil && error?.reason.isEmpty == false, "\(what)")
    }

    @Test func directoriesThatPointAtThemselvesEnd() {
        let leaf = Self.pointer(id: 0, length: 5)
        #expect(leaf.count == 5)
        #expect(Self.readAll(Self.archive(root: leaf, leaves: leaf))?.code == .overLimit)
        // Many entries that all point at one leaf: it lies in the range of only one of them.
        let crowd = (0..<1000).map { PMTilesEntry(id: $0, offset: 0, length: 5, run: 0) }
        #expect(Self.readAll(Self.archive(root: PMTilesDirectory.bytes(crowd), leaves: leaf)) != nil)
        let reader = try? PMTilesReader(ByteArray(Self.archive(root: leaf, leaves: leaf)))
        let error = refusal { () throws(TileError) in
            guard let tile = TileID(zoom: 3, column: 1, row: 1) else { return }
            _ = try reader?.tile(at: tile)
        }
        #expect(error?.code == .overLimit)
    }

    @Test func leavesStayInTheirRange() {
        let root = PMTilesDirectory.bytes([
            PMTilesEntry(id: 10, offset: 0, length: 5, run: 0),
            PMTilesEntry(id: 20, offset: 0, length: 4, run: 1),
        ])
        for (id, run, isValid) in [
            (10, 1, true), (19, 1, true), (9, 1, false), (20, 1, false), (19, 2, false),
        ] {
            let leaf = PMTilesDirectory.bytes([
                PMTilesEntry(id: UInt64(id), offset: 0, length: 4, run: UInt32(run))
            ])
            #expect((Self.readAll(Self.archive(root: root, leaves: leaf)) == nil) == isValid, "\(id)")
        }
    }

    @Test func aLeafOfALeafStaysInTheRangeOfBoth() {
        // The root gives 10..<20 to a leaf, which hands all from 12 on to a leaf below it.
        let root = PMTilesDirectory.bytes([
            PMTilesEntry(id: 10, offset: 0, length: 5, run: 0),
            PMTilesEntry(id: 20, offset: 0, length: 4, run: 1),
        ])
        for (id, isValid) in [(12, true), (19, true), (20, false), (30, false)] {
            let lower = PMTilesDirectory.bytes([PMTilesEntry(id: UInt64(id), offset: 0, length: 4, run: 1)])
            let upper = PMTilesDirectory.bytes([PMTilesEntry(id: 12, offset: 5, length: 5, run: 0)])
            #expect(
                (Self.readAll(Self.archive(root: root, leaves: upper + lower)) == nil) == isValid, "\(id)")
        }
    }

    @Test func aRunOfFourBillionTilesIsCountedNotWalked() throws {
        let root = PMTilesDirectory.bytes([PMTilesEntry(id: 1, offset: 0, length: 4, run: UInt32.max)])
        let reader = try PMTilesReader(ByteArray(Self.archive(root: root)))
        let zooms = try TileStatistics(of: reader).zooms
        #expect(zooms.reduce(0) { $0 + $1.tiles } == UInt64(UInt32.max))
        #expect(zooms.first?.z == 1 && zooms.first?.tiles == 4)
    }

    @Test func headersAreChecked() {
        let edits: [(String, (inout PMTilesHeader) -> Void)] = [
            ("root outside", { $0.root.offset = 1 << 63 }), ("root of 2^63", { $0.root.length = 1 << 63 }),
            ("sum overflows", { $0.data = .init(offset: 100, length: UInt64.max) }),
            ("leaves outside", { $0.leaves.offset = 10_000 }),
            ("metadata outside", { $0.metadata.length = 1000 }),
            ("brotli inside", { $0.internalCompression = .brotli }),
            ("zooms", { ($0.minZoom, $0.maxZoom) = (3, 2) }),
            ("zoom 27", { $0.maxZoom = 27 }), ("tiles in zstd", { $0.tileCompression = .zstd }),
            ("tiles no gzip", { $0.tileCompression = .gzip }), ("no MVT", { $0.tileType = .mvt }),
        ]
        for (what, edit) in edits {
            #expect(Self.readAll(Self.archive(root: Self.plain, edit)) != nil, "\(what)")
        }
        var wrong = Self.archive(root: Self.plain)
        wrong[7] = 2
        #expect(Self.readAll(wrong)?.code == .unsupported)
        wrong[0] = 0
        #expect(Self.readAll(wrong)?.code == .malformed)
        wrong = Self.archive(root: Self.plain)
        wrong[98] = 9
        #expect(Self.readAll(wrong)?.offset == 98)
    }

    @Test func damageNeverCrashes() throws {
        var random = SeededRandom(21)
        let all = TilePyramid.all(leaves: random.leaves(1)).sorted { $0.tile < $1.tile }
        let archive = try PMTilesWriter.archive(
            tiles: all.map { ($0.tile, try Gzip.compress(MVTEncoder.encode(coverage: $0.summary))) },
            description: PMTilesTests.description())
        #expect(Self.readAll(archive) == nil)
        for count in 0..<archive.count { #expect(Self.readAll(Array(archive[..<count])) != nil) }
        var found = 0
        flipped(archive, count: 2000, seed: 22) { damaged in
            if let error = Self.readAll(damaged) {
                found += 1
                #expect(!error.reason.isEmpty)
            }
        }
        // What is left are bits of the header that no reading depends on, as counts and bounds.
        #expect(found > 1900)
        let plain = Self.archive(
            root: PMTilesDirectory.bytes((0..<50).map { .init(id: $0 * 3, offset: 0, length: 4, run: 2) }))
        flipped(plain, count: 2000, seed: 23) { damaged in _ = Self.readAll(damaged) }
        for count in 0..<plain.count { _ = Self.readAll(Array(plain[..<count])) }
    }
}
