import Canonical
import Geo
import Testing

@testable import Tiles

@Suite struct ArchiveVerificationTests {
    private static func entry(_ id: UInt64, _ offset: UInt64, _ length: UInt32 = 1, run: UInt32 = 1)
        -> PMTilesEntry
    {
        PMTilesEntry(id: id, offset: offset, length: length, run: run)
    }

    private static let three = [entry(0, 0), entry(1, 1), entry(2, 2)]

    @Test(arguments: 0..<8) func ownArchivesAreSound(seed: UInt64) throws {
        let sample = try SampleArchive.coverage(leaves: Int(seed) * 4 + 1, seed: seed)
        let report = ArchiveVerification.run(
            ByteArray(sample.bytes), readsContents: true, record: sample.record)
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.tiles == UInt64(sample.record.tiles.count))
        #expect(report.contentsRead == report.contents && report.contents > 0)
        #expect(report.layers.map(\.name) == ["coverage"] && report.layers.first?.zooms == 0...14)
        #expect(report.layers.first?.overhangPermille == 0 && report.notLookedAt.isEmpty)
    }

    @Test func emptyAndRasterArchivesAreSound() throws {
        for type in [PMTilesHeader.TileType.mvt, .png] {
            let archive = try PMTilesWriter.archive(tiles: [], description: PMTilesTests.description(type))
            #expect(findings(archive).isEmpty)
        }
        var random = SeededRandom(3)
        let pictures = PMTilesTests.tiles([0, 1, 2, 5]) { _ in
            (try? RasterGrid(random.summary(squares: 20), style: .coverage).png(side: 256)) ?? []
        }
        let archive = try PMTilesWriter.archive(tiles: pictures, description: PMTilesTests.description(.png))
        #expect(findings(archive).isEmpty)
    }

    @Test func archivesWithLeafDirectoriesAreSound() throws {
        var random = SeededRandom(4)
        let tiles = PMTilesTests.tiles((0..<40_000).map { $0 * 3 }) {
            [UInt8($0 % 200), UInt8($0 / 200 % 200)]
        }
        let archive = try PMTilesWriter.archive(tiles: tiles, description: PMTilesTests.description(.png))
        var report = ArchiveVerification.run(ByteArray(archive), readsContents: false)
        #expect(report.findings.isEmpty && report.tiles == 40_000 && report.contentsRead == 0)
        #expect(report.notLookedAt.count == 1)
        // One byte less of one leaf directory: it is found, and all other directories are read all the same.
        let header = try PMTilesReader(ByteArray(archive)).header
        var damaged = archive
        damaged[Int(header.leaves.offset) + Int.random(in: 20..<200, using: &random)] ^= 0x40
        report = ArchiveVerification.run(ByteArray(damaged), readsContents: false)
        #expect(report.counts.map(\.code) == [.directoryUnreadable])
        #expect(report.tiles > 30_000 && report.tiles < 40_000)
    }

    /// Archives with one fault each, and the finding it must give.
    static let faults: [(code: TileFinding.Code, archive: [UInt8])] = {
        func plain(
            _ entries: [PMTilesEntry] = three, leaves: [UInt8] = [], data: [UInt8] = [1, 2, 3],
            metadata: String = "{}", _ edit: (inout PMTilesHeader) -> Void = { _ in }
        ) -> [UInt8] {
            SampleArchive.plain(entries, leaves: leaves, data: data, metadata: metadata) { header in
                header.maxZoom = 1
                edit(&header)
            }
        }
        let leaf = PMTilesDirectory.bytes([entry(0, 0)])
        let pointer = PMTilesDirectory.bytes([entry(0, UInt64(leaf.count), UInt32(leaf.count), run: 0)])
        return [
            (.headerUnreadable, Array(plain()[..<100])), (.headerUnreadable, [0] + plain().dropFirst()),
            (.headerUnreadable, Array(plain()[..<7]) + [2] + plain()[8...]),
            (.headerValue, Array(plain()[..<96]) + [2] + plain()[97...]),
            (.headerValue, Array(plain()[..<99]) + [7] + plain()[100...]),
            (.headerValue, plain { ($0.minZoom, $0.maxZoom) = (3, 2) }),
            (.headerValue, plain { $0.maxZoom = 27 }),
            (.fileTrailing, plain() + [0]), (.sectionOutside, plain().dropLast()),
            (.sectionOutside, plain { $0.data.length = 1 << 63 }),
            (.sectionOutside, plain { $0.leaves = .init(offset: 1 << 63, length: 1 << 63) }),
            (.sectionOutside, plain { $0.root.offset = UInt64.max }),
            (.sectionOverlap, plain { $0.metadata.length += 1 }),
            (
                .sectionGap,
                plain(data: [9, 1, 2, 3]) { ($0.data.offset, $0.data.length) = ($0.data.offset + 1, 3) }
            ),
            (
                .rootTooLarge,
                SampleArchive.plain((0..<6000).map { entry($0, 0) }, data: [1]) { $0.maxZoom = 6 }
            ),
            (.directoryUnreadable, SampleArchive.plain(root: [1, 0, 1, 0, 1], data: [1])),
            (.directoryUnreadable, plain { $0.internalCompression = .brotli }),
            (.directoryOutside, plain([entry(0, 0, 9, run: 0)], leaves: leaf)),
            (.directoryRange, plain([entry(1, 0, UInt32(leaf.count), run: 0)], leaves: leaf)),
            (
                .directoryDepth,
                plain([entry(0, 0, 5, run: 0)], leaves: PMTilesDirectory.bytes([entry(0, 0, 5, run: 0)]))
            ),
            (
                .directoryNested,
                plain([entry(0, 0, UInt32(pointer.count), run: 0)], leaves: pointer + leaf, data: [1]) {
                    $0.maxZoom = 0
                }
            ),
            (.directoryLayout, plain(leaves: leaf)),
            (.entryOutside, plain([entry(0, 0), entry(1, 1), entry(2, 3)])),
            (.entryOutside, plain([entry(0, 0), entry(1, 1), entry(2, 1 << 62)])),
            (.entryOrder, plain([entry(0, 0), entry(1, 2), entry(2, 0)]) { $0.isClustered = true }),
            (.entryOverlap, plain([entry(0, 0, 2), entry(1, 1), entry(2, 2)])),
            (.entryUnreferenced, plain([entry(0, 0), entry(1, 0), entry(2, 2)])),
            (.countTiles, plain { $0.addressedTiles = 4 }), (.countEntries, plain { $0.tileEntries = 2 }),
            (.countContents, plain { $0.tileContents = 1 << 63 }),
            (.zoomNarrow, plain { $0.maxZoom = 0 }),
            (.zoomNarrow, plain { ($0.minZoom, $0.centerZoom) = (1, 1) }),
            (.zoomWide, plain { $0.maxZoom = 2 }),
            (.boundsWorld, plain { $0.bounds.eastE7 = 1_800_000_001 }),
            (.boundsWorld, plain { $0.bounds.southE7 = Int32.min }),
            (.boundsOrder, plain { $0.bounds.northE7 = -860_000_000 }),
            (.boundsEmpty, plain { ($0.bounds.westE7, $0.bounds.eastE7) = (0, 0) }),
            (.centerZoom, plain { $0.centerZoom = 9 }),
            (.centerOutside, plain { $0.centerLatitudeE7 = 899_999_999 }),
            (.metadataUnreadable, plain(metadata: "[]")), (.metadataUnreadable, plain(metadata: "{")),
        ]
    }()

    @Test(arguments: faults.indices) func everyFaultHasItsFinding(index: Int) {
        let (code, archive) = Self.faults[index]
        let found = findings(archive, contents: false)
        #expect(found[code] == 1, "\(code): \(found)")
        // What follows from one fault may be found as well, but no fault is only a warning unless its code is.
        #expect(code.isWarning == found.keys.allSatisfy(\.isWarning), "\(code): \(found)")
    }

    @Test func theArchiveBehindTheseIsSound() {
        #expect(findings(SampleArchive.plain(Self.three, data: [1, 2, 3]) { $0.maxZoom = 1 }).isEmpty)
    }

    @Test func severalFaultsAreAllFound() {
        let archive = SampleArchive.plain(
            [Self.entry(0, 0), Self.entry(1, 7), Self.entry(2, 9)], data: [1, 2, 3], metadata: "nothing"
        ) { header in
            (header.minZoom, header.maxZoom, header.centerZoom) = (0, 1, 5)
            header.bounds.eastE7 = Int32.max
        }
        #expect(
            findings(archive, contents: false)
                == [
                    .entryOutside: 2, .metadataUnreadable: 1, .centerZoom: 1, .boundsWorld: 1,
                    .centerOutside: 1,
                ].filter { $0.key != .centerOutside })
    }

    @Test func tilesFarFromTheBoundsAreFound() throws {
        let near = try #require(TileID(zoom: 5, column: 10, row: 10))
        let beside = try #require(TileID(zoom: 5, column: 11, row: 11))
        let far = try #require(TileID(zoom: 5, column: 13, row: 10))
        let bounds = try #require(MapBounds(around: [near]))
        for (tile, count) in [(near, nil), (beside, nil), (far, 1)] {
            let archive = SampleArchive.plain([Self.entry(tile.id, 0)], data: [1]) { header in
                (header.minZoom, header.maxZoom, header.centerZoom) = (5, 5, 5)
                header.bounds = (bounds.westE7, bounds.southE7, bounds.eastE7, bounds.northE7)
                (header.centerLongitudeE7, header.centerLatitudeE7) = bounds.center
            }
            #expect(findings(archive)[.boundsTile] == count, "\(tile)")
        }
        // The map goes round: a buffer beyond 180 degrees lies in the first column.
        let last = try #require(TileID(zoom: 5, column: 31, row: 10))
        let first = try #require(TileID(zoom: 5, column: 0, row: 10))
        let edge = try #require(MapBounds(around: [last]))
        let archive = SampleArchive.plain([Self.entry(first.id, 0)], data: [1]) { header in
            (header.minZoom, header.maxZoom, header.centerZoom) = (5, 5, 5)
            header.bounds = (edge.westE7, edge.southE7, edge.eastE7, edge.northE7)
            (header.centerLongitudeE7, header.centerLatitudeE7) = edge.center
        }
        #expect(findings(archive).isEmpty)
    }

    @Test func findingsAreCountedBeyondThoseKept() {
        let entries = (0..<500).map { Self.entry($0, 5 + $0) }
        let report = ArchiveVerification.run(
            ByteArray(SampleArchive.plain(entries, data: [1]) { $0.maxZoom = 4 }), readsContents: true)
        #expect(report.findings.count { $0.code == .entryOutside } == 100)
        #expect(report.counts.first { $0.code == .entryOutside }?.count == 500)
        #expect(report.errors == 500 && report.warnings == 0 && !report.isSound)
    }

    @Test func codesAreStable() {
        let codes = TileFinding.Code.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count)
        #expect(
            codes.allSatisfy {
                $0.wholeMatch(of: /[a-z]+\.[a-z_]+/) != nil
            })
    }
}
