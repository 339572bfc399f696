import Geo

/// What a ``DirectoryWalk`` comes across.
protocol DirectoryVisitor {
    /// An entry of tiles; its identifiers are above those of all entries before it.
    mutating func entry(_ entry: PMTilesEntry)
    /// A leaf directory of so many bytes, `depth` levels below the root.
    mutating func leaf(bytes: UInt64, depth: Int)
    /// A directory that is left out, and all below it with it.
    mutating func fault(_ code: TileFinding.Code, at byte: UInt64, _ reason: String)
}

/// Walks the directories of an archive by ascending identifier, and goes on behind those it cannot read.
///
/// As a leaf stays inside the range its entry gives it, every walk ends.
struct DirectoryWalk {
    /// Bytes of one directory, uncompressed: some 250,000 entries, ten times what the largest archives have. All
    /// levels of directories must fit into memory together.
    private static let maxBytes = 1 << 20
    private static let maxDepth = 3
    /// Bytes of directories that even the smallest archive may have.
    private static let baseWork = 8 << 20

    private let source: any ByteReader
    private let header: PMTilesHeader
    private var budget: WorkBudget

    init(_ source: any ByteReader, _ header: PMTilesHeader) {
        self.source = source
        self.header = header
        budget = WorkBudget(
            base: Self.baseWork, size: header.root.length.addingReportingOverflow(header.leaves.length).0)
    }

    mutating func run<Visitor: DirectoryVisitor>(_ visitor: inout Visitor) {
        // The finding that names the section's place says enough.
        guard header.root.isInside(source.size) else { return }
        let all = 0..<TileID.firstID(zoom: TileID.maxZoom + 1)
        read("root directory", header.root, range: all, depth: 0, &visitor)
    }

    private mutating func read<Visitor: DirectoryVisitor>(
        _ name: String, _ section: PMTilesHeader.Section, range: Range<UInt64>, depth: Int,
        _ visitor: inout Visitor
    ) {
        let entries: [PMTilesEntry]
        do throws(TileError) {
            let bytes = try PMTilesReader.section(name, section, source, header, limit: Self.maxBytes)
            guard budget.spend(Int(clamping: section.length) + bytes.count) else {
                return visitor.fault(
                    .tileOverLimit, at: section.offset, "directories of too many bytes for so short a file")
            }
            entries = try PMTilesDirectory.entries(bytes)
        } catch {
            _ = budget.spend(WorkBudget.cost(ofFailed: section.length, limit: Self.maxBytes))
            let code: TileFinding.Code = error.code == .unreadable ? .fileUnreadable : .directoryUnreadable
            return visitor.fault(code, at: section.offset, "\(name): \(error)")
        }
        guard let first = entries.first, let last = entries.last, first.id >= range.lowerBound,
            last.id < range.upperBound, last.id + UInt64(last.run) <= range.upperBound
        else {
            return visitor.fault(
                .directoryRange, at: section.offset,
                "tiles beyond \(range.lowerBound)..<\(range.upperBound), which its entry gives it")
        }
        for index in entries.indices {
            if budget.isSpent { return }
            guard entries[index].run == 0 else {
                visitor.entry(entries[index])
                continue
            }
            let end = index + 1 < entries.count ? entries[index + 1].id : range.upperBound
            leaf(entries[index], range: entries[index].id..<end, depth: depth + 1, &visitor)
        }
    }

    private mutating func leaf<Visitor: DirectoryVisitor>(
        _ entry: PMTilesEntry, range: Range<UInt64>, depth: Int, _ visitor: inout Visitor
    ) {
        let start = header.leaves.offset
        let place = PMTilesHeader.Section(offset: entry.offset, length: UInt64(entry.length))
        guard header.leaves.isInside(source.size), place.isInside(header.leaves.length) else {
            return visitor.fault(
                .directoryOutside, at: start,
                "\(entry.length) bytes from \(entry.offset) on, leaf directories of \(header.leaves.length)")
        }
        guard depth <= Self.maxDepth else {
            return visitor.fault(
                .directoryDepth, at: start + entry.offset, "more than \(Self.maxDepth) levels of leaves")
        }
        visitor.leaf(bytes: place.length, depth: depth)
        let section = PMTilesHeader.Section(offset: start + entry.offset, length: place.length)
        read("leaf directory", section, range: range, depth: depth, &visitor)
    }
}
