/// The lines of one tile: a bounded sample of the drives that cross it, each simplified.
///
/// A tile's drives are the ``maxDrives`` with the smallest hashes of all that cross it. Each of them is among the
/// smallest in every child that it crosses, so that the children's lines are all it takes: the drives of a tile
/// are a function of the leaf lines below it, whatever their order and grouping. So is what is drawn of them, as
/// parents are made from children in one way only.
///
/// Where no tile had to coarsen it (see ``LineDraft``), a line is at most 18 units off the drive's, whatever the
/// zoom: 8 for the tolerance, less than 1 for rounding, and half of what the line was off in the zoom below.
public struct TileLines: Hashable, Sendable {
    /// The most drives of a tile.
    public static let maxDrives = 256
    /// The most points of a tile: 64 for each of so many drives. Dense cities have half of it.
    public static let maxPoints = 16_384
    /// The most points of one line.
    public static let maxLinePoints = 1024
    /// The most points that the published tile shows, so that it stays small.
    public static let maxShownPoints = 4096

    /// The drives, by ascending hash, then name.
    public let lines: [TileLine]
    /// Whether more drives cross the tile than ``lines`` has.
    public let isSample: Bool

    /// A tile that no line crosses: it is not stored.
    public static let empty = TileLines(checked: [], isSample: false)

    /// How many drives have a line in the tile, exactly, those too of which nothing can be seen; nil where they
    /// are more than ``maxDrives``.
    public var drives: UInt32? { isSample ? nil : UInt32(clamping: lines.count) }

    /// The lines that the published tile shows: the first ones that have ``maxShownPoints`` points together. At
    /// least four, as none has more than ``maxLinePoints``; all, unless many long drives cross the tile.
    public var shown: ArraySlice<TileLine> {
        var rest = Self.maxShownPoints
        return lines.prefix { line in
            rest -= line.pointCount
            return rest >= 0
        }
    }

    /// Whether no line crosses the tile.
    public var isEmpty: Bool { lines.isEmpty }

    init(checked lines: [TileLine], isSample: Bool) {
        self.lines = lines
        self.isSample = isSample
    }

    /// The lines of a leaf tile, in any order; no drive comes twice.
    public init(leaf lines: some Sequence<TileLine>) {
        let all = lines.sorted { $0.isBefore($1) }
        var simplification = LineSimplification()
        let drafts = all.prefix(Self.maxDrives).map { line in
            LineDraft(line, runs: line.parts.map { LineRun($0) }, &simplification)
        }
        self.init(checked: LineDraft.fitted(drafts), isSample: all.count > drafts.count)
    }

    /// The lines of a parent.
    ///
    /// - Parameter children: quadrants of the parent, as `TileID.children` orders them, each at most once, with
    ///   their lines; a missing child has none.
    public init(merging children: some Sequence<(quadrant: Quadrant, lines: TileLines)>) {
        var all: [(quadrant: Quadrant, line: TileLine)] = []
        var isSample = false
        for child in children {
            isSample = isSample || child.lines.isSample
            for line in child.lines.lines { all.append((child.quadrant, line)) }
        }
        all.sort { $0.line.isBefore($1.line) }
        var simplification = LineSimplification()
        var drafts: [LineDraft] = []
        var rest = all[...]
        while let first = rest.first, drafts.count < Self.maxDrives {
            let same = rest.prefix { $0.line.hash == first.line.hash && $0.line.drive == first.line.drive }
            rest = rest.dropFirst(same.count)
            let parts = same.flatMap { child in
                child.line.parts.map { ChildPart(quadrant: child.quadrant, part: $0) }
            }
            drafts.append(LineDraft(first.line, runs: LineRun.joined(parts), &simplification))
        }
        self.init(checked: LineDraft.fitted(drafts), isSample: isSample || !rest.isEmpty)
    }
}
