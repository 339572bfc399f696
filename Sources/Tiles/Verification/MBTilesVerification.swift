import Canonical
import Geo

extension ArchiveVerification {
    /// Verifies the MBTiles file `file`: its rows, its metadata against the specification and against the tiles, and
    /// with `readsContents` every tile. The pages of the database are SQLite's to check.
    public static func run(_ file: MBTilesReader, readsContents: Bool) -> ArchiveReport {
        let ledger = FindingLedger()
        var report = ArchiveReport()
        let rows = MBTilesRowsCheck(file, ledger)
        let metadata = metadata(file, ledger)
        MBTilesMetadataCheck(metadata, ledger).run(zooms: rows.zooms)
        (report.tiles, report.contents) = (UInt64(rows.rows.count), rows.rows.count)
        if readsContents {
            let layers = MetadataCheck(metadata, needsLayers: file.tileType == .mvt, ledger)
            let bytes = rows.rows.reduce(UInt64(0)) { $0 + UInt64($1.length) }
            var check = ContentCheck(
                file.tileType, size: bytes, hashes: false, isOurs: layers.describesCoverage, ledger
            ) { (stored) throws(TileError) in try file.uncompressed(stored) }
            var frames = ZoomFrames()
            for row in rows.rows {
                guard !check.isSpent, let tile = TileID(id: row.id) else { break }
                do throws(TileError) {
                    frames.add(check.run(try file.stored(row.run), of: tile).frames, of: row.run)
                } catch {
                    check.skip(tile, error)
                }
            }
            check.finish(layers, frames, &report, ledger)
        }
        report.notLookedAt = omissions(file, readsContents: readsContents)
        report.take(ledger)
        return report
    }

    private static func metadata(_ file: MBTilesReader, _ ledger: FindingLedger) -> JSONValue {
        do throws(TileError) { return try file.metadata() } catch {
            ledger.add(.metadataUnreadable, error.description)
            return .object([:])
        }
    }

    private static func omissions(_ file: MBTilesReader, readsContents: Bool) -> [String] {
        var omissions = ["the pages of the database (PRAGMA integrity_check of sqlite3 reads them)"]
        if !readsContents { omissions.append("what is in the tiles (--contents reads it)") }
        if readsContents, ![.mvt, .png].contains(file.tileType) {
            omissions.append("what is in tiles of type \(file.tileType), beyond their first bytes")
        }
        return omissions
    }
}

/// The rows of `tiles`: which of them are tiles, each once.
private struct MBTilesRowsCheck {
    private(set) var rows: [MBTilesRow] = []

    /// The zooms there are tiles of; nil where there are none.
    var zooms: ClosedRange<UInt8>? {
        let zooms = [rows.first, rows.last].compactMap { row in row.flatMap { TileID(id: $0.id)?.zoom } }
        return zooms.count == 2 ? zooms[0]...zooms[1] : nil
    }

    init(_ file: MBTilesReader, _ ledger: FindingLedger) {
        do throws(TileError) {
            rows = try file.sortedRows { error in ledger.add(.rowInvalid, error.description) }
        } catch {
            ledger.add(.fileUnreadable, error.description)
        }
        for (row, next) in zip(rows, rows.dropFirst()) where row.id == next.id {
            ledger.add(.rowTwice, tile: TileID(id: row.id), "two rows have the tile")
        }
    }
}

/// The rows of `metadata` as MBTiles 1.3 wants them ("Metadata", "Content").
private struct MBTilesMetadataCheck {
    private let members: [String: JSONValue]
    private let ledger: FindingLedger

    init(_ metadata: JSONValue, _ ledger: FindingLedger) {
        if case .object(let members) = metadata { self.members = members } else { members = [:] }
        self.ledger = ledger
    }

    /// - Parameter zooms: those of the tiles.
    func run(zooms: ClosedRange<UInt8>?) {
        for name in ["name", "format"] where members[name] == nil {
            ledger.add(.metadataMember, "the row '\(name)' is missing")
        }
        for name in ["bounds", "center", "minzoom", "maxzoom"] where members[name] == nil {
            ledger.add(.metadataRecommended, "the row '\(name)' is missing, which should be there")
        }
        checkBounds()
        checkZooms(zooms)
    }

    private func text(_ name: String) -> String? {
        guard case .string(let text)? = members[name] else { return nil }
        return text
    }

    private func checkBounds() {
        guard let text = text("bounds") else { return }
        let edges = text.split(separator: ",", omittingEmptySubsequences: false).map {
            DegreeText.valueE7(String($0))
        }
        guard edges.count == 4, case let numbers = edges.compactMap({ $0 }), numbers.count == 4 else {
            ledger.add(.metadataMember, "bounds '\(text)' are not four numbers: west, south, east, north")
            return
        }
        if numbers[0].magnitude > 1_800_000_000 || numbers[2].magnitude > 1_800_000_000
            || numbers[1].magnitude > 900_000_000 || numbers[3].magnitude > 900_000_000
        {
            ledger.add(.boundsWorld, "bounds \(text) leave the world")
        } else if numbers[0] > numbers[2] || numbers[1] > numbers[3] {
            ledger.add(.boundsOrder, "bounds \(text) are the wrong way round")
        }
    }

    private func checkZooms(_ zooms: ClosedRange<UInt8>?) {
        guard let lowest = text("minzoom"), let highest = text("maxzoom") else { return }
        guard let lowest = UInt8(lowest), let highest = UInt8(highest), lowest <= highest else {
            ledger.add(.metadataMember, "minzoom '\(lowest)' and maxzoom '\(highest)' are no range of zooms")
            return
        }
        guard let zooms, zooms != lowest...highest else { return }
        ledger.add(
            (lowest...highest).contains(zooms) ? .zoomWide : .zoomNarrow,
            "zooms \(lowest) to \(highest), tiles at \(zooms.lowerBound) to \(zooms.upperBound)")
    }
}
