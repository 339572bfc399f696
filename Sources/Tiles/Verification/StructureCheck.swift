import Geo

/// Holds all entries of an archive against its header and against one another.
struct StructureCheck: DirectoryVisitor {
    /// Tiles of all entries.
    private(set) var tiles: UInt64 = 0
    /// Entries of tiles.
    private(set) var entries: UInt64 = 0
    /// Where the contents inside the tile data lie.
    private(set) var places: ContentPlaces
    /// Whether every directory could be read and every content found a place.
    private(set) var isComplete = true

    private let header: PMTilesHeader
    private let ledger: FindingLedger
    private let bounds: BoundsCheck?
    private var recorded: RecordedTiles?
    private var first: UInt64?
    private var last: UInt64 = 0
    private var end: UInt64 = 0
    private var leafBytes: UInt64 = 0
    private var isNested = false

    /// - Parameter record: what the archive should hold, nil where that is not known.
    init(_ header: PMTilesHeader, fileSize: UInt64, record: RecordedArchive?, _ ledger: FindingLedger) {
        self.header = header
        self.ledger = ledger
        places = ContentPlaces(fileSize: fileSize)
        bounds = BoundsCheck(header)
        recorded = record.map { RecordedTiles($0.tiles, ledger) }
    }

    mutating func entry(_ entry: PMTilesEntry) {
        tiles += UInt64(entry.run)
        entries += 1
        first = first ?? entry.id
        last = entry.id + UInt64(entry.run) - 1
        recorded?.match(entry.id, count: UInt64(entry.run))
        checkBounds(entry)
        let place = PMTilesHeader.Section(offset: entry.offset, length: UInt64(entry.length))
        guard place.isInside(header.data.length) else {
            isComplete = false
            return ledger.add(
                .entryOutside, tile: TileID(id: entry.id), byte: nil,
                "\(entry.length) bytes from \(entry.offset) on, the tile data has \(header.data.length)")
        }
        do throws(TileError) {
            // Behind a directory that was left out nobody knows what came before.
            if header.isClustered, isComplete { checkOrder(entry) }
            try places.insert(entry)
        } catch {
            if isComplete { ledger.add(.tileOverLimit, tile: TileID(id: entry.id), error.reason) }
            isComplete = false
        }
    }

    mutating func leaf(bytes: UInt64, depth: Int) {
        leafBytes += bytes
        if depth > 1, !isNested {
            isNested = true
            ledger.add(
                .directoryNested, byte: header.leaves.offset, "a leaf directory of a leaf directory")
        }
    }

    mutating func fault(_ code: TileFinding.Code, at byte: UInt64, _ reason: String) {
        isComplete = false
        ledger.add(code, byte: byte, reason)
    }

    /// What can be said when all entries are known.
    mutating func finish() {
        places.sort()
        checkPlaces()
        guard isComplete, let first else { return }
        recorded?.finish()
        checkCounts()
        checkZooms(first: first)
        if leafBytes != header.leaves.length {
            ledger.add(
                .directoryLayout, byte: header.leaves.offset,
                "leaf directories of \(leafBytes) bytes in a section of \(header.leaves.length)")
        }
    }

    private mutating func checkOrder(_ entry: PMTilesEntry) {
        let isNext = entry.offset == end
        if !isNext, entry.offset > end || places.index(of: ContentPlaces.Place(entry)) == nil {
            ledger.add(
                .entryOrder, tile: TileID(id: entry.id),
                "offset \(entry.offset) is neither \(end) nor that of an earlier content, the header says clustered"
            )
        }
        end = max(end, entry.offset + UInt64(entry.length))
    }

    private func checkBounds(_ entry: PMTilesEntry) {
        guard let bounds else { return }
        let zoom = TileID.firstID(zoom: header.maxZoom)..<TileID.firstID(zoom: header.maxZoom + 1)
        // The ends of a run stand for all of it: a run may have four billion tiles.
        let end = entry.id + UInt64(entry.run) - 1
        for id in entry.run == 1 ? [entry.id] : [entry.id, end] where zoom.contains(id) {
            if let tile = TileID(id: id), !bounds.explains(tile) {
                ledger.add(.boundsTile, tile: tile, "the tile lies outside the bounds and beside no edge")
            }
        }
    }

    private func checkPlaces() {
        var end: UInt64 = 0
        var unused: UInt64 = 0
        for place in places.places {
            if place.offset < end {
                ledger.add(
                    .entryOverlap, byte: header.data.offset + place.offset,
                    "the content of \(place.length) bytes shares bytes with the one before it")
            } else {
                unused += place.offset - end
            }
            end = max(end, place.end)
        }
        unused += header.data.length - end
        if unused > 0, isComplete, header.data.length > 0 {
            ledger.add(
                .entryUnreferenced, byte: header.data.offset, "\(unused) bytes of the tile data have no tile")
        }
    }

    private func checkCounts() {
        let counts: [(TileFinding.Code, UInt64, String, UInt64, UInt64)] = [
            (.countTiles, 72, "tiles", header.addressedTiles, tiles),
            (.countEntries, 80, "entries", header.tileEntries, entries),
            (.countContents, 88, "contents", header.tileContents, UInt64(places.places.count)),
        ]
        // 0 says that nobody counted.
        for (code, byte, name, claimed, found) in counts where claimed != 0 && claimed != found {
            ledger.add(code, byte: byte, "the header counts \(claimed) \(name), there are \(found)")
        }
    }

    private func checkZooms(first: UInt64) {
        guard let lowest = TileID(id: first)?.zoom, let highest = TileID(id: last)?.zoom else { return }
        if lowest < header.minZoom || highest > header.maxZoom {
            ledger.add(
                .zoomNarrow, byte: 100,
                "zooms \(header.minZoom) to \(header.maxZoom), tiles at \(lowest) to \(highest)")
        } else if lowest > header.minZoom || highest < header.maxZoom {
            ledger.add(
                .zoomWide, byte: 100,
                "zooms \(header.minZoom) to \(header.maxZoom), tiles at \(lowest) to \(highest)")
        }
    }
}
