import Canonical
import Geo
import Imaging

/// What the frames of one drive tell of each other's images.
public struct DriveImagery: Sendable, Equatable {
    /// The median focus of its frames, permille; nil where there are too few.
    public let medianFocus: Int64?
    /// The share of areas that stay the same while the car moves, permille; nil where it did not move enough.
    public let stuckShare: Int64?
    /// The share of the picture that is the car itself, permille; nil likewise.
    public let hoodShare: Int64?

    /// What `frames`, all that were observed of one drive in any order, tell.
    public init(_ frames: [Observation], rules: MeasureRules) {
        let focus = frames.map { Int64($0.image.statistics.focusPermille) }.sorted()
        medianFocus =
            Int64(focus.count) < max(1, rules.minMedianFrames) ? nil : focus[(focus.count - 1) / 2]
        let moving = Self.moving(frames, rules)
        let isEnough = Int64(moving.count) >= max(2, rules.minDirtFrames)
        stuckShare = isEnough ? Self.stuckShare(moving.map(\.cells), rules) : nil
        hoodShare = isEnough ? Hood.share(moving.map(\.lower), rules: rules) : nil
    }

    /// `frame` with the factors that its drive tells.
    public func applied(to frame: Observation, rules: MeasureRules) -> Observation {
        let focus = medianFocus.flatMap { median in
            // Both are at most some tens of thousands.
            median > 0 ? Int64(frame.image.statistics.focusPermille) * 1000 / median : nil
        }
        var quality = frame.quality
        quality.relativeFocus = focus.map(rules.relativeFocus.permille) ?? rules.relativeFocusUnknown
        quality.dirt = stuckShare.map(rules.dirt.permille) ?? rules.dirtUnknown
        quality.hood = hoodShare.map(rules.hood.permille) ?? rules.hoodUnknown
        return Observation(
            place: frame.place, image: frame.image, quality: quality,
            inDrive: FrameInDrive(focus: focus, stuckShare: stuckShare, hoodShare: hoodShare))
    }

    /// The images of frames that are at least a step from the one before, by time.
    private static func moving(_ frames: [Observation], _ rules: MeasureRules) -> [ImageStatistics] {
        let order = frames.sorted {
            ($0.place.time, $0.image.dHash.bits) < ($1.place.time, $1.image.dHash.bits)
        }
        var images: [ImageStatistics] = []
        var last: Coordinate?
        for frame in order {
            let position = frame.place.position
            if let last, Geodesy.distanceMillimetres(last, position) < rules.dirtStep { continue }
            last = position
            images.append(frame.image.statistics)
        }
        return images
    }

    /// The share of areas that show the same in all grids.
    ///
    /// Left out is what a clean windscreen shows as well: areas that are not darker than the picture, such as the sky or an
    /// even road, and what reaches down to the lower edge, which is the car itself.
    private static func stuckShare(_ grids: [CellGrid], _ rules: MeasureRules) -> Int64 {
        let areas = CellGrid.columns * CellGrid.rows
        let means = (0..<areas).map { area in Spread(grids.map { $0.means[area] }) }
        let deviations = (0..<areas).map { area in Spread(grids.map { $0.deviations[area] }) }
        let whole = means.reduce(0) { $0 + $1.sum } / areas
        func isStuck(_ area: Int) -> Bool {
            guard means[area].isWithin(rules.dirtDeviation), deviations[area].isWithin(rules.dirtDeviation)
            else { return false }
            // Both sides are sums over the same frames.
            return Int128(means[area].sum) * 1000 < Int128(whole) * Int128(rules.dirtBrightness)
        }
        let lowest = areas - CellGrid.columns
        let stuck = CellGrid.groups(isStuck).filter { ($0.last ?? 0) < lowest }
        return Int64(stuck.reduce(0) { $0 + $1.count } * 1000 / areas)
    }

    /// How far values lie apart.
    private struct Spread {
        let count: Int
        let sum: Int
        let squares: Int

        init(_ values: [UInt8]) {
            count = values.count
            sum = values.reduce(0) { $0 + Int($1) }
            squares = values.reduce(0) { $0 + Int($1) * Int($1) }
        }

        /// Whether the standard deviation is at most `limit` thousandths.
        func isWithin(_ limit: Int64) -> Bool {
            let scaled = Int128(count) * Int128(squares) - Int128(sum) * Int128(sum)
            let bound = Int128(limit) * Int128(count)
            return scaled * 1_000_000 <= bound * bound
        }
    }
}

/// What was seen of a frame beside the other frames of its drive.
public struct FrameInDrive: Sendable, Hashable {
    /// Its focus in permille of the drive's median; nil where the drive has too few frames.
    public let focus: Int64?
    /// The share of areas that stay the same while the car moves, permille; nil where it did not move enough.
    public let stuckShare: Int64?
    /// The share of the picture that is the car itself, permille; nil likewise.
    public let hoodShare: Int64?

    /// These values.
    public init(focus: Int64?, stuckShare: Int64?, hoodShare: Int64?) {
        self.focus = focus
        self.stuckShare = stuckShare
        self.hoodShare = hoodShare
    }

    /// Nothing is known.
    public static let unknown = FrameInDrive(focus: nil, stuckShare: nil, hoodShare: nil)
}
