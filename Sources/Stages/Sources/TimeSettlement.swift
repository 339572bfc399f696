import Canonical
import DriveFormats
import Geo

/// Settles when the frames of a drive were taken, where their sources differ.
struct TimeSettlement {
    typealias Source = RawTestimony.Source

    /// What is known of one frame's time.
    enum Outcome {
        /// All that speak say so, or nobody speaks.
        case agreed(UTCTime?)
        /// They differ, and this one is believed.
        case settled(UTCTime, Settlement.Choice)
        /// They differ, and nothing tells who is right.
        case disputed(Finding)
    }

    /// One entry for every frame.
    private(set) var outcomes: [Outcome] = []
    /// What was found out about the clocks, in words.
    let remarks: [String]

    /// Times that lie within the limit of each other.
    private struct Group {
        var sources: [Source]
        /// The time of the source that counts most.
        var time: Int64
        var hasSatellites: Bool
    }

    private let frames: [RawFrame]
    private let testimonies: [[RawTestimony]]
    private let rules: DriveRules
    private let offsets: [Source: Int64]
    private let reference: Source?

    /// Settles the times of `drive`, of which the trace, where there is one, lies on `track`. Times that are not `isPossible`
    /// are left out wherever another one is.
    init(_ drive: RawDrive, track: Track?, rules: DriveRules, isPossible: (UTCTime) -> Bool) {
        frames = drive.frames
        testimonies = frames.map(\.testimonies)
        self.rules = rules
        guard testimonies.contains(where: { $0.count(where: { $0.time != nil }) > 1 }) else {
            (offsets, reference, remarks) = ([:], nil, [])
            outcomes = frames.map { .agreed($0.capturedAt ?? $0.fix?.time) }
            return
        }
        let clocks = DriveClocks(
            testimonies, rules: rules.sources, verify: rules.verify, isPossible: isPossible)
        (offsets, reference, remarks) = (clocks.offsets, clocks.reference, clocks.remarks)
        let groups = testimonies.map { grouped($0, isPossible) }
        outcomes = zip(frames, groups).map { frame, groups -> Outcome in
            // Where no time is possible, the frame's own is refused with what is wrong about it.
            guard let first = groups.first else { return .agreed(frame.capturedAt ?? frame.fix?.time) }
            return .agreed(UTCTime(milliseconds: first.time))
        }
        let disputed = groups.indices.filter { groups[$0].count > 1 }
        guard !disputed.isEmpty else { return }
        let around = Neighbours(
            frames, testimonies, times: groups.map { $0.count == 1 ? $0[0].time : nil }, track: track,
            rules: rules)
        for index in disputed { outcomes[index] = settle(groups[index], at: index, around) }
    }

    /// The times of one frame, put right, in groups that agree; the group of the reference first, if it has one.
    private func grouped(_ said: [RawTestimony], _ isPossible: (UTCTime) -> Bool) -> [Group] {
        let times = said.compactMap { testimony -> (source: Source, time: Int64, isSatellites: Bool)? in
            guard let time = testimony.time, isPossible(time), let offset = offsets[testimony.source],
                case let (right, overflow) = time.milliseconds.addingReportingOverflow(offset), !overflow,
                isPossible(UTCTime(milliseconds: right))
            else { return nil }
            return (testimony.source, right, testimony.clock == .satellites)
        }
        var groups: [Group] = []
        for said in times.sorted(by: { ($0.source == reference ? 0 : 1) < ($1.source == reference ? 0 : 1) })
        {
            let near = groups.firstIndex {
                Self.apart([$0.time, said.time]) <= rules.sources.maxTimeDifference
            }
            if let near {
                groups[near].sources.append(said.source)
                groups[near].hasSatellites = groups[near].hasSatellites || said.isSatellites
            } else {
                groups.append(
                    Group(sources: [said.source], time: said.time, hasSatellites: said.isSatellites))
            }
        }
        return groups
    }

