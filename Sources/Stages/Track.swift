import Canonical
import Geo

/// A trace prepared for finding places and headings on it.
struct Track {
    private let parts: [Part]
    private let rules: LocateRules
    private let maxSpeed: Int64

    /// One part of the trace, with the fixes that are far enough apart to tell a direction.
    private struct Part {
        let fixes: [Fix]
        /// Indices of fixes, each at least the heading distance from the one before.
        let anchors: [Int]
    }

    init(_ trace: Trace, rules: LocateRules) {
        self.rules = rules
        maxSpeed = trace.maxSpeed
        parts = trace.parts.map { fixes in
            var anchors: [Int] = []
            for (index, fix) in fixes.enumerated() {
                if let last = anchors.last,
                    Geodesy.distanceMillimetres(fixes[last].position, fix.position) < rules.headingDistance
                {
                    continue
                }
                anchors.append(index)
            }
            return Part(fixes: fixes, anchors: anchors)
        }
    }

    /// The way through `fixes`, which are in order of time and fit together as far as is known.
    init(through fixes: [Fix], rules: DriveRules) {
        let trace = Trace(
            parts: fixes.isEmpty ? [] : [fixes], refused: 0, outliers: 0, maxSpeed: rules.verify.maxSpeed)
        self.init(trace, rules: rules.locate)
    }

    /// The place of a fix, with a heading from the motion around it, or the fix's own.
    func place(of fix: Fix) -> Place {
        var heading = fix.heading
        let next = parts.partitionPoint { ($0.fixes.first?.time ?? fix.time) <= fix.time }
        if next > 0 {
            let part = parts[next - 1]
            let behind = part.fixes.partitionPoint { $0.time <= fix.time } - 1
            heading = motion(at: fix.position, after: behind, before: behind + 1, in: part) ?? heading
        }
        return Place(
            time: fix.time, position: fix.position, heading: heading, horizontalError: fix.horizontalError,
            basis: .own)
    }

    /// The place at `time`, interpolated between the fixes on either side.
    func place(at time: UTCTime, basis: Place.Basis) throws(Refusal) -> Place {
        let next = parts.partitionPoint { ($0.fixes.first?.time ?? time) <= time }
        guard next > 0, let end = parts[next - 1].fixes.last else {
            throw outside(time, parts.first?.fixes.first)
        }
        let part = parts[next - 1]
        guard time <= end.time else {
            guard next < parts.count, let start = parts[next].fixes.first else { throw outside(time, end) }
            throw gap(end, start)
        }
        let after = part.fixes.partitionPoint { $0.time <= time }
        let from = part.fixes[after - 1]
        guard from.time < time else { return place(of: from, basis: basis) }
        let to = part.fixes[after]
        guard from.time.milliseconds(until: to.time) <= rules.maxGapTime,
            Geodesy.distanceMillimetres(from.position, to.position) <= rules.maxGapDistance,
            let position = Self.between(from, to, at: time)
        else { throw gap(from, to) }
        let heading = motion(at: position, after: after - 1, before: after, in: part) ?? from.heading
        return Place(
            time: time, position: position, heading: heading,
            horizontalError: Self.greater(from.horizontalError, to.horizontalError), basis: basis)
    }

    private func place(of fix: Fix, basis: Place.Basis) -> Place {
        let place = place(of: fix)
        return Place(
            time: place.time, position: place.position, heading: place.heading,
            horizontalError: place.horizontalError, basis: basis)
    }

    /// The direction from the last anchor far enough behind `position` to the first one far enough ahead of it.
    private func motion(at position: Coordinate, after: Int, before: Int, in part: Part) -> Int? {
        let ahead = part.anchors.partitionPoint { $0 < before }
        let later = anchor(from: position, part.anchors[ahead...].prefix(Self.maxSteps), part)
        let earlier = anchor(from: position, part.anchors[..<ahead].suffix(Self.maxSteps).reversed(), part)
        guard earlier != nil || later != nil else { return nil }
        return Geodesy.headingCentidegrees(from: earlier ?? position, to: later ?? position)
    }

    /// Anchors are apart, so that the second or third one is far enough from any point between them.
    private static let maxSteps = 8

    private func anchor(from position: Coordinate, _ candidates: some Sequence<Int>, _ part: Part)
        -> Coordinate?
    {
        for index in candidates {
            let distance = Geodesy.distanceMillimetres(position, part.fixes[index].position)
            if distance > rules.maxGapDistance { return nil }
            if distance >= rules.headingDistance { return part.fixes[index].position }
        }
        return nil
    }

    private func outside(_ time: UTCTime, _ nearest: Fix?) -> Refusal {
        guard let nearest else {
            return Refusal(Finding(.positionMissing, message: "the trace has no usable fix"))
        }
        return Refusal(
            Finding(
                .positionGap, value: min(time, nearest.time).milliseconds(until: max(time, nearest.time)),
                limit: 0, unit: "ms",
                message: time < nearest.time ? "before the trace begins" : "after the trace ends"))
    }

    private func gap(_ from: Fix, _ to: Fix) -> Refusal {
        let elapsed = from.time.milliseconds(until: to.time)
        if elapsed > rules.maxGapTime {
            return Refusal(Finding(.positionGap, value: elapsed, limit: rules.maxGapTime, unit: "ms"))
        }
        let distance = Geodesy.distanceMillimetres(from.position, to.position)
        guard distance <= rules.maxGapDistance else {
            return Refusal(Finding(.positionGap, value: distance, limit: rules.maxGapDistance, unit: "mm"))
        }
        // Neither long nor far: what is left is a jump that cut the trace.
        return Refusal(
            Finding(.positionImpossibleSpeed, value: from.speed(to: to), limit: maxSpeed, unit: "mm/s"))
    }

    private static func greater(_ left: Int64?, _ right: Int64?) -> Int64? {
        guard let left, let right else { return left ?? right }
        return max(left, right)
    }

    /// How far `fix` lies from where it would be on the line between two others, by its time, millimetres.
    static func deviation(of fix: Fix, between from: Fix, and to: Fix) -> Int64 {
        guard from.time < to.time, let there = between(from, to, at: fix.time) else { return 0 }
        return Geodesy.distanceMillimetres(fix.position, there)
    }

    private static func between(_ from: Fix, _ to: Fix, at time: UTCTime) -> Coordinate? {
        between(
            TracePoint(time: from.time, position: from.position),
            TracePoint(time: to.time, position: to.position), at: time)
    }

    /// The position at `time` on the way from one fix to a later one, in proportion to the time.
    static func between(_ from: TracePoint, _ to: TracePoint, at time: UTCTime) -> Coordinate? {
        let elapsed = Int128(from.time.milliseconds(until: time))
        let span = Int128(from.time.milliseconds(until: to.time))
        func part(_ difference: Int) -> Int {
            Int(truncatingIfNeeded: Int128(difference) * elapsed / span)
        }
        let north = part(Int(to.position.latitudeE7) - Int(from.position.latitudeE7))
        let east = part(from.position.longitudeDifferenceE7(to: to.position))
        var longitude = Int(from.position.longitudeE7) + east
        if longitude >= 1_800_000_000 { longitude -= 3_600_000_000 }
        if longitude < -1_800_000_000 { longitude += 3_600_000_000 }
        return Coordinate(latitudeE7: Int(from.position.latitudeE7) + north, longitudeE7: longitude)
    }
}

extension Array {
    /// The index of the first element that does not fulfil `condition`, where all that do come first.
    func partitionPoint(_ condition: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
