import Imaging

/// How much of a drive's pictures is the car that carries the camera: its bonnet, or its dashboard.
///
/// While the car moves everything else moves through the picture, so that an edge that stays where it is, with the same side
/// the lighter one, belongs to the car or to the windscreen. Where such edges run across at least half of the
/// picture at about one height, the car begins there. Even a picture that is mirrored in a bonnet leaves its edge where it is; only
/// a bonnet that is as light as the road it hides has none. A camera that looks down sees more of the car; where one looks up so far
/// that a level horizon lies in the lower part, that is taken for such an edge.
enum Hood {
    /// Rows of a ``LowerGrid`` in which edges lie at about one height. Lines of the road cross so many in two or three
    /// columns.
    private static let height = 6
    private static let columns = LowerGrid.columns

    /// The share of the picture from these edges down, permille of its area, rounded down; 0 where there are none.
    ///
    /// - Parameter grids: Of frames between which the car moved, at least one.
    static func share(_ grids: [LowerGrid], rules: MeasureRules) -> Int64 {
        let rows = LowerGrid.rows - 1
        let stays = (0..<rows * columns).map { Steps($0, in: grids).stay(rules) }
        func edge(_ column: Int, _ rows: Range<Int>) -> Int? {
            rows.first { stays[$0 * columns + column] }
        }
        let highest = (0..<rows).first { top in
            let band = top..<min(top + height, rows)
            return (0..<columns).count { edge($0, band) != nil } >= columns / 2
        }
        guard let highest else { return 0 }
        let areas = (0..<columns).reduce(0) { sum, column in
            sum + (edge(column, highest..<rows).map { LowerGrid.rows - 1 - $0 } ?? 0)
        }
        return Int64(areas * 1000 / (LowerGrid.rowsOfPlane * columns))
    }

    /// By how much the light changes from an area to the one below it.
    private struct Steps {
        private let count: Int64
        private let sum: Int64
        private let squares: Int64

        init(_ area: Int, in grids: [LowerGrid]) {
            let steps = grids.map { Int64($0.means[area + Hood.columns]) - Int64($0.means[area]) }
            count = Int64(steps.count)
            sum = steps.reduce(0, +)
            squares = steps.reduce(0) { $0 + $1 * $1 }
        }

        /// Whether they are large enough on the average, and hardly differ: the square of their mean is a large part of the
        /// mean of their squares.
        func stay(_ rules: MeasureRules) -> Bool {
            Int128(sum.magnitude) * 1000 >= Int128(rules.hoodStep) * Int128(count)
                && Int128(sum) * Int128(sum) * 1000
                    >= Int128(rules.hoodSteadiness) * Int128(count) * Int128(squares)
        }
    }
}
