import Canonical
import Geo

/// What two drives that cannot both be honest, or not both be new, have in common.
public struct TraceCollision: Sendable, Hashable {
    /// What it is. The raw values are printed with `--json`.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// One account, or one camera, was in two places at one time.
        case twoPlaces = "two_places"
        /// Two drives were at the same places at the same times: two cameras in one car, whosever they are, or one drive
        /// delivered twice.
        case oneCar = "one_car"
        /// The same way with the same stops, at another time.
        case replayed
    }

    /// What it is.
    public let kind: Kind
    /// The drive that came first, and the other one.
    public let earlier, later: String
    /// Who delivered them.
    public let earlierContributor, laterContributor: String
    /// How many moments of the later one were compared.
    public let moments: Int64
    /// At which share of them it holds, permille; of a replay, at which share of all its moments.
    public let share: Int64
    /// The median distance at these moments, millimetres.
    public let distance: Int64
    /// The distance it was held against, millimetres: two places are farther apart, one car and a replay are not.
    public let limit: Int64
    /// How much later the later drive says to have been where the earlier was, milliseconds; 0 unless it is a replay.
    public let delay: Int64

    /// What `a` and `b` have in common at the same times; nil where it is nothing.
    static func between(
        _ a: ComparedTrace, _ b: ComparedTrace, rules: CollisionRules
    ) -> TraceCollision? {
        let (first, second) = a.precedes(b) ? (a, b) : (b, a)
        let distances = first.distances(to: second, delay: 0, gap: rules.maxGapTime)
        guard Int64(distances.count) >= max(1, rules.minMoments) else { return nil }
        func found(_ kind: Kind, _ limit: Int64, _ those: [Int64]) -> TraceCollision? {
            let share = Int64(those.count) * 1000 / Int64(distances.count)
            guard share >= rules.minShare, !those.isEmpty else { return nil }
            return TraceCollision(
                kind, first, second, moments: distances.count, share: share,
                distance: those.sorted()[those.count / 2], limit: limit)
        }
        let isOneOwner =
            a.contributor.utf8.elementsEqual(b.contributor.utf8)
            || (a.device.map { $0.utf8.elementsEqual((b.device ?? "").utf8) } ?? false)
        let (apart, near) = (rules.twoPlacesDistance, rules.sameCarDistance)
        if isOneOwner, let two = found(.twoPlaces, apart, distances.filter { $0 > apart }) { return two }
        guard second.way(of: rules.minWay) >= rules.minWay else { return nil }
        return found(.oneCar, near, distances.filter { $0 <= near })
    }

    /// `later` as a replay of `earlier` with the given delay; nil where it is none.
    static func replay(
        of earlier: ComparedTrace, by later: ComparedTrace, delay: Int64, rules: CollisionRules
    ) -> TraceCollision? {
        let distances = earlier.distances(to: later, delay: delay, gap: rules.maxGapTime)
        let near = distances.filter { $0 <= rules.sameCarDistance }
        // Of all its fixes: buses keep step with each other for some minutes, but not all the way.
        let fixes = later.parts.reduce(0) { $0 + $1.count }
        guard Int64(distances.count) >= max(1, rules.minMoments),
            case let share = Int64(near.count) * 1000 / Int64(max(1, fixes)), share >= rules.minShare,
            later.way(of: rules.minWay) >= rules.minWay
        else { return nil }
        return TraceCollision(
            .replayed, earlier, later, moments: distances.count, share: share,
            distance: near.sorted()[near.count / 2], limit: rules.sameCarDistance, delay: delay)
    }

    private init(
        _ kind: Kind, _ earlier: ComparedTrace, _ later: ComparedTrace, moments: Int, share: Int64,
        distance: Int64, limit: Int64, delay: Int64 = 0
    ) {
        self.kind = kind
        (self.earlier, self.later) = (earlier.drive, later.drive)
        (earlierContributor, laterContributor) = (earlier.contributor, later.contributor)
        self.moments = Int64(moments)
        self.share = share
        self.distance = distance
        self.limit = limit
        self.delay = delay
    }
}

extension ComparedTrace {
    /// How far each fix of `other` is from where this car was `delay` milliseconds before; only where both are known.
    func distances(to other: ComparedTrace, delay: Int64, gap: Int64) -> [Int64] {
        other.parts.joined().compactMap { fix in
            let (time, overflow) = fix.time.milliseconds.subtractingReportingOverflow(delay)
            guard !overflow, let there = position(at: UTCTime(milliseconds: time), gap: gap) else {
                return nil
            }
            return Geodesy.distanceMillimetres(there, fix.position)
        }
    }

    /// How far apart the two ends of the way are that lies farthest from its beginning, up to `enough` millimetres.
    func way(of enough: Int64) -> Int64 {
        guard let start = parts.first?.first?.position else { return 0 }
        var greatest: Int64 = 0
        for fix in parts.joined() {
            greatest = max(greatest, Geodesy.distanceMillimetres(start, fix.position))
            if greatest >= enough { return greatest }
        }
        return greatest
    }
}