    private func settle(_ groups: [Group], at index: Int, _ around: Neighbours) -> Outcome {
        func only(_ reason: Settlement.Reason, _ condition: (Group) -> Bool) -> Outcome? {
            let fitting = groups.filter(condition)
            guard fitting.count == 1, let group = fitting.first, let source = group.sources.first else {
                return nil
            }
            return .settled(UTCTime(milliseconds: group.time), Settlement.Choice(source, reason))
        }
        let most = groups.map(\.sources.count).max() ?? 0
        return only(.motion) { around.confirm($0.time, of: index) }
            ?? only(.order) { around.fit($0.time, at: index) }
            ?? only(.satellites, \.hasSatellites)
            ?? only(.majority) { $0.sources.count == most }
            ?? .disputed(finding(groups))
    }

    private func finding(_ groups: [Group]) -> Finding {
        Finding(
            .timeDisputed, value: Self.apart(groups.map(\.time)), limit: rules.sources.maxTimeDifference,
            unit: "ms",
            message: Self.sides(groups.map(\.sources)))
    }

    /// How far apart the first and the last of `times` are.
    private static func apart(_ times: [Int64]) -> Int64 {
        UTCTime(milliseconds: times.min() ?? 0).milliseconds(until: UTCTime(milliseconds: times.max() ?? 0))
    }

    /// `file_name, sidecar against exif`.
    static func sides(_ groups: [[Source]]) -> String {
        groups.map { $0.map(\.rawValue).joined(separator: ", ") }.joined(separator: " against ")
    }
}

/// The frames of a drive whose times nobody disputes.
private struct Neighbours {
    /// A frame with a time and, where nobody disputes it, a place.
    private struct Known {
        let time: Int64
        let place: Coordinate?
    }

    private let rules: DriveRules
    private let track: Track?
    private let places: [Coordinate?]
    /// The time before and behind each frame in the order of the upload.
    private var before: [Int64?]
    private var behind: [Int64?]
    private let way: Track

    init(
        _ frames: [RawFrame], _ testimonies: [[RawTestimony]], times: [Int64?], track: Track?,
        rules: DriveRules
    ) {
        self.rules = rules
        self.track = track
        places = testimonies.map { Self.place($0, limit: rules.sources.maxPositionDifference) }
        (before, behind) = (
            Array(repeating: nil, count: frames.count), Array(repeating: nil, count: frames.count)
        )
        let order = frames.indices.sorted { NaturalOrder.precedes(frames[$0].source, frames[$1].source) }
        var last: Int64?
        for index in order {
            before[index] = last
            last = times[index] ?? last
        }
        last = nil
        for index in order.reversed() {
            behind[index] = last
            last = times[index] ?? last
        }
        let fixes = zip(times, places).compactMap { time, place -> Fix? in
            guard let time, let place else { return nil }
            return Fix(
                time: UTCTime(milliseconds: time), position: place, heading: nil, horizontalError: nil)
        }.sorted { $0.time < $1.time }
        way = Track(through: fixes, rules: rules)
    }

    /// Whether the car was, by its trace or its other frames, at `time` where frame `index` was taken.
    func confirm(_ time: Int64, of index: Int) -> Bool {
        guard let place = places[index] else { return false }
        let moment = UTCTime(milliseconds: time)
        guard
            let there = (try? track?.place(at: moment, basis: .trace))
                ?? (try? way.place(at: moment, basis: .own))
        else { return false }
        return Geodesy.distanceMillimetres(place, there.position) <= rules.sources.maxPositionDifference
    }

    /// Whether `time` lies between those of the frames before and behind frame `index` in the upload.
    func fit(_ time: Int64, at index: Int) -> Bool {
        guard let before = before[index], let behind = behind[index] else { return false }
        return before <= time && time <= behind
    }

    /// The place on which all agree.
    private static func place(_ said: [RawTestimony], limit: Int64) -> Coordinate? {
        let places = said.compactMap(\.fix).compactMap {
            Coordinate(latitude: $0.latitude, longitude: $0.longitude)
        }
        guard let first = places.first,
            places.allSatisfy({ Geodesy.distanceMillimetres(first, $0) <= limit })
        else { return nil }
        return first
    }
}
