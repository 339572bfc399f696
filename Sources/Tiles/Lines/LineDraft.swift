/// A drive's line on its way into a tile, as it looks at every tolerance.
struct LineDraft {
    private let line: TileLine
    private let parts: [RankedPart]

    /// The line of `line`'s drive, drawn in `runs`.
    init(_ line: TileLine, runs: [LineRun], _ simplification: inout LineSimplification) {
        self.line = line
        var parts: [RankedPart] = []
        parts.reserveCapacity(runs.count)
        for run in runs { parts.append(RankedPart(run, &simplification)) }
        self.parts = parts
    }

    /// The lines of a tile, with at most ``TileLines/maxPoints`` points in all.
    ///
    /// Where they have more, every drive gets the same share: the largest of 2048, 1024, ... that makes them fit,
    /// 16 at the least, as there are 256 drives at most. A line with more points than its share is drawn with
    /// twice the tolerance, and again, until it keeps to it; so the lines that wind most give way first, and
    /// no line of a few points ever does. No drive is dropped: a parent finds each in every child it crosses.
    static func fitted(_ drafts: [LineDraft]) -> [TileLine] {
        var lines = drafts.map { $0.line(rank: 0) }
        var ranks = [UInt8](repeating: 0, count: drafts.count)
        var share = TileLines.maxPoints
        while lines.reduce(0, { $0 + $1.pointCount }) > TileLines.maxPoints {
            share /= 2
            for (index, draft) in drafts.enumerated() {
                while lines[index].pointCount > share {
                    ranks[index] += 1
                    lines[index] = draft.line(rank: ranks[index])
                }
            }
        }
        return lines
    }

    private func line(rank: UInt8) -> TileLine {
        line.with(
            parts: parts.compactMap { part in
                let points = part.line(rank: rank)
                return points.isEmpty ? nil : LinePart(checked: part.firstLink, part.lastLink, points)
            })
    }
}
