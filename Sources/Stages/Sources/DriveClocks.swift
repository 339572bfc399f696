import Canonical
import DriveFormats
import Geo

/// The clocks of a drive held against each other: which one is gone by, and by how much others are wrong all the time.
///
/// A clock that was never set, or runs in another zone, differs from the right one by the same time in every frame. That
/// is no disagreement about a frame: its times are put right, and the drive's remarks say by how much and how it drifts.
struct DriveClocks {
    typealias Source = RawTestimony.Source

    /// The clock that is gone by; nil where no frame has a time.
    let reference: Source?
    /// What is to be added to the times of the others; of those that are not in it, nothing can be made.
    private(set) var offsets: [Source: Int64] = [:]
    /// What was found out, in words.
    private(set) var remarks: [String] = []

    /// Holds the clocks of `frames` against each other; only times that `isPossible` count.
    init(
        _ frames: [[RawTestimony]], rules: SourceRules, verify: VerifyRules, isPossible: (UTCTime) -> Bool
    ) {
        var times: [Source: [Int: UTCTime]] = [:]
        var satellites: Set<Source> = []
        var locals: Set<Source> = []
        for (index, testimonies) in frames.enumerated() {
            for testimony in testimonies {
                guard let time = testimony.time, isPossible(time) else { continue }
                times[testimony.source, default: [:]][index] = time
                if testimony.clock == .satellites { satellites.insert(testimony.source) }
                if testimony.clock == .local { locals.insert(testimony.source) }
            }
        }
        let sources = Source.allCases.filter { times[$0] != nil }
        guard sources.count > 1 else {
            reference = sources.first
            if let only = sources.first { offsets[only] = 0 }
            return
        }
        let told = Set(times.values.flatMap(\.keys)).count
        let candidates = sources.filter {
            Self.isShare(times[$0]?.count ?? 0, of: told, least: rules.minClockPresence)
        }
        // Motion first: by the times of a broken clock, cars jump. Then the satellites, then who was read first.
        let rank = (candidates.isEmpty ? sources : candidates).map { source in
            let jumps = Self.jumps(frames, times[source] ?? [:], verify)
            return (jumps: jumps, isOther: satellites.contains(source) ? 0 : 1, source: source)
        }
        let best = rank.min { ($0.jumps, $0.isOther) < ($1.jumps, $1.isOther) }?.source ?? sources[0]
        reference = best
        offsets[best] = 0
        for other in sources where other != best {
            compare(
                other, times[other] ?? [:], with: times[best] ?? [:], isLocal: locals.contains(other), rules)
        }
    }

    private mutating func compare(
        _ other: Source, _ times: [Int: UTCTime], with right: [Int: UTCTime], isLocal: Bool,
        _ rules: SourceRules
    ) {
        let differences = times.keys.sorted().compactMap { frame -> Int64? in
            guard let time = times[frame], let believed = right[frame] else { return nil }
            return time.milliseconds(until: believed)
        }
        let limit = rules.maxTimeDifference
        guard !Self.isStuck(times, beside: right, rules) else {
            remarks.append(
                "the times of \(other.words) were not used: it says the same one of frames that others take at different times"
            )
            return
        }
        let median = differences.sorted()[safe: differences.count / 2] ?? 0
        let agreeing = differences.count { Self.apart($0, median) <= limit }
        let isConstant =
            agreeing >= rules.minClockWitnesses
            && Int64(agreeing) * 1000 >= Int64(differences.count) * rules.minClockAgreement
        if isConstant {
            offsets[other] = median.magnitude > limit ? median : 0
            // A clock of another zone is as it should be.
            if median.magnitude > limit, !isLocal || !Self.isZone(median, within: limit) {
                remarks.append(Self.remark(other, differences, median, agreeing))
            }
        } else if Self.isShare(
            differences.count { $0.magnitude <= limit }, of: differences.count, least: rules.minClockMatch)
        {
            offsets[other] = 0
        } else if differences.count < rules.minClockWitnesses {
            // Too few to tell a clock from a mistake. A clock without a zone may be that of any.
            let isZone = isLocal && differences.allSatisfy { Self.isZone($0, within: limit) }
            offsets[other] = isZone ? median : 0
        } else {
            remarks.append(
                "the times of \(other.words) were not used: they differ from those of the others by something else in every "
                    + "frame")
        }
    }

    /// Whether `count` is at least `least` thousandths of `all`.
    private static func isShare(_ count: Int, of all: Int, least: Int64) -> Bool {
        Int64(count) * 1000 >= Int64(all) * least
    }

