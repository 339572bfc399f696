import Geo

/// Reads the header and holds it against the file and against itself.
struct HeaderCheck {
    private let source: any ByteReader
    private let ledger: FindingLedger

    init(_ source: any ByteReader, _ ledger: FindingLedger) {
        self.source = source
        self.ledger = ledger
    }

    /// The header, nil where it cannot be read; then nothing else can.
    func run() -> PMTilesHeader? {
        let header: PMTilesHeader
        do throws(TileError) {
            let head = try source.bytes(at: 0, count: Int(min(source.size, UInt64(PMTilesHeader.size))))
            header = try PMTilesHeader(head, fileSize: source.size) { fault in
                ledger.add(
                    fault.code == .truncated ? .sectionOutside : .headerValue, byte: fault.offset,
                    fault.reason)
            }
        } catch {
            ledger.add(
                error.code == .unreadable ? .fileUnreadable : .headerUnreadable, byte: error.offset,
                error.reason)
            return nil
        }
        sections(header)
        bounds(header)
        center(header)
        return header
    }

    private func sections(_ header: PMTilesHeader) {
        let size = source.size
        let start = PMTilesHeader.Section(offset: 0, length: UInt64(PMTilesHeader.size))
        let sections = [
            ("the header", start), ("the root directory", header.root), ("the metadata", header.metadata),
            ("the leaf directories", header.leaves), ("the tile data", header.data),
        ].filter { $0.1.length > 0 && $0.1.isInside(size) }.sorted {
            ($0.1.offset, $0.1.length) < ($1.1.offset, $1.1.length)
        }
        for (before, after) in zip(sections, sections.dropFirst()) {
            let end = before.1.offset + before.1.length
            if after.1.offset < end {
                ledger.add(
                    .sectionOverlap, byte: after.1.offset, "\(before.0) and \(after.0) share bytes")
            } else if after.1.offset > end {
                ledger.add(
                    .sectionGap, byte: end,
                    "\(after.1.offset - end) bytes between \(before.0) and \(after.0)")
            }
        }
        if let end = sections.map({ $0.1.offset + $0.1.length }).max(), end < size {
            ledger.add(.fileTrailing, byte: end, "\(size - end) bytes behind the last section")
        }
        let last = UInt64(PMTilesHeader.size + PMTilesHeader.maxRootLength)
        if header.root.isInside(size), header.root.offset + header.root.length > last {
            ledger.add(
                .rootTooLarge, byte: header.root.offset,
                "the root directory ends at byte \(header.root.offset + header.root.length), limit \(last)")
        }
    }

    private func bounds(_ header: PMTilesHeader) {
        let bounds = header.bounds
        if !Self.isInWorld(bounds.westE7, bounds.southE7) || !Self.isInWorld(bounds.eastE7, bounds.northE7) {
            ledger.add(.boundsWorld, byte: 102, "bounds \(Self.text(bounds)) leave the world")
        } else if bounds.westE7 > bounds.eastE7 || bounds.southE7 > bounds.northE7 {
            ledger.add(.boundsOrder, byte: 102, "bounds \(Self.text(bounds)) are the wrong way round")
        } else if bounds.westE7 == bounds.eastE7 || bounds.southE7 == bounds.northE7 {
            ledger.add(.boundsEmpty, byte: 102, "bounds \(Self.text(bounds)) have no area")
        }
    }

    private func center(_ header: PMTilesHeader) {
        if header.minZoom <= header.maxZoom,
            !(header.minZoom...header.maxZoom).contains(header.centerZoom)
        {
            ledger.add(
                .centerZoom, byte: 118,
                "centre at zoom \(header.centerZoom), tiles at \(header.minZoom) to \(header.maxZoom)")
        }
        let bounds = header.bounds
        let (longitude, latitude) = (header.centerLongitudeE7, header.centerLatitudeE7)
        if longitude < bounds.westE7 || longitude > bounds.eastE7 || latitude < bounds.southE7
            || latitude > bounds.northE7
        {
            ledger.add(
                .centerOutside, byte: 119,
                "centre \(Coordinate.degrees(latitude)),\(Coordinate.degrees(longitude)), bounds \(Self.text(bounds))"
            )
        }
    }

    private static func isInWorld(_ longitudeE7: Int32, _ latitudeE7: Int32) -> Bool {
        longitudeE7.magnitude <= 1_800_000_000 && latitudeE7.magnitude <= 900_000_000
    }

    /// West, south, east and north in degrees.
    private static func text(
        _ bounds: (westE7: Int32, southE7: Int32, eastE7: Int32, northE7: Int32)
    ) -> String {
        [bounds.westE7, bounds.southE7, bounds.eastE7, bounds.northE7].map(Coordinate.degrees)
            .joined(separator: ",")
    }
}
