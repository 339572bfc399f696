import Canonical
import DriveFormats
import Glibc
import SeededNumbers

/// Ways to make a trace that nobody drove, from one that somebody did. Seeds decide all chance.
public enum Forgery {
    /// Metres of one degree of latitude on a sphere of 6,371,008.8 m.
    static let metresPerDegree = 111_194.926_6

    /// `trip` that goes on 2 km north and 1 km east of where it was, from some moment in its middle half.
    public static func teleported(_ trip: [RawFix], seed: UInt64) -> [RawFix] {
        guard trip.count >= 4 else { return trip }
        var random = SplitMix64(seed: seed)
        let cut = Int.random(in: trip.count / 4..<trip.count * 3 / 4, using: &random)
        return trip.enumerated().map { $0 < cut ? $1 : $1.moved(north: 2000, east: 1000) }
    }

    /// What a simulator writes that follows the way of `trip` at `speed` metres a second: one fix a second.
    public static func simulated(along trip: [RawFix], speed: Double) -> [RawFix] {
        guard let first = trip.first, speed > 0 else { return [] }
        var fixes: [RawFix] = []
        var left = 0.0
        for (from, to) in zip(trip, trip.dropFirst()) {
            let north = (to.latitude - from.latitude) * metresPerDegree
            let east = (to.longitude - from.longitude) * metresPerDegree * cos(from.latitude * .pi / 180)
            let way = (north * north + east * east).squareRoot()
            var along = speed - left
            while along <= way {
                var fix = from
                fix.latitude += (to.latitude - from.latitude) * along / way
                fix.longitude += (to.longitude - from.longitude) * along / way
                fix.time = first.time.map {
                    UTCTime(milliseconds: $0.milliseconds + Int64(fixes.count) * 1000)
                }
                fixes.append(fix)
                along += speed
            }
            left = way - (along - speed)
        }
        return fixes
    }

    /// `trip`, `seconds` later, each fix moved by up to `noise` metres along both axes.
    public static func replayed(_ trip: [RawFix], after seconds: Int64, noise: Double = 0, seed: UInt64 = 1)
        -> [RawFix]
    {
        var random = SplitMix64(seed: seed)
        return trip.map { fix in
            var copy = fix.moved(
                north: Double.random(in: -noise...noise, using: &random),
                east: Double.random(in: -noise...noise, using: &random))
            copy.time = fix.time.map { UTCTime(milliseconds: $0.milliseconds + seconds * 1000) }
            return copy
        }
    }

    /// `trip` beginning when `other` does, so that one is in two places; nil where either has no times.
    public static func simultaneous(_ trip: [RawFix], with other: [RawFix]) -> [RawFix]? {
        guard let start = other.first?.time, let begin = trip.first?.time else { return nil }
        return replayed(
            trip.map { $0.moved(north: 3000) }, after: begin.milliseconds(until: start) / 1000)
    }
}

extension RawFix {
    /// The fix moved by these metres.
    func moved(north: Double = 0, east: Double = 0) -> RawFix {
        var copy = self
        copy.latitude += north / Forgery.metresPerDegree
        copy.longitude += east / (Forgery.metresPerDegree * cos(latitude * .pi / 180))
        return copy
    }
}
