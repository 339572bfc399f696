import Canonical

/// What was done to a frame, and with that the verdict it must get.
enum Fault: Sendable, Equatable {
    case none
    // The picture.
    case blurred, dark, overexposed
    /// A dark flat thing over this share of the lens.
    case covered(Double)
    // The file.
    case truncated, overwritten
    // Position and time.
    case jumpRepaired, jumpLost, atNullIsland, inTraceGap, withoutExif, withoutPosition, before2000, inFuture
    // Taken twice.
    case standstill(group: String)
    case copiedExactly(from: String)
    case copiedAgain(from: String)

    /// The verdict, its rule, and what was done in words.
    var judgement: (verdict: String, rule: String?, why: String) {
        switch self {
        case .none: ("accepted", nil, "an honest frame")
        case .blurred: ("rejected", "quality.blurred", "blurred with a radius of 12 pixels")
        case .dark: ("rejected", "quality.dark", "every sample multiplied by 0.05")
        case .overexposed: ("rejected", "quality.overexposed", "every sample multiplied by 4")
        case .covered(let share):
            (
                "rejected", "quality.covered",
                "a dark flat shape drawn over \(Int(share * 100)) % of the picture"
            )
        case .truncated: ("rejected", "image.damaged", "the file cut at 40 % of its length")
        case .overwritten: ("rejected", "image.damaged", "64 bytes in the middle of the scan overwritten")
        case .jumpRepaired:
            ("accepted", nil, "position moved 400 m; its neighbours are near enough to place it between them")
        case .jumpLost:
            (
                "rejected", "position.impossible_speed",
                "position moved 5 km; its neighbours are too far to place it"
            )
        case .atNullIsland: ("rejected", "position.null_island", "position set to 0, 0")
        case .inTraceGap: ("rejected", "position.gap", "taken where the trace has no fix for 25 s")
        case .withoutExif: ("rejected", "time.missing", "written without an EXIF block")
        case .withoutPosition: ("rejected", "position.missing", "written without GPS tags")
        case .before2000: ("rejected", "time.before_2000", "dated 1980-01-06, as by a receiver without a fix")
        case .inFuture: ("rejected", "time.future", "dated 2030")
        case .standstill: ("one_of", "duplicate.standstill", "the car waits at a red light: one frame counts")
        case .copiedExactly(let origin): ("duplicate", "duplicate.exact", "the bytes of \(origin)")
        case .copiedAgain(let origin):
            ("duplicate", "duplicate.near", "\(origin) encoded again at quality 60")
        }
    }

    /// Frames of which exactly one is accepted share a group.
    var group: String? {
        if case .standstill(let group) = self { group } else { nil }
    }

    /// What the upload tells of time and position.
    func reported(_ moment: Moment, by receiver: Receiver) -> (time: UTCTime, position: Position) {
        let place = receiver.place(at: moment)
        let inHour = moment.time.milliseconds % 3_600_000
        switch self {
        case .jumpRepaired: return (moment.time, Position(place + SIMD2(240, -320)))
        case .jumpLost: return (moment.time, Position(place + SIMD2(-3000, 4000)))
        case .atNullIsland: return (moment.time, Position(latitude: 0, longitude: 0))
        case .before2000: return (UTCTime(milliseconds: 315_964_800_000 + inHour), Position(place))
        case .inFuture: return (UTCTime(milliseconds: 1_898_000_000_000 + inHour), Position(place))
        default: return (moment.time, Position(place))
        }
    }
}
