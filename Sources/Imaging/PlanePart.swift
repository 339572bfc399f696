/// A rectangle of a plane, in whole samples.
struct PlanePart {
    let columns: Range<Int>
    let rows: Range<Int>

    /// All of `plane`.
    init(of plane: LumaPlane) {
        (columns, rows) = (0..<plane.width, 0..<plane.height)
    }

    /// What is left of `plane` when `permille` thousandths of width and height, rounded to whole samples, are cut off at each
    /// of its four sides; all of it where nothing would be left.
    init(of plane: LumaPlane, croppedBy permille: Int) {
        let share = min(max(permille, 0), 1000)
        let (across, down) = ((plane.width * share + 500) / 1000, (plane.height * share + 500) / 1000)
        guard plane.width > 2 * across, plane.height > 2 * down else {
            (columns, rows) = (0..<plane.width, 0..<plane.height)
            return
        }
        (columns, rows) = (across..<plane.width - across, down..<plane.height - down)
    }
}
