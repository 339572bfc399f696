import Canonical
import Glibc

/// Where the car is at a time.
struct Moment: Sendable {
    var time: UTCTime
    /// Metres east and north of the town's origin.
    var place: SIMD2<Double>
    /// Degrees clockwise from north.
    var heading: Double
    /// Metres per second.
    var speed: Double
}

/// How a car goes along a route: slower in turns, perhaps with a stop.
struct Motion: Sendable {
    /// A stop `at` metres from the start for so many seconds.
    struct Stop: Sendable {
        var at: Double
        var seconds: Double
    }

    let route: Route
    let start: UTCTime
    let stop: Stop?
    /// Seconds from the start at each step of the route; a stop's wait is not counted.
    private let seconds: [Double]
    private static let step = 0.25

    /// A car that starts at `start` and goes about `speed` metres per second.
    init(route: Route, start: UTCTime, speed: Double, stop: Stop? = nil) {
        self.route = route
        self.start = start
        self.stop = stop
        var times = [0.0]
        var metres = 0.0
        while metres < route.length {
            times.append((times.last ?? 0) + Self.step / Self.pace(route, metres, speed, stop))
            metres += Self.step
        }
        seconds = times
    }

    /// The car `metres` from the start; at a stop, when it arrives, or `waited` seconds later.
    func moment(at metres: Double, waited: Double = 0) -> Moment {
        let wait = stop.map { metres > $0.at + 0.01 ? $0.seconds : waited } ?? 0
        return moment(seconds: driving(metres) + wait, metres: metres, isWaiting: stop?.at == metres)
    }

    /// The car `seconds` after the start.
    func moment(after elapsed: Double) -> Moment {
        guard let stop else { return moment(seconds: elapsed, metres: metres(elapsed), isWaiting: false) }
        let arrival = driving(stop.at)
        let driven = elapsed <= arrival ? elapsed : max(arrival, elapsed - stop.seconds)
        return moment(seconds: elapsed, metres: metres(driven), isWaiting: driven == arrival)
    }

    /// Seconds from the start to the place `metres` along, without the wait of a stop.
    func driving(_ metres: Double) -> Double {
        let index = min(seconds.count - 2, max(0, Int(metres / Self.step)))
        let share = metres / Self.step - Double(index)
        return seconds[index] + (seconds[index + 1] - seconds[index]) * share
    }

    /// Metres from the start after `elapsed` seconds, without the wait of a stop.
    func metres(_ elapsed: Double) -> Double {
        let index = max(0, (seconds.firstIndex { $0 > elapsed } ?? seconds.count - 1) - 1)
        return (Double(index) + (elapsed - seconds[index]) / (seconds[index + 1] - seconds[index]))
            * Self.step
    }

    private func moment(seconds elapsed: Double, metres: Double, isWaiting: Bool) -> Moment {
        let pose = route.pose(at: metres)
        let index = min(seconds.count - 2, max(0, Int(metres / Self.step)))
        let speed = isWaiting ? 0 : Self.step / (seconds[index + 1] - seconds[index])
        return Moment(
            time: UTCTime(milliseconds: start.milliseconds + Int64((elapsed * 1000).rounded())),
            place: pose.place,
            heading: pose.heading, speed: speed)
    }

    private static func pace(_ route: Route, _ metres: Double, _ speed: Double, _ stop: Stop?) -> Double {
        let free = speed + 1.1 * sin(metres / 27 + speed) + 0.5 * sin(metres / 9.1)
        let turning = 4.8 + 0.3 * route.distanceToTurn(at: metres)
        // Brakes and starts with 2 m/s2.
        let stopping = stop.map { (1.5 + 4 * abs($0.at - metres)).squareRoot() } ?? .infinity
        return min(free, turning, stopping)
    }
}
