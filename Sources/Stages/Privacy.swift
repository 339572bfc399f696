import Canonical
import Geo

/// What a contributor keeps to themselves.
public struct PrivacyRules: Hashable, Sendable {
    /// Parts of the world of which nothing is stored.
    public var zones: [PrivateZone]
    /// How far from its two ends a drive is not stored, millimetres; nil leaves it to the ruleset.
    public var trim: Int64?

    /// Metres that may be trimmed.
    public static let trims: ClosedRange<Int64> = 0...100_000
    /// Zones that one contributor may have.
    public static let maxZones = 200

    /// Rules with these zones and this trim.
    public init(zones: [PrivateZone] = [], trim: Int64? = nil) {
        self.zones = zones
        self.trim = trim
    }

    /// Whether the contributor says nothing.
    public var isEmpty: Bool { zones.isEmpty && trim == nil }

    /// These rules, with the ruleset's `trim` where the contributor has chosen none.
    public func completed(by trim: Int64) -> PrivacyRules {
        PrivacyRules(zones: zones, trim: self.trim ?? trim)
    }
}

/// Takes out of a drive what its contributor keeps to themselves, before anything of it is measured or stored.
public enum Privacy {
    /// A drive of which only what may be known is left.
    public struct Result: Sendable {
        /// The place of every frame, or why it has none.
        public let places: [Swift.Result<Place, Refusal>]
        /// The trace without the fixes that are kept back.
        public let trace: Trace
    }

    /// Refuses every frame of `drive` that lies in a zone or too near to one of the drive's ends, and takes such fixes out
    /// of its trace.
    ///
    /// A drive has left its beginning when it is first farther away than the trim, and comes near its end when it was
    /// last: a car that waits at home, or drives about there, does not use up the way that is trimmed.
    public static func apply(
        _ rules: PrivacyRules, to drive: VerifiedDrive, places: [Swift.Result<Place, Refusal>]
    ) -> Result {
        let trim = rules.trim ?? 0
        guard !rules.zones.isEmpty || trim > 0 else { return Result(places: places, trace: drive.trace) }
        let shown = shownTimes(drive.trace, places, trim: trim)
        func rule(at time: UTCTime, _ position: Coordinate) -> Rule? {
            if rules.zones.contains(where: { $0.contains(position) }) { return .privacyZone }
            return shown.map { $0.contains(time) } == false ? .privacyTrim : nil
        }
        let kept = places.enumerated().map { index, place -> Swift.Result<Place, Refusal> in
            // Where its sources differ, the one that is not believed must not tell either.
            if let dispute = drive.disputes[index] {
                let isInZone = dispute.positions.contains { position in
                    rules.zones.contains { $0.contains(position) }
                }
                if isInZone { return .failure(Refusal(Finding(.privacyZone))) }
                if let time = dispute.time, shown.map({ $0.contains(time) }) == false {
                    return .failure(Refusal(Finding(.privacyTrim)))
                }
            }
            switch place {
            case .success(let place):
                return rule(at: place.time, place.position).map { .failure(Refusal(Finding($0))) }
                    ?? .success(place)
            case .failure(let refusal):
                // A frame that is refused for another reason must not tell where it was either.
                guard case .success(let frame) = drive.frames[index], let own = frame.own,
                    let rule = rule(at: frame.time, own.position)
                else { return .failure(refusal) }
                return .failure(Refusal(Finding(rule)))
            }
        }
        let trace = drive.trace.cut { rule(at: $0.time, $0.position) == nil }
        return Result(places: kept, trace: trace)
    }

    /// The times between the two trimmed ends; nil where nothing is trimmed. Empty where the drive never was far from
    /// them.
    private static func shownTimes(
        _ trace: Trace, _ places: [Swift.Result<Place, Refusal>], trim: Int64
    ) -> ShownTimes? {
        guard trim > 0 else { return nil }
        var way = trace.parts.flatMap { $0 }.map { (time: $0.time, position: $0.position) }
        way += places.compactMap { try? $0.get() }.map { ($0.time, $0.position) }
        way.sort { ($0.time.milliseconds, $0.position.key) < ($1.time.milliseconds, $1.position.key) }
        guard let start = way.first, let end = way.last,
            let first = way.first(where: { Geodesy.distanceMillimetres(start.position, $0.position) > trim }),
            let last = way.last(where: { Geodesy.distanceMillimetres(end.position, $0.position) > trim })
        else { return ShownTimes(first: nil, last: nil) }
        return ShownTimes(first: first.time, last: last.time)
    }

    /// From a first time to a last one; never where they are nil.
    private struct ShownTimes {
        let first: UTCTime?
        let last: UTCTime?

        func contains(_ time: UTCTime) -> Bool {
            guard let first, let last else { return false }
            return first <= time && time <= last
        }
    }
}

extension Coordinate {
    /// Orders positions of one time.
    fileprivate var key: Int64 { Int64(latitudeE7) << 32 + Int64(longitudeE7) }
}

extension Trace {
    /// The trace with the fixes that `isShown`, cut where others were.
    func cut(_ isShown: (Fix) -> Bool) -> Trace {
        var parts: [[Fix]] = []
        for part in self.parts {
            for run in part.split(whereSeparator: { !isShown($0) }) { parts.append(Array(run)) }
        }
        return Trace(parts: parts, refused: refused, outliers: outliers, maxSpeed: maxSpeed)
    }
}