    /// Whether many of the frames have one and the same time, and were not taken at one by the other clock: a clock that
    /// stands still, or the name of a film that the frames were cut from.
    private static func isStuck(
        _ times: [Int: UTCTime], beside right: [Int: UTCTime], _ rules: SourceRules
    ) -> Bool {
        let shared = times.keys.filter { right[$0] != nil }
        let groups = Dictionary(grouping: shared) { times[$0] }
        return groups.values.contains { group in
            let others = group.compactMap { right[$0] }
            guard isShare(group.count, of: shared.count, least: rules.minStuckClock),
                let first = others.min(),
                let last = others.max()
            else { return false }
            return first.milliseconds(until: last) > rules.maxTimeDifference
        }
    }

    /// How far two differences lie apart.
    private static func apart(_ one: Int64, _ other: Int64) -> Int64 {
        UTCTime(milliseconds: min(one, other)).milliseconds(until: UTCTime(milliseconds: max(one, other)))
    }

    /// Whether clocks of two zones can differ by `difference`: quarters of an hour, up to 14 hours.
    private static func isZone(_ difference: Int64, within limit: Int64) -> Bool {
        let quarter: Int64 = 900_000
        guard difference.magnitude <= 56 * quarter else { return false }
        let nearest = (difference + (difference < 0 ? -quarter / 2 : quarter / 2)) / quarter * quarter
        return apart(difference, nearest) <= limit
    }

    private static func remark(
        _ other: Source, _ differences: [Int64], _ median: Int64, _ agreeing: Int
    ) -> String {
        let third = max(1, differences.count / 3)
        let begin = differences.prefix(third).sorted()[safe: third / 2] ?? median
        let end = differences.suffix(third).sorted()[safe: third / 2] ?? median
        return
            "\(other.words) is \(SecondsText.of(Int64(clamping: median.magnitude))) \(median > 0 ? "slow" : "fast"), as \(agreeing) frames "
            + "show that have two times; its times were put right (drift from the first third to the last: "
            + "\(SecondsText.of(end.subtractingReportingOverflow(begin).partialValue)))"
    }

    /// How many steps no car can have made if the frames were taken at `times`.
    private static func jumps(
        _ frames: [[RawTestimony]], _ times: [Int: UTCTime], _ verify: VerifyRules
    ) -> Int {
        let way = times.compactMap { index, time -> (time: UTCTime, index: Int, place: Coordinate)? in
            guard let fix = frames[index].lazy.compactMap(\.fix).first,
                let place = Coordinate(latitude: fix.latitude, longitude: fix.longitude)
            else { return nil }
            return (time, index, place)
        }.sorted { ($0.time, $0.index) < ($1.time, $1.index) }
        return zip(way, way.dropFirst()).count { from, to in
            !verify.reaches(from.place, to.place, in: from.time.milliseconds(until: to.time))
        }
    }
}

extension Array {
    /// The element at `index`; nil where there is none.
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension VerifyRules {
    /// How far a car can have come in `elapsed` milliseconds, as far as fixes can be trusted, millimetres.
    public func reach(in elapsed: Int64) -> Int64 {
        Int64(clamping: Int128(maxSpeed) * Int128(elapsed) / 1000 + Int128(positionNoise))
    }

    /// Whether a car can have gone from one place to the other in `elapsed` milliseconds, as far as fixes can be trusted.
    func reaches(_ from: Coordinate, _ to: Coordinate, in elapsed: Int64) -> Bool {
        Geodesy.distanceMillimetres(from, to) <= reach(in: elapsed)
    }
}

extension RawTestimony.Source {
    /// The source in the words of remarks and verdicts.
    public var words: String {
        switch self {
        case .bundle: "the bundle's upload.json"
        case .frameKM: "the FrameKM's metadata"
        case .description: "the image description"
        case .sidecar: "the JSON file beside the image"
        case .sidecarClock: "the computer's clock in the JSON file beside the image"
        case .exif: "the GPS data in EXIF"
        case .exifClock: "the camera's clock in EXIF"
        case .fileName: "the file's name"
        case .trace: "the trace"
        }
    }
}

/// Durations as people say them.
enum SecondsText {
    /// `milliseconds` in seconds, with what is left of them: `-3600 s`, `1.5 s`.
    static func of(_ milliseconds: Int64) -> String {
        let (whole, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
        let digits = rest == 0 ? "" : ".\(String(1000 + rest).dropFirst())"
        return "\(milliseconds < 0 ? "-" : "")\(whole)\(digits) s"
    }
}
