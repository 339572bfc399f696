import Canonical
import Geo
import Imaging

/// What the pictures of a drive are like beside its trace: they change exactly if the car moves, and move sideways where it
/// turns.
struct ImagerySignals {
    /// The share of a moving car's frames that show a picture of another place, permille; nil where there are too few. All of
    /// them where the picture is frozen, all but the first round where it is a loop.
    let frozen: Int64?
    /// The share of a standing car's steps that change the picture as driving does, permille; nil where there are too few.
    let motion: Int64?
    /// The share of the steps in which the trace turns whose picture moves the other way, permille; nil where there are too
    /// few. So it does whether the camera looks ahead or back.
    let turning: Int64?

    /// What `frames` of one drive are like, in any order.
    init(_ frames: [Observation], rules: PlausibilityRules) {
        let order = frames.filter { $0.image.pdqQuality >= rules.minPictureQuality }.sorted {
            ($0.place.time, $0.image.dHash.bits, $0.image.pdq.w0) < (
                $1.place.time, $1.image.dHash.bits, $1.image.pdq.w0
            )
        }
        frozen = Self.frozen(order, rules)
        motion = Self.motion(order, rules)
        turning = Self.turning(order, rules)
    }

    private static func frozen(_ frames: [Observation], _ rules: PlausibilityRules) -> Int64? {
        var pictures: [(hash: PDQHash, position: Coordinate)] = []
        var last: Coordinate?
        var (moved, repeated): (Int64, Int64) = (0, 0)
        for frame in frames {
            let position = frame.place.position
            if let last, Geodesy.distanceMillimetres(last, position) < rules.imageryStep { continue }
            last = position
            moved += 1
            let isKnown = pictures.contains { picture in
                picture.hash.distance(to: frame.image.pdq) <= rules.samePictureBits
                    && Geodesy.distanceMillimetres(picture.position, position) >= rules.imageryStep
            }
            if isKnown {
                repeated += 1
            } else if pictures.count < rules.maxLoopPictures {
                pictures.append((frame.image.pdq, position))
            }
        }
        return moved < max(1, rules.minImagerySteps) ? nil : repeated * 1000 / moved
    }

    private static func turning(_ frames: [Observation], _ rules: PlausibilityRules) -> Int64? {
        var (turning, agreeing): (Int64, Int64) = (0, 0)
        for (from, to) in zip(frames, frames.dropFirst()) {
            guard from.place.time.milliseconds(until: to.place.time) <= rules.turningTime,
                let before = from.place.heading, let after = to.place.heading,
                case let turn = Int64((after - before + 54_000) % 36_000 - 18_000),
                abs(turn) >= rules.minTurn, abs(turn) <= rules.maxTurn,
                let shift = from.image.statistics.profile.shift(to: to.image.statistics.profile)
            else { continue }
            turning += 1
            if abs(shift) >= rules.turningShift, (shift > 0) == (turn < 0) { agreeing += 1 }
        }
        return turning < max(1, rules.minTurningSteps) ? nil : agreeing * 1000 / turning
    }

    private static func motion(_ frames: [Observation], _ rules: PlausibilityRules) -> Int64? {
        var (standing, changed): (Int64, Int64) = (0, 0)
        for (from, to) in zip(frames, frames.dropFirst()) {
            guard from.place.time.milliseconds(until: to.place.time) <= rules.standingTime,
                Geodesy.distanceMillimetres(from.place.position, to.place.position) <= rules.standingDistance
            else { continue }
            standing += 1
            if from.image.pdq.distance(to: to.image.pdq) >= rules.otherPictureBits { changed += 1 }
        }
        return standing < max(1, rules.minImagerySteps) ? nil : changed * 1000 / standing
    }
}
