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
    /// Every drive gets the same share: the largest of ``TileLines/maxLinePoints``, half of it, a quarter ...
    /// that makes all lines fit, 64 points at the least, as there are 256 drives at most. A line with more points
    /// than its share is drawn with twice the tolerance, and again, until it keeps to it: lines that wind wildly
    /// give way, and never one of few points. No drive is dropped, so that a parent finds each in every child
    /// it crosses.
    static func fitted(_ drafts: [LineDraft]) -> [TileLine] {
        var lines = drafts.map { $0.line(rank: 0) }
        var ranks = [UInt8](repeating: 0, count: drafts.count)
        var share = TileLines.maxLinePoints
        while true {
            for (index, draft) in drafts.enumerated() {
                // Ends with a tolerance that no part is longer than.
                while lines[index].pointCount > share {
                    ranks[index] += 1
                    lines[index] = draft.line(rank: ranks[index])
                }
            }
            guard lines.reduce(0, { $0 + $1.pointCount }) > TileLines.maxPoints else { return lines }
            share /= 2
        }
    }

    private func line(rank: UInt8) -> TileLine {
        line.with(
            parts: parts.compactMap { part in
                let points = part.line(rank: rank)
                return points.isEmpty ? nil : LinePart(checked: part.firstLink, part.lastLink, points)
            })
    }
}
