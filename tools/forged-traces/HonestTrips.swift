import Canonical
import DriveFormats
import Glibc
import SeededNumbers

/// Trips that somebody drove, or that look like it.
public enum HonestTrips {
    /// The trips of a table with the columns `trip,time,lat,lon`, a header first and the fixes of a trip together, as the
    /// shuttle buses of Chicago are published (github.com/iwcyou/mapinference-gis12-upgrade). Lines that are none are left out.
    public static func read(_ table: String) -> [[RawFix]] {
        var trips: [[RawFix]] = []
        var last: Substring?
        for line in table.split(whereSeparator: \.isNewline).dropFirst() {
            let cells = line.split(separator: ",")
            guard cells.count == 4, let time = Double(cells[1]), let latitude = Double(cells[2]),
                let longitude = Double(cells[3]), time.magnitude < 1e12
            else { continue }
            if cells[0] != last { trips.append([]) }
            last = cells[0]
            trips[trips.count - 1].append(
                RawFix(
                    time: UTCTime(milliseconds: Int64((time * 1000).rounded())), latitude: latitude,
                    longitude: longitude))
        }
        return trips
    }

    /// A made drive northwards of `seconds`, one fix each, that speeds up and slows down between 5 and 17 m/s; every fix is
    /// wrong by up to `noise` metres along both axes. It begins at `start` metres east of 37.8 N 122.4 W, at `time`.
    public static func driven(
        _ seconds: Int, noise: Double, seed: UInt64, time: UTCTime, east start: Double = 0
    ) -> [RawFix] {
        var random = SplitMix64(seed: seed)
        var (north, speed, wanted) = (0.0, 10.0, 10.0)
        let origin = RawFix(time: time, latitude: 37.8, longitude: -122.4)
        return (0..<seconds).map { second in
            if second % 10 == 0 { wanted = Double.random(in: 5...17, using: &random) }
            speed += min(max(wanted - speed, -1.5), 1.5)
            north += speed
            var fix = origin.moved(
                north: north + Double.random(in: -noise...noise, using: &random),
                east: start + Double.random(in: -noise...noise, using: &random))
            fix.time = UTCTime(milliseconds: time.milliseconds + Int64(second) * 1000)
            return fix
        }
    }
}
